/**
 * Whether a value is to be waited for: a promise, one of another realm, or a query builder that runs when it is awaited.
 * For code that goes on at once where it can; `await` knows by itself.
 *
 * @example
 * isThenable(fetch) // false
 * isThenable({ then() {} }) // true
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
