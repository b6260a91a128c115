// Text to values: the other half of encode.ts. One algorithm for what strangers send, within bounds, and for what our
// own server sent, in few bytes.
import type { Json } from './encode.ts'
import { decodeErrors } from './errors.ts'

/** Tags beyond the built-in ones, by name without `$`. Nothing in the data is decoded before they get it. */
export type DecodeTags = Readonly<Record<string, (data: Json) => unknown>>

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
  tags?: DecodeTags
}

/** What the algorithm asks while it walks. */
interface Walk {
  tags: DecodeTags
  bare: boolean
  /** Called for every value with the depth it lies at; throws when it is too much. */
  visit: (depth: number) => void
  fail: (reason: string) => never
}

/**
 * Reads what a stranger wrote in the manner of `encode`. Sizes are bounded; nothing but the closed set of tags comes to
 * life.
 *
 * @throws Layer9Error CODEC_MALFORMED, CODEC_EXCEEDED
 * @example
 * decode('{"tags":["a","b"]}', { size: 1_048_576, depth: 32, bare: true }) // { tags: ['a', 'b'] }
 */
export function decode(text: string, options: DecodeOptions = {}): unknown {
  const { size = 16_777_216, depth: deepest = 100, count = 1_000_000, bare = false, tags = {} } = options
  const exceed = (what: string, limit: number): never => {
    throw decodeErrors.CODEC_EXCEEDED({ what, limit })
  }
  const fail = (reason: string): never => {
    throw decodeErrors.CODEC_MALFORMED({ reason })
  }
  if (text.length > size) exceed('size', size)
  let left = count
  const visit = (depth: number) => {
    if (--left < 0) exceed('count', count)
    if (depth > deepest) exceed('depth', deepest)
  }
  let json: Json
  try {
    json = JSON.parse(text)
  } catch {
    return fail('no JSON')
  }
  return revive(json, { tags, bare, visit, fail }, 0)
}

/**
 * Reads what our own server wrote, parsed as JSON: the same without bounds and in half the bytes, for the browser. The
 * data is used up: its objects become those of the value.
 *
 * @throws SyntaxError when it is something else
 * @example
 * decodeTrusted(JSON.parse(document.getElementById('layer9')!.textContent))
 */
export function decodeTrusted(json: Json, tags: DecodeTags = {}): unknown {
  const fail = (reason: string): never => {
    throw new SyntaxError(reason)
  }
  return revive(json, { tags, bare: false, visit() {}, fail }, 0)
}

/** Revives in place: plain data is not copied, and assigning an own property never reaches a prototype's setter. */
function revive(json: Json, walk: Walk, depth: number): unknown {
  const isObject = typeof json === 'object' && json !== null
  walk.visit(isObject ? depth + 1 : 0)
  if (!isObject) return json
  if (Array.isArray(json)) return json.map((item) => revive(item, walk, depth + 1))
  const keys = Object.keys(json)
  const first = keys[0]
  if (keys.length === 1 && first![0] === '$' && first![1] !== '$')
    return reviveTag(first!.slice(1), json[first!]!, { walk, depth })
  // A null prototype while keys are renamed: `__proto__` is then a name like any other.
  const target: Record<string, unknown> = keys.some((key) => key[0] === '$') ? Object.create(null) : json
  for (const key of keys) {
    if (key[0] === '$' && key[1] !== '$') walk.fail('a tag beside other keys')
    target[key[0] === '$' ? key.slice(1) : key] = revive(json[key]!, walk, depth + 1)
  }
  return Object.setPrototypeOf(target, walk.bare ? null : Object.prototype)
}

function reviveTag(tag: string, data: Json, { walk, depth }: { walk: Walk; depth: number }): unknown {
  if (Object.hasOwn(walk.tags, tag)) return walk.tags[tag]!(data)
  if (tag === 'undefined') return undefined
  if (tag === 'date' && (data === null || typeof data === 'number')) return new Date(data ?? Number.NaN)
  const text = typeof data === 'string' ? data : ''
  if (tag === 'number' && /^(NaN|-?Infinity|-0)$/.test(text)) return Number(text)
  // The length is bounded: BigInt() of n digits costs more than n.
  if (tag === 'bigint' && /^-?\d{1,1000}$/.test(text)) return BigInt(text)
  if (Array.isArray(data)) {
    // The list takes the place of the tagged object, so it lies at the same depth.
    const items = revive(data, walk, depth) as [unknown, unknown][]
    if (tag === 'set') return new Set(items)
    if (tag === 'map' && items.every((item) => Array.isArray(item) && item.length === 2)) return new Map(items)
  }
  return walk.fail('an unknown tag')
}
