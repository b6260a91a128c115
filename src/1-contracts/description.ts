// What is known of a field, as data, and how its value is checked.
import type { Validation } from './validation.ts'

/** What a field says for people. */
export interface FieldTexts {
  /** What it is called in a form. Default: its name, in words. */
  readonly label?: string
  /** A sentence beside the field. */
  readonly help?: string
  /** An example in an empty field. */
  readonly placeholder?: string
}

/** What is known of every field. Each kind adds its own: see the functions that make them. */
export interface FieldDescription extends FieldTexts {
  readonly kind: string
  /** It may be left out: nothing is read, and nothing stands in its place. */
  readonly absent?: boolean
  /** It may be `null`. */
  readonly null?: boolean
  /** What stands in its place when it is left out; `now` of a time is the moment when it is written. */
  readonly default?: unknown
  /** The framework gives it when it is left out: an id, the time. */
  readonly made?: boolean
  /** No two rows of a table have the same. */
  readonly unique?: boolean
}

/** Reads a value that is there; whatever is wrong is said, and then there is no result. */
export type Check<Value> = (value: unknown, validation: Validation) => Value | undefined

/** What a value is read by: no more of a field is needed for it. */
export interface CheckedField {
  readonly description: FieldDescription
  readonly check: Check<unknown>
}
