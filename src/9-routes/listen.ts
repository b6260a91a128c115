// The script on every page, 1 KiB at most: starts the roots, keeps the place in history, and listens for what asks for
// another document. What fetches and merges that is loaded when it is first wanted; where it cannot be had, links and
// forms are the browser's again.
import { holdEvents, replay } from './early.ts'
import type { Load, Roots } from './roots.ts'

/** The navigation: what `navigate.ts` exports, once it is there. */
export interface Navigation {
  /** Shows the page of a link; `href` as it was when it was clicked. */
  follow(href: string, link: HTMLAnchorElement): Promise<void>
  /** A link was pointed at, touched or focused. */
  hint(link: HTMLAnchorElement, event: Event): void
  goBack(state: { scrollY: number } | null): Promise<void>
  submit(form: HTMLFormElement, data: FormData, submitter: HTMLElement | null): Promise<void>
  reloadKept(): void
}

/** Imports what is loaded when it is wanted. */
export let load: Load
/** The navigation, once it was wanted. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a failure leaves behind is nothing
let navigation: Promise<Navigation | void> | undefined

/** What of an address names the document: all but the place in it. */
export const placeOf = ({ href }: { href: string }): string => href.split('#')[0] as string

/** What the server wrote around the page, so that a merge can tell from it what scripts and extensions did. */
export interface Written {
  /** Metas and links. */
  head: Element[]
  /** `<html>` and `<body>` with their attributes, and nothing in them. */
  tags: Element[]
  /** The children of `<body>`. */
  nodes: Node[]
}

/** What there is to know of the page that is shown, for this script and the navigation. */
export const page: {
  /** Path and query of its document; while another one is loaded, the address may be ahead of it. */
  shown: string
  /** What the server wrote around it. */
  around: Written
  /** What runs in it; absent before the first page that has roots. */
  runs?: Roots
} = {
  shown: placeOf(location),
  // Now, before anybody adds more.
  around: {
    head: [...document.head.querySelectorAll('meta,link')],
    tags: [document.documentElement.cloneNode() as Element, document.body.cloneNode() as Element],
    nodes: [...document.body.childNodes],
  },
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
  holdEvents()
  startRoots()
  // It fills in what was typed before.
  if (history.state?.kept) want()
  addEventListener('click', onLink)
  addEventListener('pointerover', onLink)
  addEventListener('focusin', onLink)
  addEventListener('submit', onSubmit)
  addEventListener('popstate', onPop)
  addEventListener('scrollend', keepScroll)
  addEventListener('storage', onStorage)
  addEventListener('layer9:stale', onStale)
}

/** Starts the page's roots, and loads what starts them when this is the first page that has any. */
export function startRoots(): void {
  const block = document.getElementById('layer9')
  if (page.runs) page.runs.settle()
  else if (block)
    load(block.dataset['starter'] as string).then(
      (starter) => {
        page.runs = (starter as { start(again: () => void): Roots }).start(replay)
      },
      (error) => {
        replay(true)
        throw error
      },
    )
}

/** Notes where the page stands, so that coming back finds the place. The state of history entries is ours alone. */
function keepScroll(): void {
  // While another document is loaded after going back, the entry is already that document's.
  if (placeOf(location) === page.shown) history.replaceState({ scrollY }, '')
}

/** Loads the navigation, whose URL stands beside the one of this script; undefined where it cannot be had. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a failure leaves behind is nothing
function want(): Promise<Navigation | void> {
  navigation ??= (
    load(
      document.querySelector<HTMLElement>('[data-navigation]')!.dataset['navigation'] as string,
    ) as Promise<Navigation>
  ).catch(() => {})
  return navigation
}

/** A link to a page: wanted when it is pointed at, touched or focused, and followed when it is clicked. */
function onLink(event: Event & Partial<MouseEvent>): void {
  // The document itself has the focus, too.
  const link = (event.target as Partial<Element>).closest?.<HTMLAnchorElement>(
    'a:not([data-layer9-reload],[download],[target])',
  )
  // Links elsewhere, links of SVG (which have no origin), and places in this page are the browser's. Which of the others lead
  // to pages the server knows: it has marked those that do not.
  if (link?.origin !== origin || (link.hash && placeOf(link) === page.shown) || event.defaultPrevented) return
  const wanted = want()
  if (event.type !== 'click') wanted.then((navigation) => navigation?.hint(link, event))
  else if (!(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
    const { href } = link
    event.preventDefault()
    wanted.then((navigation) => {
      if (navigation) return navigation.follow(href, link)
      location.href = href
    })
  }
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  const { submitter } = event
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

function onPop({ state }: PopStateEvent): void {
  want().then((navigation) => {
    if (navigation) navigation.goBack(state)
    // A place in the page that is shown needs nothing.
    else if (placeOf(location) !== page.shown) location.reload()
  })
}

/** Another tab was answered as somebody else: what this one shows may no longer be for its visitor. */
function onStorage({ key }: StorageEvent): void {
  if (key === 'layer9') location.reload()
}

/** A call that another build does not understand any more (6-api): the page is loaded again, with what was typed. */
function onStale(event: Event): void {
  event.preventDefault()
  want().then((navigation) => (navigation ? navigation.reloadKept() : location.reload()))
}
