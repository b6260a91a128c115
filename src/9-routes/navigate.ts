// The navigation, loaded when it is first wanted: asks for the very document that a full load would get, and merges it
// into the page. Whatever it does not understand is left to the browser.
import { reloadKept } from './kept-forms.ts'
import { endGone, keepRoots } from './kept-roots.ts'
import { keepScroll, placeOf, roots, show, shown, startRoots } from './listen.ts'
import { blockOf, prepareSwap } from './swap.ts'

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

let current: AbortController | undefined
let announcer: HTMLElement | undefined

/** Shows the page of a link. */
export async function follow(href: string): Promise<void> {
  await visit({ url: new URL(href) })
}

/** Shows the page that the browser went back or forward to. `state` is that of its entry in the history. */
export async function goBack(state: { scrollY: number } | null): Promise<void> {
  await visit({ url: new URL(location.href), y: state?.scrollY ?? 0 })
}

/**
 * Sends a form as the browser would, and shows the answer.
 *
 * @param data what the form held when it was submitted
 */
export async function submit(form: HTMLFormElement, data: FormData, submitter: HTMLElement | null): Promise<void> {
  // One submit at a time: a second click while the first is under way must not post twice.
  if (form.ariaBusy) return
  form.ariaBusy = 'true'
  // Attributes, not properties: a field named "action" or "method" hides the form's own.
  const read = (name: string): string => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ''
  const url = new URL(read('action'), location.href)
  const fields = new URLSearchParams(data as unknown as Record<string, string>)
  const post = /post/i.test(read('method'))
  if (!post) url.search = `${fields}`
  await visit({ url, form, body: post ? (read('enctype') ? data : fields) : undefined })
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
    show(url)
    swap(roots && keepRoots(roots))
    if (roots) endGone(roots)
    startRoots()
    if (response.ok) form?.reset()
    // A refused form is mended from its first invalid field on.
    else form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    if (moved || !form) arrive(url.hash, y)
  } catch (error) {
    if (signal.aborted) return
    // A post is never sent twice on our own account (RFC 9110 §9.2.2): the form stays as it was filled in.
    if (body && !response) throw error
    // What another build refused is filled in again, in its own form.
    if (body && !response?.ok) return reloadKept()
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
