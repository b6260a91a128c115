// What pages and layouts say for the document's head, and the markup it becomes.

/** One `<meta>`: `name`, `property` or `httpEquiv`, and `content`; other attributes as they are. */
export type MetaTag = Readonly<Record<string, string | number | boolean | null | undefined>>

/** One `<link>`: `rel`, `href` and what else HTML knows. */
export type LinkTag = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * What `head` of a page or layout returns. Inner ones win: the title, `lang`, a meta of the same name, a link of the same
 * `rel` where one page has only one of it (`canonical`).
 *
 * @example
 * export const head = ({ data }: PageProps<typeof loader>): Head => ({ title: data.post.title })
 */
export interface Head {
  title?: string
  /** Short for `{ name: 'description', content }`. */
  description?: string
  /** The `lang` of `<html>`. Default `en`. */
  lang?: string
  /** The `dir` of `<html>`. */
  dir?: 'ltr' | 'rtl' | 'auto'
  meta?: readonly MetaTag[]
  links?: readonly LinkTag[]
}

/** Lays heads over each other, the outermost layout's first. */
export function mergeHeads(heads: readonly Head[]): Head {
  if (heads.length === 1) return heads[0] as Head
  const merged: Head = {}
  const meta = new Map<string, MetaTag>()
  const links = new Map<string, LinkTag>()
  for (const head of heads) {
    if (head.title !== undefined) merged.title = head.title
    if (head.lang !== undefined) merged.lang = head.lang
    if (head.dir !== undefined) merged.dir = head.dir
    for (const tag of describe(head)) meta.set(metaKey(tag), tag)
    for (const tag of head.links ?? []) links.set(linkKey(tag), tag)
  }
  return { ...merged, meta: [...meta.values()], links: [...links.values()] }
}

/**
 * The markup of title, metas and links.
 *
 * @example
 * writeHead({ title: 'A & B' }) // '<title>A &amp; B</title>'
 */
export function writeHead(head: Head): string {
  let html = head.title === undefined ? '' : `<title>${escapeHtml(head.title)}</title>`
  if (head.meta !== undefined || head.description !== undefined)
    for (const tag of describe(head)) html += writeTag('meta', tag)
  if (head.links !== undefined) for (const tag of head.links) html += writeTag('link', tag)
  return html
}

/** The attributes of `<html>`. */
export function writeHtmlAttributes(head: Head): string {
  const dir = head.dir === undefined ? '' : ` dir="${escapeHtml(head.dir)}"`
  return ` lang="${escapeHtml(head.lang ?? 'en')}"${dir}`
}

/** Text as it may stand between tags and in quoted attributes. One look tells that most text needs nothing. */
export function escapeHtml(text: unknown): string {
  const plain = String(text)
  return /[&<>"'\r]/.test(plain) ? plain.replace(/[&<>"'\r]/g, (found) => entities[found] as string) : plain
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Parsers turn it into a line feed (HTML, "preprocessing the input stream").
  '\r': '&#13;',
}

function describe(head: Head): readonly MetaTag[] {
  const meta = head.meta ?? []
  return head.description === undefined ? meta : [{ name: 'description', content: head.description }, ...meta]
}

/** A document has one meta of a name; `media` makes two of it (theme colours for light and dark). */
function metaKey(tag: MetaTag): string {
  const name = tag['name'] ?? tag['property'] ?? tag['httpEquiv'] ?? tag['http-equiv'] ?? tag['charset']
  return `${name} ${tag['media'] ?? ''}`
}

function linkKey(tag: LinkTag): string {
  return tag['rel'] === 'canonical'
    ? 'canonical'
    : `${tag['rel']} ${tag['href']} ${tag['hreflang'] ?? ''} ${tag['media'] ?? ''}`
}

function writeTag(element: 'meta' | 'link', tag: MetaTag): string {
  let html = `<${element}`
  for (const [name, value] of Object.entries(tag)) {
    if (value === null || value === undefined || value === false) continue
    const attribute = aliases[name] ?? name
    // Names are an app's own words, but may have travelled through data: what is no name would break out of the tag.
    if (!/^[a-zA-Z][a-zA-Z0-9:-]*$/.test(attribute)) continue
    html += value === true ? ` ${attribute}` : ` ${attribute}="${escapeHtml(value)}"`
  }
  return `${html}>`
}

const aliases: Readonly<Record<string, string>> = {
  httpEquiv: 'http-equiv',
  crossOrigin: 'crossorigin',
  hrefLang: 'hreflang',
}
