// Numbers: whole ones, and those of a computer.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { checkOption, checkOrder } from './limits.ts'

/** What a number may be. */
export interface NumberOptions extends FieldTexts {
  readonly min?: number
  readonly max?: number
}

/** A field made by `integer()` or `number()`. */
export interface NumberDescription extends FieldDescription, NumberOptions {
  readonly kind: 'integer' | 'number'
}

/** The check of a number. */
export function numberCheck({ kind, ...limits }: NumberDescription): Check<number> {
  const most = kind === 'integer' ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE
  const { min = -most, max = most } = limits
  return (value, validation) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return validation.say('number', 'Write a number.')
    if (kind === 'integer' && !Number.isInteger(value)) return validation.say('integer', 'Write a whole number.')
    if (value < min) return validation.say('number.min', 'Take {min} or more.', { min })
    if (value > max) return validation.say('number.max', 'Take {max} or less.', { max })
    // SQL knows one zero.
    return value === 0 ? 0 : value
  }
}

/** @throws CONTRACT_OPTION_INVALID for a limit that the field itself would refuse */
function checkLimits(kind: 'integer' | 'number', { min, max }: NumberOptions): void {
  const isNumber = kind === 'integer' ? Number.isSafeInteger : Number.isFinite
  const rule = kind === 'integer' ? 'a whole number that JavaScript counts exactly' : 'a finite number'
  checkOption(min === undefined || isNumber(min), kind, { option: 'min', value: min, rule })
  checkOption(max === undefined || isNumber(max), kind, { option: 'max', value: max, rule })
  checkOrder(kind, min, max)
}

/**
 * A whole number that JavaScript counts exactly, up to 9,007,199,254,740,991.
 *
 * @example
 * integer({ min: 1 }).default(1)
 */
export function integer(options: NumberOptions = {}): ContractField<number> {
  checkLimits('integer', options)
  const description: NumberDescription = { kind: 'integer', ...options }
  return new ContractField(description, numberCheck(description))
}

/**
 * A number of 64 bits with a fraction (IEEE 754). For money take `decimal()`, which is exact.
 *
 * @example
 * number({ min: -90, max: 90 })
 */
export function number(options: NumberOptions = {}): ContractField<number> {
  checkLimits('number', options)
  const description: NumberDescription = { kind: 'number', ...options }
  return new ContractField(description, numberCheck(description))
}
