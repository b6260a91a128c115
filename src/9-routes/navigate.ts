// The navigation script: what every page loads, 2 KiB at most with all it imports. It takes over links to pages and
// forms, asks for the very document that a full load would get, and merges it into the page. Whatever it does not
// understand is left to the browser: without it, or with it failing, every link and form still works.
import { mergeNodes, type RootRanges } from './merge.ts'
import { addHead, blockOf, remember, swapDocument } from './swap.ts'

/** The running roots of a page, as the starter hands them to the navigation. */
export interface Roots extends RootRanges {
  /** Called before the merge with the next document. */
  meet(next: Document): void
  /** Called after it: starts new roots, hands over new props, stops those that are gone. */
  settle(): void
}

export type Merge = typeof mergeNodes

interface Visit {
  url: URL
  method?: string
  body?: BodyInit
  form?: HTMLFormElement
  /** Where to scroll to; given when the browser went back or forward. */
  y?: number
}

let roots: Roots | undefined
let current: AbortController | undefined
/** Path and query of the document that is shown; while one is loaded, the address may be ahead of it. */
let shown: string
let announcer: HTMLElement | undefined

const placeOf = ({ pathname, search }: URL | Location): string => pathname + search

/**
 * Takes over links and forms of the page. Called once, by the script that the server names in every document.
 *
 * @example
 * import { startNavigation } from 'layer9/routes/browser'
 * startNavigation()
 */
export function startNavigation(): void {
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
  if (roots) roots.settle()
  else if (block) {
    const starter: { start(merge: Merge): Roots } = await import(
      /* @vite-ignore */ JSON.parse(block.textContent as string).starter
    )
    // The merge goes along, so that the starter needs no second one.
    roots ??= starter.start(mergeNodes)
  }
}

function onClick(event: MouseEvent): void {
  const link = (event.target as Element).closest('a')
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  // An SVG link has no text as its `href`, and a link without one has the empty text.
  if (!link || !link.origin || link.target || link.hasAttribute('download') || 'layer9Reload' in link.dataset) return
  const url = new URL(link.href)
  if (url.origin !== location.origin || (url.hash && placeOf(url) === shown)) return
  event.preventDefault()
  visit({ url })
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  const submitter = event.submitter
  // Attributes, not properties: a field named "action" or "method" hides the form's own.
  const read = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
  if (event.defaultPrevented || !form.hasAttribute('data-layer9') || read('target')) return
  event.preventDefault()
  // One submit at a time: a second click while the first is under way must not post twice.
  if (form.ariaBusy) return
  const url = new URL(read('action'), location.href)
  const data = new FormData(form, submitter)
  const fields = new URLSearchParams(data as unknown as Record<string, string>)
  if (/post/i.test(read('method'))) {
    form.ariaBusy = 'true'
    visit({ url, method: 'POST', body: /^mul/i.test(read('enctype')) ? data : fields, form })
  } else {
    url.search = `${fields}`
    visit({ url })
  }
}

function onPop({ state }: PopStateEvent): void {
  const y = state?.y ?? 0
  if (placeOf(location) !== shown) visit({ url: new URL(location.href), y })
  else if (!location.hash) scrollTo(0, y)
}

/** Notes in the history entry where the page stands, so that coming back finds the place. */
function keepScroll(): void {
  // While another document is loaded after going back, the entry is already that document's.
  if (placeOf(location) === shown) history.replaceState({ ...history.state, y: scrollY }, '')
}

async function visit({ url, method, body, form, y }: Visit): Promise<void> {
  current?.abort()
  const { signal } = (current = new AbortController())
  try {
    const response = await fetch(url, { method, body, signal })
    const next = new DOMParser().parseFromString(await response.text(), 'text/html')
    const final = new URL(response.url)
    final.hash ||= url.hash
    // Not a page of this app and this build: the browser shows it, from the start.
    if (buildOf(next) !== buildOf(document)) return leave(final)
    const [head, ready] = addHead(next)
    await Promise.race([ready, new Promise((done) => setTimeout(done, 2000))])
    if (signal.aborted) return
    const moved = placeOf(final) !== shown
    if (y === undefined && final.href !== location.href) enter(final)
    shown = placeOf(final)
    roots?.meet(next)
    swapDocument(next, head, roots)
    startRoots()
    if (form && response.ok) form.reset()
    if (moved || !form) arrive(final.hash, y)
  } catch (error) {
    if (signal.aborted) return
    // A post is never sent twice on our own account (RFC 9110 §9.2.2): the form stays as it was filled in.
    if (method) throw error
    leave(url)
  } finally {
    if (form) form.ariaBusy = null
  }
}

const buildOf = (page: Document): string | undefined =>
  page.querySelector<HTMLMetaElement>('meta[name=layer9]')?.content

function leave(url: URL): void {
  // Going back, the address is there already, and assigning it would only look for a hash.
  if (url.href === location.href) location.reload()
  else location.href = url.href
}

/** Makes the history entry: before the merge, so that relative URLs in the new document are right. */
function enter(url: URL): void {
  keepScroll()
  history.scrollRestoration = 'manual'
  history.pushState(null, '', url)
}

/** What a full load does besides showing the page: scroll, focus, and say the title to who cannot see it. */
function arrive(hash: string, y?: number): void {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)))
  const place = document.querySelector<HTMLElement>('[autofocus]') ?? (target || document.querySelector('main'))
  if (place) {
    if (place.tabIndex < 0) place.tabIndex = -1
    place.focus({ preventScroll: true })
  }
  if (y === undefined && target) target.scrollIntoView()
  else scrollTo(0, y ?? 0)
  if (!announcer) {
    announcer = document.body.appendChild(document.createElement('p'))
    announcer.ariaLive = 'polite'
    announcer.style.cssText = 'position:absolute;clip-path:inset(50%)'
  }
  announcer.textContent = document.title
}
