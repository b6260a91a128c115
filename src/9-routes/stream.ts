// Documents whose last parts come late. The whole shell is sent at once, with the fallbacks in it; behind it come the
// parts that were awaited, in whatever order they are ready, each at the end of body:
//
//   …<!--?k3f-0--><layer9-fallback …>wait</layer9-fallback><!--/?k3f-0-->…  table of the shell's roots  <!--;-->
//   table of the part's roots  <div hidden data-layer9-part="k3f-0">content</div>  <!--;-->
//
// `<!--;-->` says that what stands before it is complete. A script of its own (receive.ts) puts each part between the
// comments of its place; without scripts a style sheet shows the parts where they are, and no fallback. It is named once
// more at the end, for scripts that cannot be had.
import type { DeferredEntry } from '../8-components/server.ts'
import { type Around, splitAtPlaces } from './places.ts'

/** Whether anything is still awaited after one turn of the event loop: an answer of the app's own memory is not. */
export async function hasLater(deferred: readonly DeferredEntry[]): Promise<boolean> {
  let count: number
  do {
    count = deferred.length
    const all = Promise.all(deferred.map((entry) => entry.html)).then(() => false)
    if (await Promise.race([all, turn()])) return true
    // What was awaited may have brought more of it.
  } while (deferred.length > count)
  return false
}

const turn = (): Promise<true> => new Promise((resolve) => setTimeout(() => resolve(true), 0))

/** What a streamed document is written from. */
export interface Streamed {
  /** What is awaited, by number. */
  readonly deferred: readonly DeferredEntry[]
  /** Begins the names of the parts: those of another document have others. */
  readonly key: string
  /** The table of the roots that were written since it was called last. */
  table(): string
  /** Shows, at the end, the parts that nobody has placed. */
  readonly unplaced: string
  /** Aborted when nobody reads any more. */
  readonly signal: AbortSignal
}

/** Writes the shell, then each part as it comes. What would not survive the way is waited for in its place. */
export async function* writeStreamed(html: string, streamed: Streamed): AsyncGenerator<string> {
  const later: number[] = []
  yield* writeInPlace(html, streamed, { later })
  yield `${streamed.table()}<!--;-->`
  const left = leaving(streamed.signal)
  const parts = new Map<number, Promise<ReadyPart>>()
  const wait = (ids: readonly number[]) => {
    for (const id of ids) parts.set(id, writePart(id, streamed))
  }
  for (wait(later); parts.size > 0; ) {
    const part = await Promise.race([left, ...parts.values()])
    if (!part) return
    parts.delete(part.id)
    yield `${streamed.table()}<div hidden data-layer9-part="${streamed.key}-${part.id}">${part.html}</div><!--;-->`
    // Only now: the place of what it holds is in the page no sooner than itself.
    wait(part.later)
  }
  if (later.length > 0) yield streamed.unplaced
}

/** Writes a document of which nothing is awaited any more. */
export async function writeWhole(html: string, deferred: readonly DeferredEntry[]): Promise<string> {
  let whole = ''
  for await (const chunk of writeInPlace(html, { deferred, key: '' }, { later: [] })) whole += chunk
  return whole
}

interface ReadyPart {
  readonly id: number
  readonly html: string
  /** The parts that it holds and that come later still. */
  readonly later: readonly number[]
}

async function writePart(id: number, streamed: Streamed): Promise<ReadyPart> {
  const later: number[] = []
  let html = ''
  const content = await (streamed.deferred[id] as DeferredEntry).html
  for await (const chunk of writeInPlace(content, streamed, { later })) html += chunk
  return { id, html, later }
}

/**
 * Markup with each deferred part in its place: the content where it is there, its fallback where it may come later, else
 * what comes before it at once and the content when it is there. The comments stay: a merge knows the part by them.
 */
async function* writeInPlace(
  html: string,
  streamed: Pick<Streamed, 'deferred' | 'key'>,
  { later, around }: { later: number[]; around?: Around },
): AsyncGenerator<string> {
  let out = ''
  for (const piece of splitAtPlaces(html, around)) {
    if (typeof piece === 'string') {
      out += piece
      continue
    }
    const entry = streamed.deferred[piece.id]
    // A comment that is none of ours, in trusted markup of the app.
    if (!entry) {
      out += piece.fallback
      continue
    }
    if (entry.done === undefined && piece.movable) {
      later.push(piece.id)
      out += writeFallback(`${streamed.key}-${piece.id}`, piece.fallback)
      continue
    }
    yield `${out}<!--?-->`
    yield* writeInPlace(await entry.html, streamed, { later, around: piece.around })
    out = '<!--/?-->'
  }
  if (out !== '') yield out
}

/** In an element, so that a style sheet can hide it. It makes no box: a flex or grid container has its items. */
function writeFallback(name: string, fallback: string): string {
  const shown = fallback && `<layer9-fallback style="display:contents">${fallback}</layer9-fallback>`
  return `<!--?${name}-->${shown}<!--/?${name}-->`
}

function leaving(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
