// Where each of an app's modules ended up, kept beside a build for `layer9 why`. A file of its own: a start, which reads
// the manifest, has no use for it.
import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Rolldown } from 'vite'
import type { RouteGraph } from './route-graph.ts'

/** By project path, e.g. `app/components/Counter.tsx`. */
export interface ModuleMap {
  /** The build's id. */
  readonly build: string
  /** URLs of the scripts that hold code of a module; of a module of `api` it is the stub. */
  readonly chunks: Readonly<Record<string, readonly string[]>>
  /** What a route file, relative to app/routes, reaches on the server, however deep; style sheets too. */
  readonly routes: Readonly<Record<string, readonly string[]>>
}

/** What a module map is made from. */
export interface ModuleMapOptions {
  readonly root: string
  readonly build: string
  /** The path the app is mounted at. */
  readonly base: string
  readonly client: Rolldown.RolldownOutput['output']
  readonly graph: RouteGraph
}

/** Reads it out of the bundler's output. A module of which nothing was left after shaking is in no chunk. */
export function mapModules({ root, build, base, client, graph }: ModuleMapOptions): ModuleMap {
  const chunks = new Map<string, Set<string>>()
  for (const item of client) {
    if (item.type !== 'chunk') continue
    for (const [id, { renderedLength }] of Object.entries(item.modules)) {
      const path = projectPath(id, root)
      if (path === undefined || renderedLength === 0) continue
      chunks.set(path, (chunks.get(path) ?? new Set()).add(base + item.fileName))
    }
  }
  const routes = [...graph].map(([file, { modules, styles }]) => {
    const sheets = styles.flatMap((id) => projectPath(id, root) ?? [])
    return [file, [...new Set([...modules, ...sheets])]]
  })
  const urls = [...chunks].map(([path, found]) => [path, [...found]])
  return { build, chunks: Object.fromEntries(urls), routes: Object.fromEntries(routes) }
}

/** The path of one of the app's own modules, without what plugins add to its id. */
function projectPath(id: string, root: string): string | undefined {
  const path = id.replace(/\?.*$/s, '')
  return path.startsWith(`${root}/app/`) ? path.slice(root.length + 1) : undefined
}

const fileIn = (folder: string): string => `${folder}/server/modules.json`

/** Writes it into the folder of a build. */
export async function writeModuleMap(folder: string, map: ModuleMap): Promise<void> {
  await writeFile(fileIn(folder), JSON.stringify(map))
}

/** The map of a build folder with the time it was written; undefined when there is no build that has one. */
export async function readModuleMap(folder: string): Promise<{ map: ModuleMap; written: number } | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // Written by `writeModuleMap`.
  return { map: JSON.parse(text) as ModuleMap, written: (await stat(fileIn(folder))).mtimeMs }
}
