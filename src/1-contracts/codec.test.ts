import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { eachCase, type Random } from '../../tests/harness/random.ts'
import { type DecodeOptions, decode, decodeTrusted } from './decode.ts'
import { encode, encodeForHtml } from './encode.ts'

const roundTrip = (value: unknown, options?: DecodeOptions) => decode(encode(value), options)

/** Every value, kind and order in a text: -0, NaN and dates that are none differ in it, as in no deep equality. */
const draw = (value: unknown) => inspect(value, { depth: null, maxArrayLength: null })

const KEYS = [
  'a',
  'title',
  '$',
  '$date',
  '$$set',
  '$undefined',
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  '',
  '0',
  'ключ',
]
const TEXTS = ['', 'text', '</script>', '<!--', '\u2028\u2029', '\u0000', '\ud800', '{"$date":0}', '🙂', '__proto__']

function makeValue(random: Random, depth: number): unknown {
  const { pick, fraction } = random
  const many = <Item>(make: () => Item): Item[] => Array.from({ length: random.below(4) }, make)
  const inner = () => makeValue(random, depth - 1)
  const scalars = [
    () => pick(TEXTS),
    () => (fraction() - 0.5) * 1e12,
    () =>
      pick([0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER, 5e-324]),
    () => BigInt(Math.floor((fraction() - 0.5) * 1e15)) ** 3n,
    () => pick([true, false, null, undefined]),
    () => new Date(pick([0, -1, 1e12, Number.NaN])),
  ]
  const nested = [
    () => many(inner),
    () => new Set(many(inner)),
    () => new Map(many(() => [inner(), inner()] as [unknown, unknown])),
    () => Object.fromEntries(many(() => [pick(KEYS), inner()])),
  ]
  return pick(depth > 0 ? [...scalars, ...nested, ...nested] : scalars)()
}

