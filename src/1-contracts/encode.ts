// Values to text and back: JSON plus a closed set of tags (SECURITY I4). No references, classes, functions, promises.
//
// A tagged value is an object with one key that begins with one `$`:
//   new Date(0) → {"$date":0}    12n → {"$bigint":"12"}    new Set([1]) → {"$set":[1]}    NaN → {"$number":"NaN"}
// A user's own key that begins with `$` gets one more: {"$price":1} → {"$$price":1}. So no data can pose as a tag.
import { encodeErrors } from './errors.ts'

/** What of JSON there is. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** How `encode` writes what it does not know: `[tag, data]`, or undefined to refuse. The tag comes without its `$`. */
export type EncodeTag = (value: unknown) => readonly [tag: string, data: Json] | undefined

/** As deep as `decode` reads by default; a circle gets there too. */
const MAX_DEPTH = 100

/**
 * Writes a value as text: JSON, with tags for dates, bigints, maps, sets, undefined, NaN, infinities and -0.
 *
 * @throws Layer9Error CODEC_UNSUPPORTED with the path of what cannot be carried; CODEC_TOO_DEEP for circles
 * @example
 * decode(encode({ at: new Date(0) })) // { at: new Date(0) }
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
  if (writing.path.length >= MAX_DEPTH) {
    throw encodeErrors.CODEC_TOO_DEEP({ path: `${drawPath(writing.path.slice(0, 5))}…`, limit: MAX_DEPTH })
  }
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
  return encodeErrors.CODEC_UNSUPPORTED({ path: drawPath(writing.path), kind })
}

function drawPath(path: readonly (string | number)[]): string {
  return `value${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')}`
}
