/**
 * Whether a value is to be waited for: a promise, one of another realm, or a query builder that runs when it is awaited.
 * For code that goes on at once where it can; `await` knows by itself.
 *
 * @example
 * return isThenable(value) ? Promise.resolve(value).then(write) : write(value)
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
