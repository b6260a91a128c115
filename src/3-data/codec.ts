// How values stand in a column: what is sent to a database for a value of a field, and what becomes of what it answers.
import {
  type ArrayDescription,
  type DecimalDescription,
  type FieldDescription,
  fromUnits,
  type ReferenceDescription,
  toUnits,
} from '../1-contracts/index.ts'
import { writeJson } from './json-text.ts'
import { tableErrors } from './table-errors.ts'

/** The databases that are the same to an app. */
export type Dialect = 'sqlite' | 'postgres'

/** The two ways of a value. Neither meets `null` or `undefined`. */
export interface Codec {
  readonly kind: string
  /** Digits behind the point, of a decimal. */
  readonly scale?: number
  /** Whether values have an order that is the same on both databases. JSON and arrays have none. */
  readonly isOrdered: boolean
  /** Says what is no value of the column. @throws DATA_VALUE */
  readonly encode: (value: unknown) => unknown
  /** What a condition compares with; default: what is stored. */
  readonly encodeCompared?: (value: unknown) => unknown
  /** Nothing to do where it is not there. */
  readonly decode?: (value: unknown) => unknown
  /** Whether the driver gives a column's own values so already: then only what is calculated has to be decoded. */
  readonly isRead?: boolean
}

/** The codec of a field's column. */
export function createCodec(field: FieldDescription, dialect: Dialect): Codec {
  if (field.kind === 'reference') return createCodec((field as ReferenceDescription).key, dialect)
  if (field.kind === 'decimal') return decimalCodec((field as DecimalDescription).scale, dialect)
  if (field.kind === 'array') return arrayCodec(createCodec((field as ArrayDescription).item, dialect), dialect)
  return simple[dialect][field.kind] ?? textCodec
}

/** A value in an error: not all of a long one, and of an object, which may have no text, only that it is one. */
function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return Array.isArray(value) ? 'a list' : 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** @throws DATA_VALUE */
function refuse(kind: string, value: unknown): never {
  throw tableErrors.DATA_VALUE({ kind, value: describe(value) })
}

function encodeText(value: unknown): string {
  // Postgres refuses NUL, and half a surrogate pair is nothing in UTF-8: SQLite would keep both.
  if (typeof value !== 'string' || !value.isWellFormed() || value.includes('\0')) return refuse('text', value)
  return value
}

/** Texts of all kinds. */
export const textCodec: Codec = { kind: 'text', isOrdered: true, encode: encodeText }

/**
 * Patterns of `like`. A "\" gives a meaning to what follows it: where nothing does it is itself. Postgres refuses one that
 * stands alone there, and with SQLite it would meet nothing.
 */
export const patternCodec: Codec = {
  ...textCodec,
  encode: (value) => {
    const pattern = encodeText(value)
    return /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern) ? `${pattern}\\` : pattern
  },
}

/** As many rows as there can be. */
const mostRows = 2n ** 63n - 1n

/** Counts of rows, of `limit` and `offset`: more than there can be is all of them. */
export const countCodec: Codec = {
  kind: 'integer',
  isOrdered: true,
  encode: (value) => {
    const isCount = typeof value === 'bigint' || Number.isInteger(value) || value === Number.POSITIVE_INFINITY
    if (!isCount || (value as bigint | number) < 0) return refuse('a count of rows', value)
    return (value as bigint | number) < mostRows ? BigInt(value as bigint | number) : mostRows
  },
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The last UUID of all (RFC 9562 §5.10), which no row has: what is no id is compared as this one. */
const nobody = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const idCodec: Codec = {
  kind: 'id',
  isOrdered: true,
  encode: (value) => readId(value) ?? refuse('ids', value),
  // `/posts/x` is a page that is not there, on both databases, and no error of Postgres.
  encodeCompared: (value) => readId(value) ?? nobody,
}

function readId(value: unknown): string | undefined {
  const id = typeof value === 'string' ? value.toLowerCase() : ''
  return uuid.test(id) ? id : undefined
}

/** The first and last millisecond of the years that both databases write alike. */
const firstMoment = Date.parse('0001-01-01T00:00:00Z')
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

const day = /^\d{4}-\d\d-\d\d$/

const dateCodec: Codec = {
  kind: 'date',
  isOrdered: true,
  encode: (value) => {
    const parsed = typeof value === 'string' && day.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    // A day that the calendar does not have is moved to another one by `Date`.
    const isDay = parsed >= firstMoment && new Date(parsed).toISOString().startsWith(value as string)
    return isDay ? value : refuse('days', value)
  },
}

function readInteger(value: unknown): number | bigint {
  if (typeof value === 'number') return value
  const exact = BigInt(value as bigint | string)
  const number = Number(exact)
  return Number.isSafeInteger(number) ? number : exact
}

/** Both databases hold one less than this, but Node reads it rounded. */
const leastInteger = -(2n ** 63n)

function encodeInteger(value: unknown): bigint {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return refuse('whole numbers', value)
  const exact = BigInt(value as bigint | number)
  return exact > leastInteger && exact < -leastInteger ? exact : refuse('whole numbers of 64 bits', value)
}

/** Whole numbers, beyond what JavaScript counts exactly as bigints. */
export const integerCodec: Codec = {
  kind: 'integer',
  isOrdered: true,
  // SQLite gets every other number as one with a fraction, and would calculate with it as such.
  encode: encodeInteger,
  decode: readInteger,
  isRead: true,
}

/** Numbers of 64 bits with a fraction. SQL knows one zero. */
export const numberCodec: Codec = {
  kind: 'number',
  isOrdered: true,
  encode: (value) => (typeof value === 'number' && Number.isFinite(value) ? value + 0 : refuse('numbers', value)),
  decode: Number,
  isRead: true,
}

function refuseBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse('true or false', value)
}

