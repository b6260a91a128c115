// The navigation, loaded when it is first wanted: asks for the very document that a full load would get, and merges it
// into the page. Whatever it does not understand is left to the browser.
import { act, watchActions } from './actions.ts'
import { arrive } from './arrive.ts'
import { type Answer, ask, isDocument } from './ask.ts'
import { keepPage, prepareLeftPage } from './back.ts'
import { errors } from './errors.ts'
import { reloadKept, restoreForms } from './kept-forms.ts'
import { loadInFull, mayLeave, tellOtherTabs } from './leave.ts'
import { load, page, placeOf, startRoots } from './listen.ts'
import { mergeNodes, type Stretch } from './merge.ts'
import { dropPrefetched, takePrefetched, watchLinks } from './prefetch.ts'
import type { Reading } from './receive.ts'
import { rangesOf } from './root-ranges.ts'
import { blockOf, prepareSwap } from './swap.ts'
import { inTransition } from './transition.ts'

export { hint } from './prefetch.ts'

/** What reads documents whose last parts come late; loaded with the first one. */
interface Receiver {
  read(response: Response): Promise<Reading>
}

interface Visit {
  url: URL
  /** What is posted; without it the document is asked for. */
  body?: BodyInit | undefined
  form?: HTMLFormElement
  /** Where to scroll to; given when the browser went back or forward. */
  y?: number
  /** What asked for it. */
  by?: Element | null
}

/** What a refresh poses as. */
interface RefreshForm extends HTMLFormElement {
  /** Whether a document is to be merged. */
  accept?: ((next: Document) => boolean) | undefined
}

/** The navigation that is under way. */
let current: AbortController | undefined
/** The one that brought the shown document, parts of which may be on their way: until another document is shown. */
let streaming: AbortController | undefined

watchLinks()
if (history.state?.kept) restoreForms()
// Whoever loads this entry anew is the browser, which then finds its place too.
addEventListener('pagehide', () => {
  history.scrollRestoration = 'auto'
})

/** Shows the page of a link. */
export async function follow(href: string, link: HTMLAnchorElement): Promise<void> {
  const url = new URL(href)
  if (await mayLeave(url)) await visit({ url, by: link })
}

/** Shows the page that the browser went back or forward to. `state` is that of its entry in the history. */
export async function goBack(state: { scrollY: number } | null): Promise<void> {
  const url = new URL(location.href)
  // Without state it is a new place in the page, where the browser scrolls to by itself.
  if (placeOf(url) === page.shown) return void (state && scrollTo(0, state.scrollY))
  if (await mayLeave(url)) await visit({ url, y: state?.scrollY ?? 0 })
  // The address is ahead. Which way leads back nobody tells, so the page that stays becomes the newest entry.
  else history.pushState({ scrollY }, '', page.shown)
}

/**
 * Sends a form as the browser would, and shows the answer.
 *
 * @param data what the form held when it was submitted
 */
export async function submit(form: HTMLFormElement, data: FormData, submitter: HTMLElement | null): Promise<void> {
  // One submit at a time: a second click while the first is under way must not post twice.
  if (form.ariaBusy) return
  // Attributes, not properties: a field named "action" or "method" hides the form's own.
  const read = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
  const url = new URL(read('action'), location.href)
  const fields = new URLSearchParams(data as unknown as Record<string, string>)
  const post = /post/i.test(read('method'))
  if (!post) url.search = `${fields}`
  // What is posted is the work itself; what only asks is a way to leave.
  if (!post && !(await mayLeave(url))) return
  form.ariaBusy = 'true'
  const body = post ? (/multipart/i.test(read('enctype')) ? data : fields) : undefined
  await visit({ url, form, body, by: submitter })
}

/**
 * Asks for the shown document again and merges it, as hot reload does after a change on the server.
 *
 * @param accept in development: looks at the document first; where it says false, the page stays as it is
 */
export async function refresh(accept?: (next: Document) => boolean): Promise<void> {
  // Like a form whose answer is the same page: neither scroll nor focus moves.
  const form: RefreshForm = Object.assign(document.createElement('form'), { accept })
  dropPrefetched()
  await visit({ url: new URL(location.href), form })
}

