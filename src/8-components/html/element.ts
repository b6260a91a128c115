// What elements are on the server: something that writes itself where it is placed.
/** An element on the server. */
export abstract class ServerElement {
  /** Its markup, in the place that is being written. */
  abstract write(): string
}

/** Markup that is complete: nothing in it depends on its place. */
export class Written extends ServerElement {
  readonly html: string

  constructor(html: string) {
    super()
    this.html = html
  }
  write(): string {
    return this.html
  }
}

/** Writes a template with the values of its holes. The compiler knows their types; nobody else looks at them. */
// biome-ignore lint/suspicious/noExplicitAny: generated writers hand each value to a function that takes anything
export type Write = (...values: any[]) => string

/** A template whose values are written once it is placed, so that contexts and slots are those of the place. */
export class Block extends ServerElement {
  readonly #write: Write
  readonly #values: readonly unknown[]

  constructor(write: Write, values: readonly unknown[]) {
    super()
    this.#write = write
    this.#values = values
  }
  write(): string {
    return this.#write.apply(undefined, this.#values as unknown[])
  }
}

/** Whether a value can be written now: text, markup that is complete, records and arrays of these. */
export function isComplete(value: unknown): boolean {
  if (value instanceof Written) return true
  switch (typeof value) {
    case 'function':
    case 'symbol':
      return false
    case 'object':
      if (value === null) return true
      if (Array.isArray(value)) return areComplete(value)
      return Object.getPrototypeOf(value) === Object.prototype && areComplete(Object.values(value as object))
    default:
      return true
  }
}

/** Whether all of several values can be written now. */
export function areComplete(values: readonly unknown[]): boolean {
  // A loop, with the usual kind first: this runs for each row of a page.
  for (const value of values) if (!(value instanceof Written) && !isComplete(value)) return false
  return true
}
