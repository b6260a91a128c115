// Compares what an example of a docstring gives with what its comment says.
import { expect } from 'vitest'

const more: unique symbol = Symbol('more')

/** Stands for `…` in an object or an array, which spreads it. */
export const rest: Iterable<unknown> & { readonly [more]: true } = {
  [more]: true,
  [Symbol.iterator]: () => [more][Symbol.iterator](),
}

/**
 * Fails where an example's value is another than its comment says.
 *
 * @example
 * is({ id: 1, title: 'Hello' }, { id: 1, ...rest })
 */
export function is(actual: unknown, said: unknown): void {
  expect(actual).toEqual(patternOf(said))
}

/** A value as it is written, as what vitest compares with. */
function patternOf(said: unknown): unknown {
  if (typeof said === 'string') return said.includes('…') ? expect.stringMatching(textPattern(said)) : said
  if (Array.isArray(said)) return arrayPattern(said)
  if (said === null || typeof said !== 'object' || Object.getPrototypeOf(said) !== Object.prototype) return said
  const fields = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, patternOf(value)]))
  return more in said ? expect.objectContaining(fields) : fields
}

function arrayPattern(said: readonly unknown[]): unknown {
  const items = said.filter((item) => item !== more).map(patternOf)
  return said.at(-1) === more ? expect.objectContaining({ ...items }) : items
}

const textPattern = (said: string): RegExp =>
  new RegExp(
    `^${said
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
      .join('[\\s\\S]*')}$`,
  )
