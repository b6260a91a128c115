// Several values of one kind.

import type { Check, CheckedField, FieldDescription, FieldTexts } from '../description.ts'
import { fieldErrors } from '../errors.ts'
import { ContractField } from '../field.ts'
import { readItems } from '../plain.ts'
import { readField } from '../read-field.ts'
import { checkLengths } from './limits.ts'

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
export function arrayCheck<Value>(
  { min = 0, max }: Pick<ArrayDescription, 'min' | 'max'>,
  item: CheckedField,
): Check<Value[]> {
  return (value, validation) => {
    if (!Array.isArray(value)) return validation.say('array', 'Give a list.')
    if (value.length < min) return validation.say('array.min', 'Give at least {min}.', { min })
    if (value.length > max) return validation.say('array.max', 'Give at most {max}.', { max })
    return readItems(value, validation, (one) => readField(item, one, validation) as Value | undefined)
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
 * @throws CONTRACT_ARRAY_ITEM for what is no single value, CONTRACT_OPTION_INVALID
 * @example
 * array(text({ max: 30 }), { max: 10, label: 'Tags' })
 */
export function array<Value>(item: ContractField<Value>, options: ArrayOptions = {}): ContractField<Value[]> {
  const { kind, absent, null: isNullable, unique } = item.description
  const isScalar = scalars.has(kind) && !absent && !isNullable && !unique && !('default' in item.description)
  if (!isScalar) throw fieldErrors.CONTRACT_ARRAY_ITEM({ kind })
  checkLengths('array', options)
  const description: ArrayDescription = { kind: 'array', max: 1000, item: item.description, ...options }
  return new ContractField(description, arrayCheck(description, item))
}
