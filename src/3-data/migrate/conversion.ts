// A way from the values of one kind to those of another, as both databases say it.

/** Makes of the SQL of a value that of another one; `null` where there is none. */
export type Convert = (value: string) => string

/** A way from one kind to another. */
export interface Conversion {
  /** What it does not keep, as the object of "loses"; nothing where it keeps every value. */
  readonly loses?: string
  readonly sqlite: Convert
  readonly postgres: Convert
}