function readTime(value: unknown): Date {
  return value instanceof Date
    ? value
    : new Date(typeof value === 'bigint' ? Number(value) : (value as number | string))
}

function refuseTime(value: unknown): Date {
  const isMoment = value instanceof Date && value.getTime() >= firstMoment && value.getTime() <= lastMoment
  return isMoment ? value : refuse('moments of the years 1 to 9999', value)
}

const booleanKind = { kind: 'boolean', isOrdered: true } as const
const timeKind = { kind: 'timestamp', isOrdered: true } as const
const jsonKind = { kind: 'json', isOrdered: false, encode: writeJson } as const

const simple: Readonly<Record<Dialect, Readonly<Record<string, Codec>>>> = {
  sqlite: {
    id: idCodec,
    integer: integerCodec,
    number: numberCodec,
    date: dateCodec,
    boolean: { ...booleanKind, encode: (value) => (refuseBoolean(value) ? 1 : 0), decode: Boolean },
    timestamp: { ...timeKind, encode: (value) => refuseTime(value).getTime(), decode: readTime },
    json: { ...jsonKind, decode: (value) => JSON.parse(value as string) },
    file: { ...jsonKind, decode: (value) => JSON.parse(value as string) },
  },
  postgres: {
    id: idCodec,
    integer: integerCodec,
    number: numberCodec,
    date: dateCodec,
    boolean: { ...booleanKind, encode: refuseBoolean },
    timestamp: { ...timeKind, encode: (value) => refuseTime(value).toISOString(), decode: readTime, isRead: true },
    // The driver has parsed it.
    json: jsonKind,
    file: jsonKind,
  },
}

/** True and false. */
export function booleanCodec(dialect: Dialect): Codec {
  return simple[dialect]['boolean']!
}

/** Moments. */
export function timestampCodec(dialect: Dialect): Codec {
  return simple[dialect]['timestamp']!
}

/** Exact numbers: units of the last digit on SQLite, `numeric` on Postgres. */
export function decimalCodec(scale: number, dialect: Dialect): Codec {
  const read = (value: unknown): bigint =>
    (typeof value === 'string' ? toUnits(value, scale) : undefined) ?? refuse(`decimals of ${scale} digits`, value)
  return dialect === 'sqlite'
    ? { kind: 'decimal', scale, isOrdered: true, encode: read, decode: (value) => fromUnits(roundUnits(value), scale) }
    : {
        kind: 'decimal',
        scale,
        isOrdered: true,
        encode: (value) => fromUnits(read(value), scale),
        decode: (value) => roundText(String(value), scale),
      }
}

/** Averages are given with a fraction of the last digit; half of it is rounded away from zero, as Postgres does. */
function roundUnits(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  const number = value as number
  return BigInt(Math.sign(number) * Math.round(Math.abs(number)))
}

/** The same of the text of a number: `roundText('-0.125', 2)` is `-0.13`. */
function roundText(text: string, scale: number): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const kept = fraction.slice(0, scale).padEnd(scale, '0')
  const units = BigInt(whole + kept) + ((fraction[scale] ?? '0') >= '5' ? 1n : 0n)
  return fromUnits(sign === '-' ? -units : units, scale)
}

function integerItem(value: bigint): number {
  const number = readInteger(value)
  return typeof number === 'number' ? number : refuse('integers up to 2^53 in a list', String(value))
}

/** Lists: JSON text on SQLite, arrays on Postgres. */
function arrayCodec(item: Codec, dialect: Dialect): Codec {
  // Holes are met too, as what they are: nothing.
  const encodeEach = (value: unknown, { encode }: Codec): unknown[] =>
    Array.isArray(value) ? Array.from(value, (one) => encode(one)) : refuse('lists', value)
  const encodeItems = (value: unknown): unknown[] => encodeEach(value, item)
  const { decode } = item
  const decodeItems = (items: unknown[]): unknown[] => (decode ? items.map(decode) : items)
  const kind = { kind: 'array', isOrdered: false } as const
  if (dialect === 'postgres')
    return { ...kind, encode: encodeItems, decode: (value) => decodeItems(value as unknown[]) }
  if (item.kind === 'decimal') {
    // Units do not fit the numbers of JSON: the text does.
    const text = decimalCodec(item.scale!, 'postgres')
    return {
      ...kind,
      encode: (value) => JSON.stringify(encodeEach(value, text)),
      decode: (value) => JSON.parse(value as string),
    }
  }
  // JSON is read with numbers that hold 53 bits.
  const toJson = (one: unknown): unknown => (typeof one === 'bigint' ? integerItem(one) : one)
  return {
    ...kind,
    encode: (value) => JSON.stringify(encodeItems(value).map(toJson)),
    decode: (value) => decodeItems(JSON.parse(value as string) as unknown[]),
  }
}
