import type { Child } from './element.ts'
import { type Cell, cell, owner } from './owner.ts'

/** Props of `Await`. */
export interface AwaitProps<Value> {
  /** What to wait for; a value that is no promise is shown at once. */
  value: PromiseLike<Value> | Value
  /** Shown until the value is there. Default: nothing. */
  fallback?: Child
  /** Called with the value once it is there. */
  children: (value: Value) => Child
}

interface Waiting extends Cell {
  promise?: PromiseLike<unknown>
  outcome?: { value: unknown } | { error: unknown }
}

/**
 * Shows what a promise will bring, and `fallback` until then. A page is sent and runs without it; the value follows in the
 * same answer, 60 seconds later at most (AWAIT_TOO_LONG), of a page 10,000 with 16 Mi characters in all (AWAIT_TOO_MUCH). Without scripts it is shown at the end of the page. In a table, a
 * `select` or an SVG, where nothing can follow later, the rest of the page waits instead.
 *
 * A failure goes to the error boundary around it. What a query's guard refuses, or any outcome that is there before the
 * page is sent, answers the request as it would without `Await`. Cookies cannot be set any more once it is sent
 * (RESPONSE_STARTED).
 *
 * @example
 * <Await value={comments} fallback={<p>Loading…</p>}>{(list) => <Comments list={list} />}</Await>
 */
export function Await<Value>({ value, fallback, children }: AwaitProps<Value>): Child {
  const self = owner()
  if (!isPromise(value)) return children(value)
  const later = self.defer?.({ value, fallback, children })
  if (later !== undefined) return later
  const waiting = cell<Waiting>(self, () => ({}))
  if (waiting.promise !== value) {
    waiting.promise = value
    delete waiting.outcome
    const settle = (outcome: NonNullable<Waiting['outcome']>) => {
      // A promise that was replaced meanwhile has nothing to say any more.
      if (waiting.promise !== value) return
      waiting.outcome = outcome
      self.invalidate()
    }
    value.then(
      (result) => settle({ value: result }),
      (error: unknown) => settle({ error }),
    )
  }
  const { outcome } = waiting
  if (!outcome) return fallback
  if ('error' in outcome) throw outcome.error
  return children(outcome.value as Value)
}

function isPromise<Value>(value: PromiseLike<Value> | Value): value is PromiseLike<Value> {
  return typeof (value as PromiseLike<Value> | null | undefined)?.then === 'function'
}
