// The navigation script: what every page loads, 2 KiB at most with all it imports. It takes over links to pages and
// forms, asks for the very document that a full load would get, and merges it into the page. Whatever it does not
// understand is left to the browser: without it, or with it failing, every link and form still works.
import { mergeNodes, type RootRanges } from './merge.ts'
import { blockOf, prepareSwap, remember } from './swap.ts'

/** The running roots of a page, as the starter hands them to the navigation. */
export interface Roots extends RootRanges {
  /** Called after each merge: starts new roots, and stops those that are gone. */
  settle(): void
}

export type Merge = typeof mergeNodes

/**
 * Imports a module by its URL: `(url) => import(url)`, written where no compiler touches it. TypeScript would put a
 * helper of 200 bytes around it, and a bundler would look for what it imports.
 */
export type Load = (url: string) => Promise<unknown>

interface Visit {
  url: URL
  /** What is posted; without it the document is asked for. */
  body?: BodyInit | undefined
  form?: HTMLFormElement
  /** Where to scroll to; given when the browser went back or forward. */
  y?: number
}

/** What a refresh poses as. */
interface RefreshForm extends HTMLFormElement {
  /** Whether a document is to be merged. */
  accept?: ((next: Document) => boolean) | undefined
}

let load: Load
let roots: Roots | undefined
let current: AbortController | undefined
/** Path and query of the document that is shown; while one is loaded, the address may be ahead of it. */
let shown: string
let announcer: HTMLElement | undefined

/** What of an address names the document: all but the place in it. */
const placeOf = ({ href }: { href: string }): string => href.split('#')[0] as string

/**
 * Takes over links and forms of the page. Called once, by the script that the server names in every document.
 *
 * @example
 * import { startNavigation } from 'layer9/routes/browser'
 * startNavigation((url) => import(url))
 */
export function startNavigation(importModule: Load): void {
  load = importModule
  shown = placeOf(location)
  remember(document)
  startRoots()
  addEventListener('click', onClick)
  addEventListener('submit', onSubmit)
  addEventListener('popstate', onPop)
  addEventListener('scrollend', keepScroll)
}

/** Starts the page's roots, and loads what starts them when this is the first page that has any. */
async function startRoots(): Promise<void> {
  const block = blockOf(document)
  roots?.settle()
  if (block && !roots) {
    const starter = (await load(block.dataset['starter'] as string)) as { start(merge: Merge): Roots }
    // The merge goes along, so that the starter needs no second one.
    roots ??= starter.start(mergeNodes)
  }
}

/**
 * Asks for the shown document again and merges it, as hot reload does after a change on the server.
 *
 * @param accept in development: looks at the document first; where it says false, the page stays as it is
 */
export async function refresh(accept?: (next: Document) => boolean): Promise<void> {
  // Like a form whose answer is the same page: neither scroll nor focus moves.
  const form: RefreshForm = Object.assign(document.createElement('form'), { accept })
  await visit({ url: new URL(location.href), form })
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = (event.target as Element).closest<HTMLAnchorElement>('a:not([data-layer9-reload],[download],[target])')
  // Links elsewhere, links of SVG (which have no origin), and places in this page are the browser's; and so is what has
  // a dot in its last part, for that is a file, which should not be asked for twice.
  if (link?.origin !== location.origin || /\.\w+$/.test(link.pathname) || (link.hash && placeOf(link) === shown)) return
  event.preventDefault()
  visit({ url: new URL(link.href) })
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  const submitter = event.submitter
  // Attributes, not properties: a field named "action" or "method" hides the form's own.
  const read = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
  if (event.defaultPrevented || !form.matches('[data-layer9]:not([target])')) return
  event.preventDefault()
  // One submit at a time: a second click while the first is under way must not post twice.
  if (form.ariaBusy) return
  form.ariaBusy = 'true'
  const url = new URL(read('action'), location.href)
  const data = new FormData(form, submitter)
  const fields = new URLSearchParams(data as unknown as Record<string, string>)
  const post = /post/i.test(read('method'))
  if (!post) url.search = `${fields}`
  visit({ url, form, body: post ? (read('enctype') ? data : fields) : undefined })
}

function onPop({ state }: PopStateEvent): void {
  if (placeOf(location) !== shown) visit({ url: new URL(location.href), y: state?.scrollY ?? 0 })
  // Without state it is a new place in the page, where the browser scrolls to by itself.
  else if (state) scrollTo(0, state.scrollY)
}

/** Notes where the page stands, so that coming back finds the place. The state of history entries is ours alone. */
function keepScroll(): void {
  // While another document is loaded after going back, the entry is already that document's.
  if (placeOf(location) === shown) history.replaceState({ scrollY }, '')
}

async function visit({ url, body, form, y }: Visit): Promise<void> {
  let response: Response | undefined
  current?.abort()
  current = new AbortController()
  const { signal } = current
  try {
    // Without a method it is GET.
    response = await fetch(url, { method: body && 'POST', body, signal })
    // Not to be read to its end, whatever it is.
    if (!/html/.test(response.headers.get('content-type') as string)) throw url
    const next = new DOMParser().parseFromString(await response.text(), 'text/html')
    if (process.env.NODE_ENV !== 'production' && (form as RefreshForm | undefined)?.accept?.(next) === false) return
    // A document that only sends away has its link in the place of the block.
    url = new URL((blockOf(next) as Partial<HTMLAnchorElement> | null)?.href ?? response.url + url.hash)
    // Not a page of this app and this build.
    if (buildOf(next) !== buildOf(document)) throw url
    const swap = await prepareSwap(next)
    if (signal.aborted) return
    const moved = placeOf(url) !== shown
    // The entry is made before the merge, so that relative URLs in the new document are right.
    if (y == null && url.href !== location.href) {
      keepScroll()
      history.scrollRestoration = 'manual'
      history.pushState(null, '', url)
    }
    shown = placeOf(url)
    swap(roots)
    startRoots()
    if (response.ok) form?.reset()
    // A refused form is mended from its first invalid field on.
    else form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    if (moved || !form) arrive(url.hash, y)
  } catch (error) {
    if (signal.aborted) return
    // A post is never sent twice on our own account (RFC 9110 §9.2.2): the form stays as it was filled in.
    if (body && !response) throw error
    // The browser shows it, from the start. Going back, the address is there already: assigning it would only scroll.
    if (url.href === location.href) location.reload()
    else location.href = url.href
  } finally {
    if (form) form.ariaBusy = null
  }
}

const buildOf = (page: Document): string | undefined =>
  page.querySelector<HTMLMetaElement>('meta[name=layer9]')?.content

/** What a full load does besides showing the page: scroll, focus, and say the title to who cannot see it. */
function arrive(hash: string, y?: number): void {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)))
  const place =
    document.querySelector<HTMLElement>('[autofocus]') || target || document.querySelector('main') || document.body
  // What has no place in the tab order can have the focus only if it says so itself.
  place.tabIndex += 0
  place.focus()
  if (y == null && target) target.scrollIntoView()
  // No number at all is the top (CSSOM View, "normalize non-finite values").
  else scrollTo(0, y as number)
  announcer ??= document.createElement('p')
  announcer.style = 'position:fixed;scale:0'
  announcer.role = 'status'
  document.body.append(announcer)
  announcer.textContent = document.title
}
