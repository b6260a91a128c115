// The links of a document. Those that lead to no page of the app are marked as they are written, so that the navigation
// leaves them to the browser and no endpoint runs twice: those of components, of roots, and in `innerHTML`.
import type { Reply } from '../2-platform/index.ts'
import type { LinkMarker } from '../8-components/server.ts'
import type { AppDefinition } from './definition.ts'
import { escapeHtml } from './head.ts'

/** The tag of a link in markup up to its `href`, if that is a path of this origin. */
const link = /<a(?= )[^>]*? href="(\/[^"]*)"/g

const reload = ' data-layer9-reload=""'

/** How many paths are remembered, and how long they may be. */
const mostKnown = 1000
const longestKnown = 200

/**
 * Makes the marker of an app.
 *
 * @param isPage whether a page answers a path, without the base
 * @param base the path that the app is mounted at, with a slash at both ends
 * @example
 * const { mark } = createLinkMarker((path) => path === '/', '/')
 * mark('/feed.txt') // ' data-layer9-reload=""'
 */
export function createLinkMarker(isPage: (path: string) => boolean, base: string): LinkMarker {
  const look = (path: string): string =>
    `${path}/` === base || (path.startsWith(base) && isPage(path.slice(base.length - 1))) ? '' : reload
  // The links of layouts are those of every document.
  const known = new Map<string, string>()
  const markPath = (path: string): string => {
    let found = known.get(path)
    if (found !== undefined) return found
    found = look(path)
    // What nobody bounds must not fill the memory: an app may have a million links.
    if (known.size >= mostKnown) known.clear()
    if (path.length <= longestKnown) known.set(path, found)
    return found
  }
  // Other origins, places and relative paths are told apart by whoever follows the link.
  const mark = (href: string): string => (/^\/(?!\/)/.test(href) ? markPath(/^[^?#]*/.exec(href)![0]) : '')
  return { mark, markAll: (html) => html.replace(link, (tag, href: string) => tag + mark(href)) }
}

/**
 * The reply to a document that has links which are to be asked for as they come into view: the navigation is loaded with
 * it. Nowhere else is it before something is wanted.
 */
export function loadNavigation({ assets }: AppDefinition, reply: Reply): Reply {
  const { body } = reply
  if (assets.navigation === null || typeof body !== 'string' || !body.includes('prefetch="visible"')) return reply
  if (!body.includes(' data-layer9-prefetch="visible"')) return reply
  const script = `<script type="module" src="${escapeHtml(assets.navigation)}"></script>`
  return { ...reply, body: body.replace('</head>', () => `${script}</head>`) }
}
