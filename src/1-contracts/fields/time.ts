// Days of the calendar, and moments.
import type { Check, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'

const day = /^(\d{4})-(\d\d)-(\d\d)$/

/** Whether the calendar has a day, in the years 1 to 9999. */
function isDay(text: string): boolean {
  const [, year, month, date] = day.exec(text) ?? []
  const parsed = new Date(`${text}T00:00:00Z`)
  return parsed.getUTCDate() === Number(date) && parsed.getUTCMonth() + 1 === Number(month) && year !== '0000'
}

/** Checks a day. */
export const checkDate: Check<string> = (value, validation) =>
  typeof value === 'string' && isDay(value) ? value : validation.say('date', 'Write a day, like 2030-01-31.')

/**
 * A day of the calendar, without a time or zone: the text `2030-01-31`, which sorts and compares as it is.
 *
 * @example
 * date({ label: 'Date of birth' })
 */
export function date(texts: FieldTexts = {}): ContractField<string> {
  return new ContractField({ kind: 'date', ...texts }, checkDate)
}

/** The first and last millisecond of the years that both databases write alike. */
const first = Date.parse('0001-01-01T00:00:00Z')
const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** RFC 3339 §5.6, without the leap seconds that `Date` does not count. */
const moment = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i

/** The milliseconds of a moment that JSON carries as text; NaN where it is none, or a day that the calendar does not have. */
function parseMoment(text: string): number {
  const [, date] = moment.exec(text) ?? []
  return date !== undefined && isDay(date) ? Date.parse(text.toUpperCase()) : Number.NaN
}

/** The time of a `Date`, asked of what it is and not of what it says: it may have a `getTime` of its own. */
function timeOf(value: unknown): number {
  try {
    return Date.prototype.getTime.call(value)
  } catch {
    return Number.NaN
  }
}

/** Checks a moment: a `Date` that is one, or its text with a zone, as JSON has it. */
export const checkTimestamp: Check<Date> = (value, validation) => {
  const time = typeof value === 'string' ? parseMoment(value) : timeOf(value)
  return time >= first && time <= last ? new Date(time) : validation.say('timestamp', 'Give a date and time.')
}

/**
 * A moment, to the millisecond.
 *
 * @example
 * timestamp().default('now')
 */
export function timestamp(texts: FieldTexts = {}): ContractField<Date> {
  return new ContractField({ kind: 'timestamp', ...texts }, checkTimestamp)
}
