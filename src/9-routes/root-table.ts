// What a document tells the browser of its roots: what to load before it is asked for, and the table at the end.
import { encodeForHtml } from '../1-contracts/index.ts'
import { type RootEntry, slotNumber } from '../8-components/server.ts'
import type { AppDefinition, AssetManifest } from './definition.ts'
import { errors } from './errors.ts'
import { escapeHtml } from './head.ts'

/**
 * Links for the head: style sheets of the roots, and every module that will be needed, so that the browser learns of all
 * of them from the first bytes and none costs a round trip of its own.
 *
 * @param page.known style sheets that the document has already
 * @param page.table what `writeTable` wrote of these roots: says whether their props have tags
 * @throws ROUTE_ROOT_MISSING
 */
export function writePreloads(
  { assets }: AppDefinition,
  roots: readonly RootEntry[],
  { known, table }: { known: readonly string[]; table: string },
): string {
  const find = (some: readonly RootEntry[]) =>
    [...new Set(some.map((root) => root.module))].map((module) => findRoot(assets, module))
  const sheets = new Set(find(roots).flatMap((root) => root.styles))
  const found = find(roots.filter(({ start }) => !start))
  for (const url of known) sheets.delete(url)
  const modules = new Set([
    assets.starter,
    ...assets.starterPreload,
    ...(table.includes(' data-tagged="') ? [assets.tagged] : []),
    ...found.flatMap((root) => [root.url, ...root.preload]),
  ])
  let html = ''
  for (const url of sheets) html += `<link rel="stylesheet" href="${escapeHtml(url)}">`
  for (const url of modules) html += `<link rel="modulepreload" href="${escapeHtml(url)}">`
  return html
}

/**
 * The table of the roots, or nothing when there are none. Without a navigation script the page itself loads what starts
 * them, which else the navigation does.
 *
 * @throws ROUTE_ROOT_MISSING, CODEC_UNSUPPORTED for props that cannot be sent
 */
export function writeTable({ assets }: AppDefinition, roots: readonly RootEntry[]): string {
  if (roots.length === 0) return ''
  const urlOf = ({ module }: RootEntry): string => findRoot(assets, module).url
  const waiting = roots.filter(({ start }) => start)
  const now = new Set(roots.filter(({ start }) => !start).map(urlOf))
  // What waits may also be a module that another root needs now.
  const modules = [...now.union(new Set(waiting.map(urlOf)))]
  const contexts = new ContextTable()
  const entries = roots.map((root) => {
    const { name, props, key, start } = root
    const own = root.contexts.size > 0 && { contexts: contexts.placesOf(root.contexts) }
    const entry = { module: modules.indexOf(urlOf(root)), name, props, ...(start && { start }), ...own }
    return key === undefined ? entry : { ...entry, key: String(key) }
  })
  const { rows } = contexts
  const table = {
    build: assets.build,
    modules,
    ...(now.size < modules.length && { now: now.size }),
    roots: entries,
    ...(rows.length > 0 && { contexts: rows }),
  }
  const json = encodeForHtml(table, encodeSlot)
  const starter = escapeHtml(assets.starter)
  const isTagged = rows.length > 0 || hasTags.test(json)
  const tagged = isTagged ? ` data-tagged="${escapeHtml(assets.tagged)}"` : ''
  const later = waiting.length > 0 ? ` data-later="${escapeHtml(assets.later)}"` : ''
  const block = `<script type="application/json" id="layer9" data-starter="${starter}"${tagged}${later}>${json}</script>`
  return assets.navigation === null ? `${block}<script type="module" src="${starter}"></script>` : block
}

/** A context in the table: its id, and its value where that was sent. */
type ContextRow = readonly [id: string, value?: unknown]

/** The contexts of a document, each value once, however many roots it reaches. */
class ContextTable {
  readonly rows: ContextRow[] = []

  /** The places of a root's contexts in the table. */
  placesOf(contexts: RootEntry['contexts']): number[] {
    return Array.from(contexts, ([id, { value, isLate }]) => {
      const row: ContextRow = isLate ? [id] : [id, value]
      const known = this.rows.findIndex(
        (own) => own[0] === id && own.length === row.length && Object.is(own[1], row[1]),
      )
      return known < 0 ? this.rows.push(row) - 1 : known
    })
  }
}

/** Finds the codec's tags in what it wrote. Quotes in texts are escaped, so what is taken for one is rare. */
const hasTags = /[{,]"\$/

function encodeSlot(value: unknown): readonly [string, number] | undefined {
  const number = slotNumber(value)
  return number === undefined ? undefined : ['slot', number]
}

function findRoot(assets: AssetManifest, module: string): NonNullable<ReturnType<AssetManifest['root']>> {
  const root = assets.root(module)
  if (root === undefined) throw errors.ROUTE_ROOT_MISSING({ module })
  return root
}
