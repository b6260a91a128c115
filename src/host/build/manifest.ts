// The build's manifest: where the browser finds things. Made from what the bundler wrote, read by `start`.
import type { Rolldown } from 'vite'
import { virtual } from '../vite/virtual.ts'
import type { RouteGraph } from './route-graph.ts'

/** Where the parts of one root lie. */
export interface RootAssets {
  readonly url: string
  readonly preload: readonly string[]
  readonly styles: readonly string[]
}

/** The browser's half of a build: URLs only, no paths. */
export interface BrowserManifest {
  readonly listener: string
  readonly navigation: string | null
  readonly starter: string
  readonly starterPreload: readonly string[]
  readonly tagged: string
  readonly taggedPreload: readonly string[]
  readonly call: string
  readonly later: string
  readonly receiver: string
  /** A style sheet. */
  readonly unscripted: string
  /** Style sheets by route file, e.g. `posts/[id].tsx`. */
  readonly styles: Readonly<Record<string, readonly string[]>>
  /** Roots by project path, e.g. `app/components/Counter.tsx`. */
  readonly roots: Readonly<Record<string, RootAssets>>
  /** By route file, the roots that its modules hold. */
  readonly reach: Readonly<Record<string, readonly string[]>>
}

type Chunk = Rolldown.OutputChunk

/** What Vite notes on a chunk: the style sheets that its modules import. */
const stylesOf = (chunk: Chunk): Iterable<string> => chunk.viteMetadata?.importedCss ?? []

/** Reads the URLs of all entries out of the bundler's output. `base` is the path the app is mounted at. */
export function readBrowserManifest(
  output: Rolldown.RolldownOutput['output'],
  base: string,
  graph: RouteGraph,
): BrowserManifest {
  const chunks = new Map<string, Chunk>()
  const entries = new Map<string, Chunk>()
  for (const item of output) {
    if (item.type !== 'chunk') continue
    chunks.set(item.fileName, item)
    if (item.isEntry && item.facadeModuleId) entries.set(item.facadeModuleId, item)
  }
  const url = (file: string): string => base + file
  const reach = (chunk: Chunk): Chunk[] => reachableFrom(chunk, chunks)
  const styles: Record<string, string[]> = {}
  const roots: Record<string, RootAssets> = {}
  for (const [id, chunk] of entries) {
    if (id.startsWith(virtual.styles)) styles[id.slice(virtual.styles.length)] = sheets(reach(chunk)).map(url)
    if (!id.startsWith(virtual.root)) continue
    const preload = reach(chunk)
      .slice(0, -1)
      .map((item) => url(item.fileName))
    roots[id.slice(virtual.root.length)] = { url: url(chunk.fileName), preload, styles: sheets(reach(chunk)).map(url) }
  }
  const starter = entries.get(virtual.starter)
  const tagged = entries.get(virtual.tagged)
  const call = entries.get(virtual.call)
  const later = entries.get(virtual.later)
  const listener = entries.get(virtual.listener)
  const navigation = entries.get(virtual.navigation)
  const receiver = entries.get(virtual.receiver)
  const [unscripted] = [...entries].flatMap(([id, chunk]) => (id === virtual.unscripted ? sheets([chunk]) : []))
  const starting = starter ? reach(starter) : []
  const reading = tagged ? reach(tagged).filter((item) => item !== tagged && !starting.includes(item)) : []
  return {
    listener: listener ? url(listener.fileName) : '',
    navigation: navigation ? url(navigation.fileName) : null,
    starter: starter ? url(starter.fileName) : '',
    starterPreload: starting.slice(0, -1).map((item) => url(item.fileName)),
    tagged: tagged ? url(tagged.fileName) : '',
    taggedPreload: reading.map((item) => url(item.fileName)),
    call: call ? url(call.fileName) : '',
    later: later ? url(later.fileName) : '',
    receiver: receiver ? url(receiver.fileName) : '',
    unscripted: unscripted ? url(unscripted) : '',
    styles,
    roots,
    reach: Object.fromEntries([...graph].map(([file, { modules }]) => [file, modules.filter((id) => id in roots)])),
  }
}

/** A chunk after all that it imports statically, in the order of evaluation: what runs first is also styled first. */
function reachableFrom(chunk: Chunk, chunks: ReadonlyMap<string, Chunk>, seen: Set<Chunk> = new Set()): Chunk[] {
  if (seen.has(chunk)) return []
  seen.add(chunk)
  const before = chunk.imports.flatMap((name) => {
    const imported = chunks.get(name)
    return imported ? reachableFrom(imported, chunks, seen) : []
  })
  return [...before, chunk]
}

const sheets = (chunks: readonly Chunk[]): string[] => [...new Set(chunks.flatMap((chunk) => [...stylesOf(chunk)]))]
