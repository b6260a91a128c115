// Values as Postgres gives and takes them, where the package `pg` would lose something.
import type { CustomTypesConfig } from 'pg'

/** Object ids of types: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
const TEXTS = 1009
const INT8S = 1016
const DATES = 1182
const TIMESTAMPS = 1115
const NUMERICS = 1231

/** What pg's own list of readers looks like. */
interface Readers {
  getTypeParser(id: number, format?: 'text' | 'binary'): (text: string) => unknown
}

/**
 * How values are read: days stay text, which no time zone can move; integers are numbers only where a number holds
 * them; decimals keep their digits, in lists too.
 */
export function toTypes(readers: Readers): CustomTypesConfig {
  const toTexts = readers.getTypeParser(TEXTS, 'text') as (text: string) => (string | null)[]
  const toMoment = readers.getTypeParser(TIMESTAMPTZ, 'text')
  const own = new Map<number, (text: string) => unknown>([
    [INT8, toInteger],
    [INT8S, (text) => toTexts(text).map((item) => (item === null ? null : toInteger(item)))],
    [DATE, String],
    [TIMESTAMP, String],
    [TIMESTAMPTZ, (text) => readMoment(text) ?? toMoment(text)],
    [DATES, toTexts],
    [TIMESTAMPS, toTexts],
    [NUMERICS, toTexts],
  ])
  return {
    getTypeParser: (id: number, format?: 'text' | 'binary') =>
      (format === 'binary' ? undefined : own.get(id)) ?? readers.getTypeParser(id, format),
  } as CustomTypesConfig
}

/**
 * A moment as Postgres writes it where the zone is UTC, `2026-01-31 12:00:00.25+00`, in a fraction of the time that pg
 * takes, which lists are made of. Undefined for all other forms: years before 1000 and after 9999, microseconds.
 */
function readMoment(text: string): Date | undefined {
  const { length } = text
  if (length < 22 || length > 26 || text[4] !== '-' || text[0] === '0' || !text.endsWith('+00')) return undefined
  const fraction = length > 22 ? Number(text.slice(19, -3)) * 1000 : 0
  const whole = Date.UTC(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  )
  return new Date(whole + Math.round(fraction))
}

const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

function toInteger(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

/** A value as it is sent: pg writes dates in the time zone of the machine, whose offset may have seconds. */
export function toPostgres(value: unknown): unknown {
  if (!(value instanceof Date)) return value
  const text = value.toISOString()
  // Beyond four digits of the year Postgres does not read what the standard says; pg's own form it does.
  return /^\d{4}-/.test(text) ? text : value
}
