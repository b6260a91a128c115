import type { Child } from './element.ts'
import { type Cell, cell, owner } from './owner.ts'

/** Props of `Await`. */
export interface AwaitProps<Value> {
  /** What to wait for; a value that is no promise is shown at once. */
  value: PromiseLike<Value> | Value
  /** Shown meanwhile in a root. A page streams in order: what stands behind waits, and the value comes in its place. */
  fallback?: Child
  /** Called with the value once it is there. */
  children: (value: Value) => Child
}

interface Waiting extends Cell {
  promise?: PromiseLike<unknown>
  outcome?: { value: unknown } | { error: unknown }
}

/**
 * Shows what a promise will bring, and `fallback` until then. In a page the server streams it; a failure goes to the
 * error boundary around it.
 *
 * @example
 * <Await value={data.comments} fallback={<p>Loading…</p>}>{(comments) => <Comments list={comments} />}</Await>
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