describe('encode and decode', () => {
  it('leave JSON as JSON writes it', () => {
    const value = { a: [1, 'two', true, null], b: { c: {} } }
    expect(encode(value)).toBe(JSON.stringify(value))
    expect(roundTrip(value)).toStrictEqual(value)
  })

  it.each([
    ['a date', new Date(1_700_000_000_123), '{"$date":1700000000123}'],
    ['a date that is none', new Date(Number.NaN), '{"$date":null}'],
    ['a bigint', 12n, '{"$bigint":"12"}'],
    ['undefined', undefined, '{"$undefined":0}'],
    ['NaN', Number.NaN, '{"$number":"NaN"}'],
    ['an infinity', Number.NEGATIVE_INFINITY, '{"$number":"-Infinity"}'],
    ['minus zero', -0, '{"$number":"-0"}'],
    ['a set', new Set([1, new Date(0)]), '{"$set":[1,{"$date":0}]}'],
    ['a map', new Map([[{ key: 1 }, 2n]]), '{"$map":[[{"key":1},{"$bigint":"2"}]]}'],
  ])('carry %s', (_, value, written) => {
    expect(encode(value)).toBe(written)
    expect(decode(written)).toStrictEqual(value)
  })

  it('write holes as undefined', () => {
    // biome-ignore lint/suspicious/noSparseArray: holes are what is tested
    expect(roundTrip([1, , 2])).toStrictEqual([1, undefined, 2])
  })

  it('do not take data for tags', () => {
    for (const value of [
      { $date: 0 },
      { $$date: 0 },
      { $: 1 },
      { $set: [1], other: 2 },
      { nested: { $bigint: '1' } },
    ]) {
      expect(roundTrip(value)).toStrictEqual(value)
    }
  })

  it('keep keys of the prototype as plain names', () => {
    const value = JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}')
    const back = roundTrip(value) as Record<string, unknown>
    expect(Object.keys(back)).toEqual(['__proto__', 'constructor'])
    expect((back as { admin?: boolean }).admin).toBeUndefined()
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('give random values back', async () => {
    await eachCase((random) => {
      const value = makeValue(random, 5)
      expect(draw(roundTrip(value))).toBe(draw(value))
      expect(draw(decode(encodeForHtml(value)))).toBe(draw(value))
      expect(draw(decodeTrusted(JSON.parse(encode(value))))).toBe(draw(value))
      expect(encodeForHtml(value)).not.toMatch(/[<\u2028\u2029]/)
    })
  })
})

describe('encode', () => {
  class Point {
    x = 1
  }
  it.each([
    ['a function', { save: () => 1 }, 'value.save', 'a function'],
    ['a symbol', [Symbol('s')], 'value[0]', 'a symbol'],
    ['an instance', { list: [{ at: new Point() }] }, 'value.list[0].at', 'an instance of Point'],
    ['an error', new Error('no'), 'value', 'an instance of Error'],
    ['a promise', { later: Promise.resolve(1) }, 'value.later', 'an instance of Promise'],
    ['a regular expression', /a/, 'value', 'an instance of RegExp'],
    ['bytes', new Uint8Array(2), 'value', 'an instance of Uint8Array'],
    ['toJSON', { toJSON: () => 'disguise' }, 'value.toJSON', 'a function'],
  ])('refuses %s and says where it is', (_, value, path, kind) => {
    expect(() => encode(value)).toThrow(expect.objectContaining({ code: 'CODEC_UNSUPPORTED', data: { path, kind } }))
  })

  it('refuses circles', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(() => encode(circle)).toThrow(
      expect.objectContaining({
        code: 'CODEC_TOO_DEEP',
        data: { path: 'value.self.self.self.self.self…', limit: 100 },
      }),
    )
  })

  it('takes records without a prototype', () => {
    expect(encode(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })

  it('asks for own tags first, and decode gives their data back', () => {
    class Slot {
      readonly place = 3
    }
    const text = encode({ children: new Slot() }, (value) =>
      value instanceof Slot ? ['slot', value.place] : undefined,
    )
    expect(text).toBe('{"children":{"$slot":3}}')
    const tags = { slot: (place: unknown) => `slot ${place}` }
    expect(decode(text, { tags })).toEqual({ children: 'slot 3' })
    expect(decodeTrusted(JSON.parse(text), tags)).toEqual({ children: 'slot 3' })
    expect(() => decodeTrusted(JSON.parse(text))).toThrow(SyntaxError)
    expect(() => decode(text)).toThrow(expect.objectContaining({ code: 'CODEC_MALFORMED' }))
  })
})

describe('encodeForHtml', () => {
  it('leaves nothing that ends or comments a script element', () => {
    expect(encodeForHtml('</script><!--\u2028')).toBe('"\\u003c/script>\\u003c!--\\u2028"')
  })
})

describe('decode', () => {
  it.each([
    ['no JSON', 'tea'],
    ['an empty text', ''],
    ['an unknown tag', '{"$function":"alert(1)"}'],
    ['a tag of the prototype', '{"$constructor":"x"}'],
    ['a tag beside keys', '{"$date":0,"a":1}'],
    ['a date of text', '{"$date":"yesterday"}'],
    ['a bigint of letters', '{"$bigint":"0xff"}'],
    ['a bigint of 1,001 digits', `{"$bigint":"${'9'.repeat(1001)}"}`],
    ['a number that JSON has', '{"$number":"12"}'],
    ['a number in a list', '{"$number":["NaN"]}'],
    ['a bigint in a list', '{"$bigint":["12"]}'],
    ['a bigint that is no text', '{"$bigint":{"toString":1}}'],
    ['a map of no pairs', '{"$map":[[1]]}'],
    ['a set of no list', '{"$set":{"length":9}}'],
  ])('refuses %s', (_, text) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ code: 'CODEC_MALFORMED' }))
  })

  it('bounds size, depth and count', () => {
    const limit = (what: string, limit: number) =>
      expect.objectContaining({ code: 'CODEC_EXCEEDED', data: { what, limit } })
    expect(() => decode('"0123456789"', { size: 5 })).toThrow(limit('size', 5))
    expect(() => decode('[[[[]]]]', { depth: 3 })).toThrow(limit('depth', 3))
    expect(decode('[[[[]]]]', { depth: 4 })).toEqual([[[[]]]])
    expect(() => decode('[1,2,3,4]', { count: 4 })).toThrow(limit('count', 4))
    expect(() => decode('{"$set":[1,2,3,4]}', { count: 4 })).toThrow(limit('count', 4))
    expect(() => decode('['.repeat(200) + ']'.repeat(200))).toThrow(limit('depth', 100))
    expect(() => decode(`${'{"$map":'.repeat(101)}0${'}'.repeat(101)}`)).toThrow(
      expect.objectContaining({ code: 'CODEC_MALFORMED' }),
    )
  })

  it('survives a very deep text', () => {
    expect(() => decode('['.repeat(1_000_000))).toThrow()
    expect(() => decode('{"$set":['.repeat(100_000) + ']}'.repeat(100_000))).toThrow(
      expect.objectContaining({ code: 'CODEC_EXCEEDED' }),
    )
  })

  it('gives objects without a prototype where it is asked to', () => {
    const value = decode('{"a":{"__proto__":{"admin":true}}}', { bare: true }) as { a: Record<string, unknown> }
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.getPrototypeOf(value.a)).toBeNull()
    expect(value.a['admin']).toBeUndefined()
    expect(value.a['constructor']).toBeUndefined()
  })
})
