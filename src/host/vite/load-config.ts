// Loads layer9.config.ts. Its types are stripped by Vite's own parser, which every command that asks has loaded anyway:
// Node's takes a tenth of a second to start.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformWithOxc } from 'vite'
import { type Config, type ResolvedConfig, resolveConfig } from '../config.ts'
import { errors } from '../errors.ts'

const names = ['layer9.config.ts', 'layer9.config.js', 'layer9.config.mts', 'layer9.config.mjs']

/** Whether a file of the app's folder is one that configures it. */
export const isConfigFile = (name: string): boolean => names.includes(name)

/** The file that configures an app, or undefined when the app has none. */
export function findConfigFile(root: string): string | undefined {
  return names.map((name) => resolve(root, name)).find((file) => existsSync(file))
}

/**
 * The app's configuration with defaults filled in.
 *
 * @throws CONFIG_NOT_LOADED, CONFIG_UNKNOWN_OPTION, CONFIG_INVALID
 */
export async function loadConfig(root: string): Promise<ResolvedConfig> {
  const file = findConfigFile(root)
  if (!file) return resolveConfig({})
  return resolveConfig(await importConfig(file))
}

async function importConfig(file: string): Promise<Config> {
  const fail = (reason: string, cause?: unknown) => errors.CONFIG_NOT_LOADED({ file, reason }, { cause })
  let module: { default?: unknown }
  try {
    module = await importStripped(file)
  } catch (cause) {
    throw fail(cause instanceof Error ? cause.message : String(cause), cause)
  }
  if (typeof module.default !== 'object' || module.default === null)
    throw fail('it has no default export that is an object')
  return module.default
}

/** How often each configuration was read. */
const timesRead = new Map<string, number>()

/** Imports the one file with its types stripped; what it imports itself is Node's business. */
async function importStripped(file: string): Promise<{ default?: unknown }> {
  // Node keeps what it has imported: read again, the file needs another name.
  const reads = timesRead.get(file) ?? 0
  timesRead.set(file, reads + 1)
  const href = pathToFileURL(file).href + (reads > 0 ? `?${reads}` : '')
  // The app's tsconfig.json refers to projects that are there when layer9 has run, which it may do for the first time.
  const options = { sourcemap: false, tsconfig: false } as const
  const { code: source } = await transformWithOxc(await readFile(file, 'utf8'), file, options)
  const hooks = registerHooks({
    load: (url, context, next) =>
      url === href ? { format: 'module', source, shortCircuit: true } : next(url, context),
  })
  try {
    return await import(href)
  } finally {
    hooks.deregister()
  }
}
