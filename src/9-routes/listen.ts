// The script on every page, 1 KiB at most: starts the roots, keeps the place in history, and listens for what asks for
// another document. What fetches and merges that is loaded when it is first wanted; where it cannot be had, links and
// forms are the browser's again.
import type { Load, Roots } from './roots.ts'

/** The navigation: what `navigate.ts` exports, once it is there. */
export interface Navigation {
  follow(href: string): Promise<void>
  goBack(state: { scrollY: number } | null): Promise<void>
  submit(form: HTMLFormElement, data: FormData, submitter: HTMLElement | null): Promise<void>
  reloadKept(): void
  restoreForms(): void
}

let load: Load
/** The navigation, once it was wanted. */
let navigation: Promise<Navigation | undefined> | undefined

/** What runs in the page; undefined before the first page that has roots. */
export let roots: Roots | undefined

/** Path and query of the document that is shown; while one is loaded, the address may be ahead of it. */
export let shown: string

/** What of an address names the document: all but the place in it. */
export const placeOf = ({ href }: { href: string }): string => href.split('#')[0] as string

/** Says which document is shown now. */
export function show(url: { href: string }): void {
  shown = placeOf(url)
}

/** What the server wrote around the page, so that a merge can tell from it what scripts and extensions did. */
export interface Written {
  /** Metas and links. */
  head: Element[]
  /** `<html>` and `<body>` with their attributes, and nothing in them. */
  tags: Element[]
  /** The children of `<body>`. */
  nodes: Node[]
}

/** What is around the page in a document that nobody else has touched yet. */
export const aroundPage = ({ head, body, documentElement }: Document): Written => ({
  head: [...head.querySelectorAll('meta,link')],
  tags: [documentElement.cloneNode() as Element, body.cloneNode() as Element],
  nodes: [...body.childNodes],
})

/** That of the document that is shown. */
export let written: Written

/** Says what the server wrote around the page that is shown. */
export function remember(around: Written): void {
  written = around
}

/**
 * Listens on the page. Called once, by the script that the server names in every document.
 *
 * @example
 * import { startNavigation } from 'layer9/routes/browser'
 * startNavigation((url) => import(url))
 */
export function startNavigation(importModule: Load): void {
  load = importModule
  show(location)
  // Now, before anybody adds more.
  remember(aroundPage(document))
  startRoots()
  // The entry of a page that was navigated to has its place from us alone, after a full load too.
  onPop(history)
  if (history.state?.kept) want().then((navigation) => navigation?.restoreForms())
  addEventListener('click', onLink)
  addEventListener('pointerover', onLink)
  addEventListener('focusin', onLink)
  addEventListener('submit', onSubmit)
  addEventListener('popstate', onPop)
  addEventListener('scrollend', keepScroll)
  addEventListener('layer9:stale', onStale)
}

/** Starts the page's roots, and loads what starts them when this is the first page that has any. */
export async function startRoots(): Promise<void> {
  const block = document.getElementById('layer9')
  roots?.settle()
  if (block && !roots) {
    const starter = (await load(block.dataset['starter'] as string)) as { start(): Roots }
    roots ??= starter.start()
  }
}

/** Notes where the page stands, so that coming back finds the place. The state of history entries is ours alone. */
export function keepScroll(): void {
  // While another document is loaded after going back, the entry is already that document's.
  if (placeOf(location) === shown) history.replaceState({ scrollY }, '')
}

/** Loads the navigation, whose URL stands beside the one of this script; undefined where it cannot be had. */
function want(): Promise<Navigation | undefined> {
  const url = () => document.querySelector<HTMLElement>('[data-navigation]')!.dataset['navigation'] as string
  navigation ??= (load(url()) as Promise<Navigation>).catch(() => undefined)
  return navigation
}

/** A link to a page: wanted when it is pointed at, touched or focused, and followed when it is clicked. */
function onLink(event: Event & Partial<MouseEvent>): void {
  // The document itself has the focus, too.
  const link = (event.target as Partial<Element>).closest?.<HTMLAnchorElement>(
    'a:not([data-layer9-reload],[download],[target])',
  )
  // Links elsewhere, links of SVG (which have no origin), and places in this page are the browser's; and so is what has
  // a dot in its last part, for that is a file, which should not be asked for twice.
  if (link?.origin !== location.origin || /\.\w+$/.test(link.pathname) || (link.hash && placeOf(link) === shown)) return
  const wanted = want()
  if (
    event.type !== 'click' ||
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return
  event.preventDefault()
  const { href } = link
  wanted.then((navigation) => {
    if (navigation) navigation.follow(href)
    else location.href = href
  })
}

function onSubmit(event: SubmitEvent): void {
  const { target, submitter } = event
  const form = target as HTMLFormElement
  if (event.defaultPrevented || !form.matches('[data-layer9]:not([target])')) return
  event.preventDefault()
  // Read now, as the browser would: what listens to the event may empty the form.
  const data = new FormData(form, submitter)
  want().then((navigation) => {
    if (navigation) return navigation.submit(form, data, submitter)
    form.removeAttribute('data-layer9')
    form.requestSubmit(submitter)
  })
}

function onPop({ state }: { state: { scrollY: number } | null }): void {
  if (placeOf(location) !== shown)
    want().then((navigation) => (navigation ? navigation.goBack(state) : location.reload()))
  // Without state it is a new place in the page, where the browser scrolls to by itself.
  else if (state) scrollTo(0, state.scrollY)
}

/** A call that another build does not understand any more (6-api): the page is loaded again, with what was typed. */
function onStale(event: Event): void {
  event.preventDefault()
  want().then((navigation) => (navigation ? navigation.reloadKept() : location.reload()))
}
