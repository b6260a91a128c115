// Reads, out of a document, what its roots were given.
import type { RootProps } from '../measured-props.ts'

/** What one document says. */
export interface SeenProps {
  /** The page, e.g. `/posts/[id]`. */
  readonly page: string
  readonly roots: readonly RootProps[]
}

/** One of a document's tables (root-table.ts of layer 9): each part that comes later has its own, whose roots are numbered. */
interface Table {
  readonly modules: readonly string[]
  readonly roots: Readonly<Record<string, TableEntry>> | readonly TableEntry[]
}

interface TableEntry {
  readonly module: number
  readonly name: string
  readonly props: Readonly<Record<string, unknown>>
}

/**
 * The page and its roots, the one with the most bytes first; undefined for what is no page.
 *
 * @param base the path that the app is mounted at, before each module's URL
 */
export function readRootProps(html: string, base: string): SeenProps | undefined {
  // The page is the innermost segment (Contract 4).
  const page = [...html.matchAll(/<!--\{(\/[^?>]*?)(?:\?[^>]*)?-->/g)].at(-1)?.[1]
  if (page === undefined) return undefined
  const found = new Map<string, RootProps>()
  for (const [, json = ''] of html.matchAll(
    /<script type="application\/json" id="layer9(?:-\d+)?"[^>]*>([^<]*)<\/script>/g,
  )) {
    const { modules, roots } = JSON.parse(json) as Table
    for (const { module, name, props } of Object.values(roots)) {
      const path = (modules[module] ?? '').replace(/\?.*$/, '').slice(base.length)
      const before = found.get(`${path}#${name}`)
      found.set(`${path}#${name}`, add(before ?? { module: path, name, count: 0, bytes: 0 }, props))
    }
  }
  return { page, roots: [...found.values()].sort((one, other) => other.bytes - one.bytes) }
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')

/** The same kind of root once more. */
function add(root: RootProps, props: Readonly<Record<string, unknown>>): RootProps {
  const sizes = Object.entries(props).map(([name, value]) => ({ name, bytes: bytesOf(value) }))
  const [largest] = [root.largest ?? [], ...sizes].flat().sort((one, other) => other.bytes - one.bytes)
  return { ...root, count: root.count + 1, bytes: root.bytes + bytesOf(props), ...(largest && { largest }) }
}
