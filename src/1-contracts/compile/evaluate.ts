// Evaluates contracts while an app is built or developed: they are pure, so what they are is known before anything runs.
// The modules and what they import are bundled into one script, which runs in a realm that tells when a module looks at
// the machine.
import { readFileSync } from 'node:fs'
import { isBuiltin, SourceMap } from 'node:module'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, Script } from 'node:vm'
import { build, type Plugin, parseSync, type Rolldown } from 'vite'
import { Layer9Error, type Place } from '../catalogue.ts'
import { placeOf } from '../place-of.ts'
import type { DescribedModule } from './describe.ts'
import { contractBuildErrors } from './errors.ts'
import { createRealm } from './realm.ts'
import { findMeta } from './uses.ts'

/** Where an app lies, and what it is made with. */
export interface EvaluateOptions {
  /** The project's folder, absolute. */
  readonly root: string
  /** The file behind a door of the framework, as servers have it. */
  readonly door: (specifier: string) => string | undefined
  /** What its TypeScript is read by, absolute: its own file may name others that are not there yet. */
  readonly tsconfig: string
  /** How the app names its modules: Vite's `resolve.alias`. */
  readonly alias?: readonly { readonly find: string | RegExp; readonly replacement: string }[]
}

/** What modules with contracts came to. */
export interface Evaluated {
  /** By the file, absolute. */
  readonly modules: ReadonlyMap<string, DescribedModule>
  /** All files of the app that they were made of, absolute. */
  readonly files: readonly string[]
}

/**
 * Evaluates modules, and describes the contracts that they export. Undefined where they cannot be bundled: what they lack
 * or where they do not parse, Vite says with its place.
 *
 * @param entries files, absolute
 * @throws CONTRACT_IMPURE, CONTRACT_BROKEN, and what making the contracts throws, each with its place
 */
export async function evaluateContracts(
  entries: readonly string[],
  options: EvaluateOptions,
): Promise<Evaluated | undefined> {
  const bundle = await bundleModules(entries, options)
  return bundle && { modules: runBundle(bundle, options.root), files: bundle.files }
}

interface Bundle {
  readonly code: string
  readonly map: SourceMap
  readonly files: readonly string[]
}

/** The name of the script in stacks. */
const scriptName = 'layer9-contracts.js'

