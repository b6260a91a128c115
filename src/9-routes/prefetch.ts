// Asks for documents before a link is followed: when it is pointed at, touched, focused, or (where it says so) comes into
// view. Nothing is shown sooner than it was asked for, so what is never followed must stay cheap: there is a budget.
import { watchActions } from './actions.ts'
import { type Answer, ask, isDocument } from './ask.ts'
import { page, placeOf } from './listen.ts'

/** What a page may spend: documents at a time, documents and bytes in all. */
const mostFlying = 2
const mostDocuments = 8
const mostBytes = 262_144

/** How many documents are kept, and how long, in milliseconds. */
const most = 5
const age = 30_000

/** How long a pointer has to rest on a link, in milliseconds: those that only pass by ask for nothing. */
const rest = 65

interface Kept {
  readonly answer: Promise<Answer>
  readonly until: number
  /** Whether an action came since. */
  readonly outdated: Promise<() => Promise<boolean>>
}

const kept = new Map<string, Kept>()
const queue = new Set<string>()
let flying = 0
/** What is being visited, until another visit begins: whoever clicks has pointed at it, too. */
let taken = ''
let visiting: AbortSignal
/** The page whose budget is being spent. */
let spender = ''
let documents = 0
let bytes = 0

/** Asks for the page of a link, soon, if it is still wanted then. */
export function hint(link: HTMLAnchorElement, { type, pointerType }: Event & Partial<PointerEvent>): void {
  const wanted = () => pointerType === 'touch' || link.matches(type === 'focusin' ? ':focus' : ':hover')
  setTimeout(() => wanted() && prefetch(link), pointerType === 'touch' ? 0 : rest)
}

/** Asks for the pages of links that are marked `data-layer9-prefetch="visible"` as they come into view. */
export function watchLinks(): void {
  for (const link of document.querySelectorAll('a[data-layer9-prefetch=visible]:not([data-layer9-reload])'))
    views.observe(link)
}

const views = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    views.unobserve(target)
    prefetch(target as HTMLAnchorElement)
  }
})

/**
 * The document of an address if it was asked for before, or is being; it is then no longer kept, and ends with the visit.
 *
 * @throws the reason of `signal`: whoever overtook this visit may be waiting for the same document
 */
export async function takePrefetched(url: URL, signal: AbortSignal): Promise<Answer | undefined> {
  taken = placeOf(url)
  visiting = signal
  queue.delete(taken)
  const found = kept.get(taken)
  if (!found || found.until < Date.now()) return undefined
  // What could not be had before is asked for again.
  const answer = await found.answer.catch(() => undefined)
  signal.throwIfAborted()
  kept.delete(taken)
  return (await (await found.outdated)()) ? undefined : answer
}

/** What was asked for before is no longer what the server would say. */
export function dropPrefetched(): void {
  kept.clear()
}

function prefetch(link: HTMLAnchorElement): void {
  const url = placeOf(link)
  const isKept = (kept.get(url)?.until ?? 0) > Date.now()
  if (link.origin !== location.origin || url === page.shown || url === taken || isKept) return
  if (link.getAttribute('data-layer9-prefetch') === 'none' || savesData()) return
  if (spender !== page.shown) {
    spender = page.shown
    queue.clear()
    documents = bytes = 0
  }
  queue.add(url)
  next()
}

/** Save-Data, by a setting of the browser or of the system. */
const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ||
  matchMedia('(prefers-reduced-data: reduce)').matches

/** Asks for what waits, as far as the budget goes. */
function next(): void {
  if (flying >= mostFlying) return
  const [url] = queue
  if (!url || documents >= mostDocuments || bytes >= mostBytes) return
  queue.delete(url)
  documents++
  flying++
  const outdated = watchActions()
  const answer = outdated.then(() => fetchWithin(url))
  keep(url, { answer, outdated, until: Date.now() + age })
  answer
    .catch(() => kept.delete(url))
    .finally(() => {
      flying--
      next()
    })
  next()
}

function keep(url: string, one: Kept): void {
  kept.set(url, one)
  for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
}

/**
 * Reads a document to its end, and stops where it costs more than what is left. Once it is visited it may cost what it
 * does, and is handed over whatever it is. @throws when it is not to be kept
 */
async function fetchWithin(url: string): Promise<Answer> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const answer = await ask(url, { signal: controller.signal, purpose: 'prefetch' })
  // One whose last parts come late would hold a connection until then, and its follower up.
  if (!isDocument(answer) || answer.response.headers.has('layer9-parts')) {
    if (url !== taken) throw abort()
    visiting.onabort = abort
    return answer
  }
  const reader = answer.response.body?.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    chunks.push(read.value as Uint8Array<ArrayBuffer>)
    bytes += read.value.byteLength
    if (bytes > mostBytes && url !== taken) throw abort()
  }
  return { url: answer.url, response: new Response(new Blob(chunks), answer.response) }
}
