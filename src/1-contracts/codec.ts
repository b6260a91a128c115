// Values to text and back: JSON plus a closed set of tags (SECURITY I4). No references, classes, functions, promises.
//
// A tagged value is an object with one key that begins with one `$`:
//   new Date(0) → {"$date":0}    12n → {"$bigint":"12"}    new Set([1]) → {"$set":[1]}    NaN → {"$number":"NaN"}
// A user's own key that begins with `$` gets one more: {"$price":1} → {"$$price":1}. So no data can pose as a tag.
import { codecErrors } from './errors.ts'

/** What of JSON there is. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** How `encode` writes what it does not know: `[tag, data]`, or undefined to refuse. The tag comes without its `$`. */
export type EncodeTag = (value: unknown) => readonly [tag: string, data: Json] | undefined

/** Bounds of `decode`, and tags beyond the built-in ones. */
export interface DecodeOptions {
  /** Longest text in UTF-16 code units. Default 16 Mi. */
  size?: number
  /** Deepest nesting. Default 100. */
  depth?: number
  /** Most values, nested ones included. Default 1,000,000. */
  count?: number
  /** Objects get a null prototype: for what strangers send. Default false. */
  bare?: boolean
  /** Own tags, by name without `$`. Nothing in the data is decoded before they get it. */
  tags?: Readonly<Record<string, (data: Json) => unknown>>
}

const MAX_DEPTH = 100

/**
 * Writes a value as text: JSON, with tags for dates, bigints, maps, sets, undefined, NaN, infinities and -0.
 *
 * @throws Layer9Error CODEC_UNSUPPORTED with the path of what cannot be carried; CODEC_LIMIT for circles
 * @example
 * decode(encode({ at: new Date() }))
 */
export function encode(value: unknown, tag?: EncodeTag): string {
  return JSON.stringify(toJson(value, { tag, path: [] }))
}

/**
 * The same text, safe inside `<script type="application/json">`: no `<` (so no `</script` and no `<!--`), and no line
 * separators that older JavaScript parsers stumble over.
 */
export function encodeForHtml(value: unknown, tag?: EncodeTag): string {
  return encode(value, tag).replace(
    /[<\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

interface Writing {
  tag: EncodeTag | undefined
  path: (string | number)[]
}

/** The value as JSON data. */
function toJson(value: unknown, writing: Writing): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : String(value) }
    case 'bigint':
      return { $bigint: String(value) }
    case 'undefined':
      return { $undefined: 0 }
    case 'object':
      if (value === null) return null
  }
  if (writing.path.length >= MAX_DEPTH) throw codecErrors.CODEC_LIMIT({ what: 'depth', limit: MAX_DEPTH })
  const own = writing.tag?.(value)
  if (own) return { [`$${own[0]}`]: own[1] }
  if (typeof value !== 'object') throw refuse(writing, `a ${typeof value}`)
  return Array.isArray(value) ? toArray(value, writing) : toObject(value as object, writing)
}

function toArray(array: Iterable<unknown>, writing: Writing): Json[] {
  const written: Json[] = []
  for (const item of array) {
    writing.path.push(written.length)
    written.push(toJson(item, writing))
    writing.path.pop()
  }
  return written
}

function toObject(object: object, writing: Writing): Json {
  if (object instanceof Date) return { $date: Number.isNaN(object.getTime()) ? null : object.getTime() }
  if (object instanceof Map) return { $map: toArray(object, writing) }
  if (object instanceof Set) return { $set: toArray(object, writing) }
  const prototype = Object.getPrototypeOf(object)
  // Objects of another realm have another Object.prototype, whose own prototype is null as well.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw refuse(writing, `an instance of ${object.constructor?.name || 'a class'}`)
  }
  const written: { [key: string]: Json } = Object.create(null)
  for (const key of Object.keys(object)) {
    writing.path.push(key)
    written[key[0] === '$' ? `$${key}` : key] = toJson((object as Record<string, unknown>)[key], writing)
    writing.path.pop()
  }
  return written
}

function refuse(writing: Writing, kind: string): Error {
  const path = writing.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  return codecErrors.CODEC_UNSUPPORTED({ path: `value${path}`, kind })
}

/**
 * Reads what `encode` wrote. Sizes are bounded; nothing but the closed set of tags comes to life.
 *
 * @throws Layer9Error CODEC_MALFORMED, CODEC_LIMIT
 * @example
 * decode(text, { size: 1_048_576, depth: 32, bare: true })   // what a stranger sent
 */
export function decode(text: string, options: DecodeOptions = {}): unknown {
  const size = options.size ?? 16_777_216
  if (text.length > size) throw codecErrors.CODEC_LIMIT({ what: 'size', limit: size })
  let json: Json
  try {
    json = JSON.parse(text)
  } catch {
    throw malformed('no JSON')
  }
  return fromJson(json, { ...options, left: options.count ?? 1_000_000 }, options.depth ?? MAX_DEPTH)
}

type Reading = DecodeOptions & { left: number }

/** Revives in place: plain data is not copied, and assigning an own property never reaches a prototype's setter. */
function fromJson(json: Json, reading: Reading, depth: number): unknown {
  if (--reading.left < 0) throw codecErrors.CODEC_LIMIT({ what: 'count', limit: reading.count ?? 1_000_000 })
  if (typeof json !== 'object' || json === null) return json
  if (depth < 1) throw codecErrors.CODEC_LIMIT({ what: 'depth', limit: reading.depth ?? MAX_DEPTH })
  if (Array.isArray(json)) {
    for (let index = 0; index < json.length; index++) json[index] = fromJson(json[index]!, reading, depth - 1) as Json
    return json
  }
  const keys = Object.keys(json)
  if (keys.length === 1 && /^\$[^$]/.test(keys[0]!))
    return revive(keys[0]!.slice(1), json[keys[0]!]!, { reading, depth })
  const escaped = keys.some((key) => key[0] === '$')
  // A null prototype while keys are written: `__proto__` is then a name like any other.
  const target: Record<string, unknown> = escaped ? Object.create(null) : json
  for (const key of keys) {
    if (key[0] === '$' && key[1] !== '$') throw malformed(`a tag beside other keys (${key})`)
    target[escaped && key[0] === '$' ? key.slice(1) : key] = fromJson(json[key]!, reading, depth - 1)
  }
  return Object.setPrototypeOf(target, reading.bare ? null : Object.prototype)
}

function revive(tag: string, data: Json, at: { reading: Reading; depth: number }): unknown {
  const own = at.reading.tags
  if (own && Object.hasOwn(own, tag)) return own[tag]!(data)
  if (tag === 'undefined') return undefined
  if (tag === 'date' && (data === null || typeof data === 'number')) return new Date(data ?? Number.NaN)
  if (tag === 'number' && /^(NaN|-?Infinity|-0)$/.test(String(data))) return Number(data)
  // The length is bounded: BigInt() of n digits costs more than n.
  if (tag === 'bigint' && typeof data === 'string' && /^-?\d{1,1000}$/.test(data)) return BigInt(data)
  if (Array.isArray(data) && (tag === 'set' || tag === 'map')) {
    const items = fromJson(data, at.reading, at.depth) as unknown[]
    if (tag === 'set') return new Set(items)
    if (items.every((item) => Array.isArray(item) && item.length === 2)) return new Map(items as [unknown, unknown][])
  }
  throw malformed(`an unknown tag ($${tag})`)
}

function malformed(reason: string): Error {
  return codecErrors.CODEC_MALFORMED({ reason })
}