async function visit({ url, body, form, y, by }: Visit): Promise<void> {
  let answer: Answer | undefined
  current?.abort()
  current = new AbortController()
  const { signal } = current
  // What is posted is under way whatever is clicked meanwhile: aborting would undo nothing, and hide when it has settled.
  const asking = body ? new AbortController() : current
  try {
    const isShown = y != null && (await showLeftPage(url, y, signal))
    answer = await request(url, body, asking.signal)
    const { headers } = answer.response
    if (headers.has('layer9-session')) return renewSession(new URL(headers.get('layer9-location') ?? url, answer.url))
    // Not to be read to its end, whatever it is.
    if (!isDocument(answer)) {
      // A page that hot reload asks for again may be gone, which is no link's fault.
      if (process.env.NODE_ENV !== 'production' && !(form as RefreshForm | undefined)?.accept)
        tellNoDocument(url, answer)
      throw url
    }
    const receiver = headers.get('layer9-parts')
    const reading = receiver && (await ((await load(receiver)) as Receiver).read(answer.response))
    const next = reading ? reading.page : new DOMParser().parseFromString(await answer.response.text(), 'text/html')
    if (process.env.NODE_ENV !== 'production' && (form as RefreshForm | undefined)?.accept?.(next) === false) return
    // A document that only sends away has its link in the place of the block.
    url = new URL((blockOf(next) as Partial<HTMLAnchorElement> | null)?.href ?? answer.url + url.hash)
    // Not a page of this app and this build.
    if (buildOf(next) !== buildOf(document)) throw url
    const swap = await prepareSwap(next)
    if (signal.aborted) return
    const moved = placeOf(url) !== page.shown
    await inTransition(by, () => {
      if (signal.aborted) return
      // The entry is made before the merge, so that relative URLs in the new document are right.
      if (y == null && url.href !== location.href) pushEntry(url)
      if (moved) keepPage(next)
      page.shown = placeOf(url)
      streaming?.abort()
      streaming = asking
      current = undefined
      swap(rangesOf(page.runs))
    })
    if (signal.aborted) return
    startRoots()
    watchLinks()
    if (answer.response.ok) form?.reset()
    // A refused form is mended from its first invalid field on.
    else form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    if (!isShown && (moved || !form)) arrive(url.hash, y)
    if (reading) reading.place(mergePart, startRoots).catch(() => asking.signal.aborted || location.reload())
  } catch (error) {
    if (signal.aborted) return
    // A post is never sent twice on our own account (RFC 9110 §9.2.2): the form stays as it was filled in.
    if (body && !answer) throw error
    // What another build refused is filled in again, in its own form.
    if (body && !answer?.response.ok) return reloadKept()
    loadInFull(url)
  } finally {
    if (form) form.ariaBusy = null
  }
}

/** Merges a part that came late into what was kept in its place. */
const mergePart = (old: Stretch, next: Stretch): void => mergeNodes(old, next, { roots: rangesOf(page.runs) })

/** The document of an address, or what is answered to a post, as it is once every action has settled. */
async function request(url: URL, body: BodyInit | undefined, signal: AbortSignal): Promise<Answer> {
  // A post is an action itself.
  const outdated = await watchActions(body ? 1 : 0)
  const answer = body
    ? await act(ask(url, { body, signal }))
    : ((await takePrefetched(url, signal)) ?? (await ask(url, { signal })))
  // What was posted is not posted again; its answer names the document.
  return (await outdated()) ? await request(new URL(answer.url), undefined, signal) : answer
}

/** Shows a page as it was left, at once. */
async function showLeftPage(url: URL, y: number, signal: AbortSignal): Promise<boolean> {
  const place = placeOf(url)
  const putBack = await prepareLeftPage(place)
  if (!putBack || signal.aborted) return false
  await inTransition(null, () => {
    if (signal.aborted) return
    streaming?.abort()
    putBack()
    page.shown = placeOf(url)
  })
  page.runs?.settle()
  arrive(url.hash, y)
  return true
}

/** Says in development which link asked in vain: the browser loads it in full, after a request for nothing. */
function tellNoDocument({ href }: URL, { response }: Answer): void {
  const type = response.headers.get('content-type') ?? 'nothing'
  const { code, message, fix } = errors.NAVIGATION_NO_DOCUMENT({ url: href, status: response.status, type })
  console.error(`${code}  ${message}\nFix: ${fix}`)
}

/** Whoever this visitor is now: everything is loaded anew, here and in the other tabs. */
function renewSession(url: URL): void {
  tellOtherTabs()
  loadInFull(url)
}

function pushEntry(url: URL): void {
  history.replaceState({ scrollY }, '')
  history.scrollRestoration = 'manual'
  history.pushState(null, '', url)
}

const buildOf = (of: Document): string | undefined => of.querySelector<HTMLMetaElement>('meta[name=layer9]')?.content