/** The module that runs in the realm; beside this one, in `src` and in `dist` alike. */
const describer = fileURLToPath(
  new URL(`./describe${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

async function bundleModules(entries: readonly string[], options: EvaluateOptions): Promise<Bundle | undefined> {
  const { root, tsconfig, alias = [] } = options
  const guard = guardPlugin(entries, options)
  let output: Rolldown.RolldownOutput
  try {
    output = (await build({
      root,
      configFile: false,
      tsconfig,
      envDir: false,
      publicDir: false,
      logLevel: 'silent',
      resolve: { alias: [{ find: /^~\//, replacement: `${root}/app/` }, ...alias] },
      ssr: { noExternal: true },
      plugins: [guard.plugin],
      build: {
        write: false,
        // What the paths of the source map begin at.
        outDir: root,
        emptyOutDir: false,
        ssr: true,
        minify: false,
        sourcemap: 'hidden',
        rolldownOptions: {
          input: entryId,
          output: { format: 'cjs', entryFileNames: scriptName, codeSplitting: false },
        },
      },
      // One input and no watcher: one output.
    })) as Rolldown.RolldownOutput
  } catch {
    if (guard.refused) throw guard.refused
    return undefined
  }
  const [chunk] = output.output
  if (!chunk.map) return undefined
  const files = Object.keys(chunk.modules).filter((id) => id.startsWith(`${root}/app/`))
  return { code: chunk.code, map: new SourceMap(chunk.map as never), files }
}

const entryId = '\0virtual:layer9/contracts'

/** Lists the modules for the realm, and keeps out what only a server has. */
function guardPlugin(
  entries: readonly string[],
  { root, door }: EvaluateOptions,
): { readonly plugin: Plugin; readonly refused: Error | undefined } {
  let refused: Error | undefined
  const plugin: Plugin = {
    name: 'layer9:contracts-evaluated',
    enforce: 'pre',
    async resolveId(specifier, importer) {
      if (specifier === entryId) return specifier
      const file = door(specifier)
      const found = file ? undefined : await this.resolve(specifier, importer, { skipSelf: true })
      if (importer?.startsWith(`${root}/app/`) && isOfServer(specifier, found?.id, root)) {
        refused ??= impureImport(root, importer, specifier)
        // The bundler would write into the other one.
        throw new Error(refused.message)
      }
      return file ?? found
    },
    load: (id) => (id === entryId ? writeEntry(entries) : undefined),
    transform: {
      filter: { id: /\/app\/.*\.[cm]?[jt]sx?$/, code: 'import.meta' },
      handler: (code, id) => ({ code: askForProcess(code, id), map: null }),
    },
  }
  return {
    plugin,
    get refused() {
      return refused
    },
  }
}

/** `import.meta` is the environment too; what the realm watches stands in its place, as long as it was. */
function askForProcess(code: string, file: string): string {
  const spans = findMeta(parseSync(file, code).program)
  return spans.reduce(
    (text, { start, end }) => text.slice(0, start) + 'process'.padEnd(end - start) + text.slice(end),
    code,
  )
}

function writeEntry(entries: readonly string[]): string {
  const names = entries.map((file, index) => `import * as m${index} from ${JSON.stringify(file)}`)
  const described = entries.map((file, index) => `[${JSON.stringify(file)}, describeModule(m${index})]`)
  // As text: objects of another realm are strangers here.
  const code = `export const described = JSON.stringify([${described.join(', ')}])`
  return [`import { describeModule } from ${JSON.stringify(describer)}`, ...names, code].join('\n')
}

/** Contracts may import contracts, packages, and the one door of the framework that runs anywhere. */
function isOfServer(specifier: string, id: string | undefined, root: string): boolean {
  if (isBuiltin(specifier)) return true
  if (/^layer9\//.test(specifier)) return specifier !== 'layer9/contracts'
  return id?.startsWith(`${root}/app/`) === true && !id.startsWith(`${root}/app/contracts/`)
}

function impureImport(root: string, importer: string, resolved: string): Error {
  const file = relative(root, importer).replaceAll('\\', '/')
  const code = readFileSync(importer, 'utf8')
  // An alias has been replaced by then.
  const written = resolved.replace(`${root}/app/`, '~/')
  const texts = [resolved, written].flatMap((specifier) => [`'${specifier}'`, `"${specifier}"`])
  const start = texts.map((text) => code.indexOf(text)).find((at) => at >= 0) ?? 0
  const places = [placeOf({ file, code }, { start, end: start + written.length + 2 })]
  return contractBuildErrors.CONTRACT_IMPURE({ what: `"${written}", which only a server has` }, { places })
}

function runBundle({ code, map }: Bundle, root: string): ReadonlyMap<string, DescribedModule> {
  let impure: Error | undefined
  const placeIn = (stack: string | undefined): Place | undefined => findPlace(stack, map, root)
  const realm = createRealm((what) => {
    const place = placeIn(longStack())
    // A package that looks where it is, in its own module, knows what to do where nothing is there.
    if (!place) return
    impure ??= contractBuildErrors.CONTRACT_IMPURE({ what }, { places: [place] })
    throw impure
  })
  try {
    const described = run(code, realm)
    // One that the contract caught is none the less.
    if (impure) throw impure
    return new Map(JSON.parse(described) as [string, DescribedModule][])
  } catch (error) {
    throw impure ?? readError(error, placeIn)
  }
}

/** Runs the script; what it exports is text. */
function run(code: string, realm: Context): string {
  // The wrapper is the line before the first one.
  const script = new Script(`(exports => {\n${code}\n})`, { filename: scriptName, lineOffset: -1 })
  const exports: { described?: string } = {}
  script.runInContext(realm)(exports)
  return exports.described ?? '[]'
}

/** A stack that is not cut off before an app's module is in it. */
function longStack(): string | undefined {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 200
  const { stack } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  return stack
}

/** The innermost place of a stack that lies in the app. */
function findPlace(stack: string | undefined, map: SourceMap, root: string): Place | undefined {
  for (const [, line, column] of stack?.matchAll(/layer9-contracts\.js:(\d+):(\d+)/g) ?? []) {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry) || !entry.originalSource) continue
    const path = resolve(root, entry.originalSource)
    if (!path.startsWith(`${root}/app/`)) continue
    const place = { file: relative(root, path).replaceAll('\\', '/'), line: entry.originalLine + 1 }
    return { ...place, column: entry.originalColumn + 1, source: readFileSync(path, 'utf8') }
  }
  return undefined
}

/** An error of the realm, as one of this world: with its place, and with its code where it is one of ours. */
function readError(error: unknown, placeIn: (stack: string | undefined) => Place | undefined): Error {
  const { name, message = String(error), stack, ...parts } = (error ?? {}) as Partial<Layer9Error>
  const place = placeIn(stack)
  const places = place ? [place] : []
  const { code, fix, data } = parts
  if (name === 'Layer9Error' && code !== undefined && fix !== undefined)
    return new Layer9Error({ code, message, fix, data, places })
  return contractBuildErrors.CONTRACT_BROKEN({ problem: message }, { places })
}
