// Several values of one kind.
import { fieldErrors } from '../errors.ts'
import { type Check, Field, type FieldDescription, type FieldTexts, readField } from '../field.ts'

/** How many items there may be. */
export interface ArrayOptions extends FieldTexts {
  /** Default 0. */
  readonly min?: number
  /** Default 1,000. */
  readonly max?: number
}

/** A field made by `array()`. */
export interface ArrayDescription extends FieldDescription, ArrayOptions {
  readonly kind: 'array'
  readonly max: number
  readonly item: FieldDescription
}

/** The check of each item. */
export function arrayCheck<Value>({ min = 0, max }: ArrayDescription, item: Field<Value>): Check<Value[]> {
  return (value, reading) => {
    if (!Array.isArray(value)) return reading.say('array', 'Give a list.')
    if (value.length < min) return reading.say('array.min', 'Give at least {min}.', { min })
    if (value.length > max) return reading.say('array.max', 'Give at most {max}.', { max })
    // Holes are read as well: a list of the wire has none, and here they would be undefined items.
    return Array.from(value, (one, at) => reading.inside(at, () => readField(item, one, reading)) as Value)
  }
}

/** Kinds that are one value each, in a database as in a form. */
const scalars = new Set([
  'text',
  'email',
  'url',
  'integer',
  'number',
  'decimal',
  'boolean',
  'date',
  'timestamp',
  'oneOf',
])

/**
 * Several values of one kind, in their order. Items are there and not `null`; for lists of objects take `json()`.
 *
 * @throws CONTRACT_ARRAY_ITEM for what is no single value
 * @example
 * array(text({ max: 30 }), { max: 10, label: 'Tags' })
 */
export function array<Value>(item: Field<Value>, options: ArrayOptions = {}): Field<Value[]> {
  const { kind, absent, null: isNullable } = item.description
  if (!scalars.has(kind) || absent || isNullable) throw fieldErrors.CONTRACT_ARRAY_ITEM({ kind })
  const description: ArrayDescription = { kind: 'array', max: 1000, item: item.description, ...options }
  return new Field(description, arrayCheck(description, item))
}
