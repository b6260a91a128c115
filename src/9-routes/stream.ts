// Documents whose last parts come late. They are written in the order of the document: what stands before a part that is
// awaited is sent at once, and the rest follows as it comes. So the document is the same whole one for everybody, with
// scripts or without, and nothing has to be put into place afterwards.
import type { DeferredEntry } from '../8-components/server.ts'

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

/**
 * Writes markup in order, each deferred part in place of its fallback.
 *
 * @example
 * // 'a<!--?0-->…<!--/?0-->b' with the part 'later' gives 'a', then (once it is there) 'later', then 'b'
 */
export async function* writeInOrder(html: string, deferred: readonly DeferredEntry[]): AsyncGenerator<string> {
  let rest = html
  for (;;) {
    const found = findNext(rest)
    if (found === undefined) break
    if (found.begin > 0) yield rest.slice(0, found.begin)
    yield* writeInOrder(await (deferred[found.id] as DeferredEntry).html, deferred)
    rest = rest.slice(found.end)
  }
  if (rest !== '') yield rest
}

/** The next deferred part: where its fallback begins and ends. */
function findNext(html: string): { id: number; begin: number; end: number } | undefined {
  const opening = /<!--\?(\d+)-->/.exec(html)
  if (opening === null) return undefined
  const id = Number(opening[1])
  const closing = `<!--/?${id}-->`
  const at = html.indexOf(closing, opening.index)
  return at < 0 ? undefined : { id, begin: opening.index, end: at + closing.length }
}
