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
  const entries = roots.map((root) => {
    const { name, props, key, start } = root
    const entry = { module: modules.indexOf(urlOf(root)), name, props, ...(start && { start }) }
    return key === undefined ? entry : { ...entry, key: String(key) }
  })
  const table = { build: assets.build, modules, ...(now.size < modules.length && { now: now.size }), roots: entries }
  const json = encodeForHtml(table, encodeSlot)
  const starter = escapeHtml(assets.starter)
  const tagged = hasTags.test(json) ? ` data-tagged="${escapeHtml(assets.tagged)}"` : ''
  const later = waiting.length > 0 ? ` data-later="${escapeHtml(assets.later)}"` : ''
  const block = `<script type="application/json" id="layer9" data-starter="${starter}"${tagged}${later}>${json}</script>`
  return assets.navigation === null ? `${block}<script type="module" src="${starter}"></script>` : block
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
