// The links of a document, as it is sent. Those that lead to no page of the app are marked, so that the navigation leaves them
// to the browser and no endpoint runs twice. What is looked at is what was written, so it does not matter who wrote a link:
// a component, `innerHTML`, a root.
import type { Reply } from '../2-platform/index.ts'
import type { AppDefinition } from './definition.ts'
import { escapeHtml } from './head.ts'

/** Marks links in markup. */
export type LinkMarker = (html: string) => string

/** The tag of a link up to its `href`, if that is a path of this origin. Values are quoted, and what is in them escaped. */
const link = /<a(?= )[^>]*? href="(\/(?!\/)[^"?#]*)[^"]*"/g

/** How many paths are remembered, and how long they may be. */
const mostKnown = 1000
const longestKnown = 200

/**
 * Makes the marker of an app.
 *
 * @param isPage whether a page answers a path, without the base
 * @param base the path that the app is mounted at, with a slash at both ends
 * @example
 * const mark = createLinkMarker((path) => path === '/', '/')
 * mark('<a href="/feed.txt">Feed</a>') // '<a href="/feed.txt" data-layer9-reload="">Feed</a>'
 */
export function createLinkMarker(isPage: (path: string) => boolean, base: string): LinkMarker {
  const mark = (tag: string, path: string): string => (leadsToPage(path) ? tag : `${tag} data-layer9-reload=""`)
  const look = (path: string): boolean =>
    `${path}/` === base || (path.startsWith(base) && isPage(path.slice(base.length - 1)))
  // The links of layouts are those of every document.
  const known = new Map<string, boolean>()
  const leadsToPage = (path: string): boolean => {
    let found = known.get(path)
    if (found !== undefined) return found
    found = look(path)
    // What nobody bounds must not fill the memory: an app may have a million links.
    if (known.size >= mostKnown) known.clear()
    if (path.length <= longestKnown) known.set(path, found)
    return found
  }
  // Most parts of most documents have no link, which is told at once.
  return (html) => (html.includes('<a ') ? html.replace(link, mark) : html)
}

/** What a document with links needs to know. */
export interface Linked {
  readonly definition: AppDefinition
  readonly markLinks: LinkMarker
}

/**
 * The reply with its links marked. Where a link is to be asked for as it comes into view, the navigation is loaded with
 * the document; nowhere else is it before something is wanted.
 */
export function linkReply({ definition, markLinks }: Linked, reply: Reply): Reply {
  const { body } = reply
  const { navigation } = definition.assets
  if (navigation === null || body === null || body instanceof Uint8Array) return reply
  if (typeof body !== 'string') return { ...reply, body: linkStream(body, markLinks) }
  const html = markLinks(body)
  if (!html.includes(' data-layer9-prefetch="visible"')) return html === body ? reply : { ...reply, body: html }
  const script = `<script type="module" src="${escapeHtml(navigation)}"></script>`
  return { ...reply, body: html.replace('</head>', () => `${script}</head>`) }
}

/** Parts of a stream begin and end between tags. */
async function* linkStream(
  body: AsyncIterable<string | Uint8Array>,
  markLinks: LinkMarker,
): AsyncGenerator<string | Uint8Array> {
  for await (const part of body) yield typeof part === 'string' ? markLinks(part) : part
}
