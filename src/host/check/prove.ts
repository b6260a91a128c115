// The proof after a client build: nothing of the server is in any file that browsers are given.
//
// Four questions, each asked of the finished files and none of the plugins that made them: does a chunk list a module
// of the server; does a file hold a canary; does it hold lines of a server module's source (source maps, raw imports,
// copies); does it hold the value of an environment variable.
import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { canaryOf, serverModules } from './canary.ts'
import { Disk } from './disk.ts'
import { secretValues } from './environment.ts'
import { errors } from './errors.ts'
import { isServerLayer } from './layers.ts'
import { Project } from './project.ts'
import { SourceLines } from './source-lines.ts'
import { filesBelow } from './walk.ts'

/** What of a bundler's output the proof reads; `RolldownOutput['output']` is one. */
export interface OutputItem {
  readonly type: 'chunk' | 'asset'
  readonly fileName: string
  readonly moduleIds?: readonly string[]
}

/** What to prove, and of what. */
export interface ProveOptions {
  /** The folder that holds `app/`. */
  readonly root: string
  /** The folder of all files that browsers are given, `public/` included. */
  readonly outDir: string
  /** The client build's output; without it, the first question is not asked. */
  readonly output?: readonly OutputItem[]
  /** The server's environment. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Beginnings of the names of variables that browsers may see. Default `PUBLIC_` and `VITE_`. */
  readonly publicPrefixes?: readonly string[]
}

/**
 * All leaks of an app's client build, as errors of the catalogue; none: the proof holds. Each module and each variable
 * is named once for every file that it is found in.
 *
 * @example
 * const root = process.cwd()
 * const [leak] = proveBrowser({ root, outDir: `${root}/.layer9/build/client` })
 * if (leak) throw leak
 */
export function proveBrowser(options: ProveOptions): Layer9Error[] {
  const { root, outDir, output = [], env = process.env, publicPrefixes = ['PUBLIC_', 'VITE_'] } = options
  const project = new Project({ root, mode: 'app' })
  const modules = serverModules(project).map((path) => project.relative(path))
  const canaries = new Map(modules.map((module) => [canaryOf(module), module]))
  const lines = new SourceLines(project, modules)
  const secrets = secretValues(env, publicPrefixes)
  const found = output.flatMap((item) => listedModules(item, project))
  for (const path of filesBelow(outDir, new Disk())) {
    const text = readText(path)
    if (text === undefined) continue
    const file = path.slice(outDir.length + 1).replaceAll(sep, '/')
    for (const module of canariesIn(text, canaries)) found.push(errors.LEAK_CANARY({ file, module }))
    for (const module of new Set([...lines.modulesIn(text), ...mappedModules(text, modules)]))
      found.push(errors.LEAK_SOURCE({ file, module }))
    for (const { variable, forms } of secrets) {
      if (forms.some((form) => text.includes(form))) found.push(errors.LEAK_ENVIRONMENT({ file, variable }))
    }
  }
  return found
}

/** Modules of layers 2 to 5 that a chunk says it is made of. */
function listedModules({ fileName, moduleIds = [] }: OutputItem, project: Project): Layer9Error[] {
  return moduleIds.flatMap((id) => {
    const path = id.replace(/\?.*$/s, '')
    const layer = project.layerOf(path)
    return layer && isServerLayer(layer) ? [errors.LEAK_MODULE({ file: fileName, module: project.relative(path) })] : []
  })
}

/** Tells the name of the layer that a module of a bundle belongs to, by its id; undefined for packages and virtual ones. */
export function layerFinder(root: string): (id: string) => string | undefined {
  const project = new Project({ root, mode: 'app' })
  return (id) => project.layerOf(id.replace(/\?.*$/s, ''))?.name
}

const canary = /layer9:canary:[\da-f]{24}/g

function canariesIn(text: string, canaries: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>()
  for (const [name] of text.matchAll(canary)) {
    const module = canaries.get(name)
    if (module) found.add(module)
  }
  return found
}

/** Server modules that a source map names among its sources, however little of them it holds. */
function mappedModules(text: string, modules: readonly string[]): string[] {
  if (!/"sources"\s*:\s*\[/.test(text)) return []
  return modules.filter((module) => text.includes(`/${module}"`) || text.includes(`"${module}"`))
}

/** A file's text, with what data URLs in it hold; undefined for pictures, fonts and compressed copies. */
function readText(path: string): string | undefined {
  const bytes = readFileSync(path)
  // A NUL in the first bytes is how git, too, tells a binary file.
  if (bytes.subarray(0, 8000).includes(0) || /\.(?:br|gz|zst)$/.test(path)) return undefined
  const text = bytes.toString('utf8')
  const inlined = [...text.matchAll(/;base64,([\w+/=]{16,})/g)].map(([, data]) =>
    Buffer.from(data ?? '', 'base64').toString('utf8'),
  )
  return inlined.length > 0 ? [text, ...inlined].join('\n') : text
}
