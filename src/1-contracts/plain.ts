// Plain data, as JSON and the wire give it, read so that nothing of it runs: no getter, no iterator, nothing inherited.
import type { Validation } from './validation.ts'

/** Whether it is data by name: neither a list nor an instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** The value under a key of its own; undefined for what is inherited or would be computed. */
export function ownValue(from: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(from, key)?.value
}

/** Reads the items of a list, holes as `undefined`. */
export function readItems<Item>(
  list: readonly unknown[],
  validation: Validation,
  read: (item: unknown) => Item | undefined,
): Item[] {
  const items: Item[] = []
  for (let at = 0; at < list.length; at++) {
    const item = validation.inside(at, () => read(ownValue(list, at)))
    // An item that is missing has been spoken of: the list is not used then.
    if (item !== undefined) items.push(item)
  }
  return items
}

/** A value as a message to a developer shows it. */
export function drawValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Date) return Number.isNaN(Number(value)) ? 'an invalid date' : value.toISOString()
  return typeof value === 'object' && value !== null
    ? 'an object'
    : typeof value === 'function'
      ? 'a function'
      : String(value)
}
