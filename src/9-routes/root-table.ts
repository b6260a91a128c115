// What a document tells the browser of its roots: what to load before it is asked for, and the table at the end.
import { type EncodeTag, encodeForHtml } from '../1-contracts/index.ts'
import { callName } from '../6-api/index.ts'
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
 * @param page.files the route files of a document whose deferred parts may bring roots that nobody knows of yet
 * @throws ROUTE_ROOT_MISSING
 */
export function writePreloads(
  { assets }: AppDefinition,
  roots: readonly RootEntry[],
  { known, table, files = [] }: { known: readonly string[]; table: string; files?: readonly string[] },
): string {
  const find = (modules: readonly string[]) => [...new Set(modules)].map((module) => findRoot(assets, module))
  const reached = new Set(files.flatMap((file) => assets.reach(file)))
  for (const { module } of roots) reached.delete(module)
  const later = [...reached].flatMap((module) => assets.root(module) ?? [])
  if (roots.length + later.length === 0) return ''
  const sheets = new Set([...find(roots.map(({ module }) => module)), ...later].flatMap((root) => root.styles))
  const found = [...find(roots.flatMap(({ module, start }) => (start ? [] : [module]))), ...later]
  for (const url of known) sheets.delete(url)
  const modules = new Set([
    assets.starter,
    ...assets.starterPreload,
    ...(table.includes(' data-tagged="') ? [assets.tagged, ...assets.taggedPreload] : []),
    ...found.flatMap((root) => [root.url, ...root.preload]),
  ])
  let html = ''
  for (const url of sheets) html += `<link rel="stylesheet" href="${escapeHtml(url)}">`
  for (const url of modules) html += `<link rel="modulepreload" href="${escapeHtml(url)}">`
  return html
}

/** What places the deferred parts of a document, for its head. */
export function writeReceiver({ assets }: AppDefinition): string {
  return `<script type="module" async data-layer9-parts src="${escapeHtml(assets.receiver)}"></script>`
}

/**
 * The style sheet for visitors without scripts, for the body: where a document is merged, whose `noscript` is parsed, what
 * is in its head would come into the page.
 */
export function writeUnscripted({ assets }: AppDefinition): string {
  return `<noscript><link rel="stylesheet" href="${escapeHtml(assets.unscripted)}"></noscript>`
}

/**
 * The same for the end of body, where the script that places parts cannot be had: where it can, it has placed them by
 * then, and takes this away.
 */
export function writeUnplaced({ assets }: AppDefinition): string {
  return `<link rel="stylesheet" data-layer9-unplaced href="${escapeHtml(assets.unscripted)}">`
}

/**
 * A table of roots, or nothing when there are none. Without a navigation script the page itself loads what starts them,
 * which else the navigation does.
 *
 * @param from the first root that is not in a table yet: each deferred part brings the table of its own, in which roots
 *   are found by the same number as in the markup
 * @throws ROUTE_ROOT_MISSING, CODEC_UNSUPPORTED for props that cannot be sent
 */
export function writeTable({ assets }: AppDefinition, roots: readonly RootEntry[], from = 0): string {
  const own = roots.slice(from)
  if (own.length === 0) return ''
  const urlOf = ({ module }: RootEntry): string => findRoot(assets, module).url
  const waiting = own.filter(({ start }) => start)
  const now = new Set(own.filter(({ start }) => !start).map(urlOf))
  // What waits may also be a module that another root needs now.
  const modules = [...now.union(new Set(waiting.map(urlOf)))]
  const contexts = new ContextTable()
  const entries = own.map((root) => {
    const { name, props, key, start } = root
    const reached = root.contexts.size > 0 && { contexts: contexts.placesOf(root.contexts) }
    const entry = { module: modules.indexOf(urlOf(root)), name, props, ...(start && { start }), ...reached }
    return key === undefined ? entry : { ...entry, key: String(key) }
  })
  const { rows } = contexts
  const table = {
    build: assets.build,
    modules,
    ...(now.size < modules.length && { now: now.size }),
    roots: from === 0 ? entries : Object.fromEntries(entries.map((entry, index) => [from + index, entry])),
    ...(rows.length > 0 && { contexts: rows }),
  }
  const json = encodeForHtml(table, encodeProp(assets))
  const starter = escapeHtml(assets.starter)
  const id = from === 0 ? 'layer9' : `layer9-${from}`
  const isTagged = rows.length > 0 || hasTags.test(json)
  const tagged = isTagged ? ` data-tagged="${escapeHtml(assets.tagged)}"` : ''
  const later = waiting.length > 0 ? ` data-later="${escapeHtml(assets.later)}"` : ''
  const block = `<script type="application/json" id="${id}" data-starter="${starter}"${tagged}${later}>${json}</script>`
  return assets.navigation === null && from === 0 ? `${block}<script type="module" src="${starter}"></script>` : block
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

/** Writes what crosses and is no data: elements, queries and actions. */
const encodeProp =
  ({ call }: AssetManifest): EncodeTag =>
  (value) => {
    const name = callName(value)
    if (name) return ['call', [...name, call]]
    const number = slotNumber(value)
    return number === undefined ? undefined : ['slot', number]
  }

function findRoot(assets: AssetManifest, module: string): NonNullable<ReturnType<AssetManifest['root']>> {
  const root = assets.root(module)
  if (root === undefined) throw errors.ROUTE_ROOT_MISSING({ module })
  return root
}
