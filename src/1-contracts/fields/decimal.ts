// Exact numbers with a fixed count of digits behind the point: money, weights, rates.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { checkOption } from './limits.ts'

/** What an exact number may be. */
export interface DecimalOptions extends FieldTexts {
  /** Digits behind the point, 0 to 12. */
  readonly scale: number
  /** As text, like the value. */
  readonly min?: string
  readonly max?: string
}

/** A field made by `decimal()`. */
export interface DecimalDescription extends FieldDescription, DecimalOptions {
  readonly kind: 'decimal'
}

/** What a signed integer of 64 bits holds: the value without its point. */
const mostUnits = 2n ** 63n - 1n

/** More characters than any such number has, and spaces around it. */
const longest = 100

const form = /^([+-]?)0*(\d{1,19})(?:\.(\d{1,12}))?$/

/**
 * The value in units of its last digit, or undefined for what is no such number or has more digits behind the point.
 *
 * @example
 * toUnits('12.5', 2) // 1250n
 */
export function toUnits(value: string, scale: number): bigint | undefined {
  const [, sign, whole = '', fraction = ''] = form.exec(value) ?? []
  const kept = fraction.replace(/0+$/, '')
  if (sign === undefined || kept.length > scale) return undefined
  const units = BigInt(whole + kept.padEnd(scale, '0'))
  if (units > mostUnits) return undefined
  return sign === '-' ? -units : units
}

/**
 * The text of a value in units: all its digits behind the point, and no sign of zero.
 *
 * @example
 * fromUnits(-1250n, 2) // '-12.50'
 */
export function fromUnits(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** The check of an exact number: text in, the same number with all its digits out. */
export function decimalCheck({ scale, min, max }: DecimalDescription): Check<string> {
  const least = min === undefined ? undefined : toUnits(min, scale)
  const most = max === undefined ? undefined : toUnits(max, scale)
  return (value, validation) => {
    const units = typeof value === 'string' && value.length <= longest ? toUnits(value.trim(), scale) : undefined
    if (units === undefined)
      return validation.say('decimal', 'Write a number with at most {scale} digits behind the point.', { scale })
    if (least !== undefined && units < least) return validation.say('decimal.min', 'Take {min} or more.', { min: min! })
    if (most !== undefined && units > most) return validation.say('decimal.max', 'Take {max} or less.', { max: max! })
    return fromUnits(units, scale)
  }
}

/** A limit in units. @throws CONTRACT_OPTION_INVALID for what is no value of the field itself */
function unitsOf(option: 'min' | 'max', value: string | undefined, scale: number): bigint | undefined {
  const units = value === undefined ? undefined : toUnits(value, scale)
  const rule = `a number as text, with at most ${scale} digits behind the point`
  checkOption(value === undefined || units !== undefined, 'decimal', { option, value, rule })
  return units
}

/**
 * An exact number, as text with all its digits: `'12.50'`. Nothing is rounded on the way to the database and back.
 *
 * @throws CONTRACT_OPTION_INVALID
 * @example
 * decimal({ scale: 2, min: '0' })
 */
export function decimal(options: DecimalOptions): ContractField<string> {
  const { scale, min, max } = options
  const isScale = Number.isInteger(scale) && scale >= 0 && scale <= 12
  checkOption(isScale, 'decimal', { option: 'scale', value: scale, rule: 'a whole number from 0 to 12' })
  const [least, most] = [unitsOf('min', min, scale), unitsOf('max', max, scale)]
  const isOrdered = least === undefined || most === undefined || least <= most
  checkOption(isOrdered, 'decimal', { option: 'max', value: max, rule: 'no less than its min' })
  const description: DecimalDescription = { kind: 'decimal', ...options }
  return new ContractField(description, decimalCheck(description))
}
