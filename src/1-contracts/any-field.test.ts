// What holds for fields of every kind, tried with random values: what is right is taken, what is wrong has a code, and
// nothing that is thrown at a field makes it throw.
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { eachCase, type Random } from '../../tests/harness/random.ts'
import {
  array,
  boolean,
  type ContractField,
  createId,
  date,
  decimal,
  email,
  type FieldFlag,
  file,
  fromUnits,
  id,
  integer,
  json,
  number,
  oneOf,
  reference,
  references,
  schema,
  text,
  timestamp,
  toUnits,
  url,
} from './index.ts'

type AnyKind = ContractField<unknown, FieldFlag>
type Make = (random: Random) => unknown

const many = <Item>({ below }: Random, most: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: below(most + 1) }, (_, at) => make(at))

const letters = [...'aZ09 _-.ß漢😀\u0301\'"<&%']
const word = ({ below, pick }: Random, least = 0): string =>
  Array.from({ length: least + below(12) }, () => pick([...'abcxyz019'])).join('')
const day = ({ below }: Random): string => new Date(Date.UTC(1900, 0, 1 + below(80_000))).toISOString().slice(0, 10)
const whole = ({ fraction }: Random): number => Math.round((fraction() - 0.5) * 2 * Number.MAX_SAFE_INTEGER)
const price = ({ below, pick }: Random): string => fromUnits(BigInt(below(2 ** 31)) * pick([1n, -1n, 2n ** 31n]), 2)

/** Fields of every kind, each with what makes values that it takes as they are, and values that it refuses. */
const kinds: Record<string, { field: AnyKind; good: Make; bad: readonly Make[] }> = {
  id: { field: id(), good: createId, bad: [word, () => createId().toUpperCase()] },
  text: {
    field: text({ min: 1, max: 40 }),
    good: ({ below, pick }) => Array.from({ length: 1 + below(20) }, () => pick(letters)).join(''),
    bad: [
      () => '',
      ({ below }) => 'x'.repeat(41 + below(99)),
      (random) => `${word(random)}\n`,
      (random) => `${word(random)}\0`,
    ],
  },
  email: {
    field: email(),
    good: (random) => `${word(random, 1)}@${word(random, 1)}.${word(random, 1)}`,
    bad: [word, (random) => `${word(random)}@${word(random)}`, (random) => `${word(random)} @a.b`],
  },
  url: {
    field: url(),
    good: (random) => `${random.pick(['http', 'https'])}://a${word(random)}.org/${encodeURIComponent(word(random))}`,
    bad: [word, (random) => `javascript:${word(random)}`, (random) => `https:${word(random)}`],
  },
  integer: {
    field: integer(),
    good: whole,
    bad: [(random) => whole(random) * 1e10 + 0.5, (random) => String(whole(random)), ({ below }) => below(9) + 0.5],
  },
  number: {
    field: number({ min: -1e6, max: 1e6 }),
    good: ({ fraction }) => (fraction() - 0.5) * 2e6,
    bad: [({ fraction }) => 1e6 + 1 + fraction(), () => Number.NaN],
  },
  decimal: {
    field: decimal({ scale: 2 }),
    good: price,
    bad: [(random) => `${price(random)}1`, (random) => `${word(random)}!`, ({ fraction }) => fraction()],
  },
  boolean: {
    field: boolean(),
    good: ({ pick }) => pick([true, false]),
    bad: [({ pick }) => pick([0, 1, 'true', 'on', ''])],
  },
  date: {
    field: date(),
    good: day,
    bad: [
      (random) => `${day(random)}T00:00`,
      ({ below }) => `2030-02-${30 + below(70)}`,
      ({ below }) => `2030-${13 + below(87)}-01`,
    ],
  },
  timestamp: {
    field: timestamp(),
    good: (random) => new Date(Date.parse(day(random)) + random.below(86_400_000)),
    bad: [day, ({ below }) => below(2 ** 31), () => new Date(Number.NaN)],
  },
  oneOf: {
    field: oneOf('a', 'b', 'c'),
    good: ({ pick }) => pick(['a', 'b', 'c']),
    bad: [(random) => `${word(random, 1)}!`],
  },
  json: {
    field: json(v.object({ at: v.number(), list: v.array(v.string()) })),
    good: (random) => ({ at: random.below(9), list: many(random, 5, () => word(random)) }),
    bad: [(random) => ({ at: word(random), list: [] }), (random) => many(random, 3, () => 1)],
  },
  array: {
    field: array(integer(), { max: 8 }),
    good: (random) => many(random, 8, () => whole(random)),
    bad: [(random) => [word(random)], () => [1, null], ({ below }) => Array.from({ length: 9 + below(9) }, () => 1)],
  },
  reference: { field: reference('users'), good: createId, bad: [word] },
  references: {
    field: references('tags'),
    good: (random) => many(random, 5, createId),
    bad: [(random) => [word(random)], () => createId()],
  },
  file: {
    field: file({ accept: ['image/*'], maxSize: 100 }),
    good: (random) => ({ key: word(random, 1), name: word(random, 1), type: 'image/png', size: random.below(101) }),
    bad: [
      ({ below }) => ({ key: 'a', name: 'b', type: 'image/png', size: 101 + below(9) }),
      (random) => ({ key: word(random) }),
    ],
  },
}

const read = (field: AnyKind, value: unknown) => field['~standard'].validate(value)
const named = Object.entries(kinds)

describe.each(named)('a field of the kind %s', (kind, { field, good, bad }) => {
  it('takes a value that is right, equal to what was given', () =>
    eachCase((random) => {
      const value = good(random)
      expect(read(field, value)).toEqual({ value })
    }))

  it('refuses a value that is wrong, with a code and a text without gaps', () =>
    eachCase((random) => {
      const { issues = [] } = read(field, random.pick(bad)(random))
      expect(issues.length).toBeGreaterThan(0)
      for (const { code, message } of issues) {
        expect(code).toMatch(/^[a-zA-Z]+(\.[a-z]+)?$/)
        expect(message).toMatch(/^[^{}]+$/)
        // A schema of another library has words of its own.
        if (code !== 'json') expect(message).not.toContain('undefined')
      }
    }))

  it('reads what it read as the same again', () =>
    eachCase((random) => {
      const first = read(field, anything(random, good))
      if (!first.issues) expect(read(field, first.value)).toEqual(first)
    }))

  it('takes and refuses the same in a contract, and no more as a part of JSON', () =>
    eachCase((random) => {
      const value = anything(random, good)
      if (value === undefined || value === null) return
      const alone = read(field, value)
      const contract = schema({ field: field.optional() })
      const { issues } = contract['~standard'].validate({ field: value })
      expect(issues?.map(({ code }) => code)).toEqual(alone.issues?.map(({ code }) => code))
      // Depth is counted from the outside.
      const paths = (found = issues) => found?.map(({ path, code }) => code !== 'value.depth' && path.join('.'))
      expect(paths()).toEqual(paths(alone.issues)?.map((path) => path !== false && `field.${path}`.replace(/\.$/, '')))
      // JSON is plain data from the outside in: what is too deep or computed is refused before its field sees it.
      if (alone.issues) expect(json(contract)['~standard'].validate({ field: value }).issues).toBeDefined()
    }))

  it(`is of the kind ${kind}, in a description that is data`, () => {
    const { schema: _, ...description } = field.optional().unique().description as { kind: string; schema?: unknown }
    expect(JSON.parse(JSON.stringify(description))).toEqual({
      ...description,
      kind,
      absent: true,
      null: true,
      unique: true,
    })
  })
})

/** A value that is right, or any other, or one made to break what reads it. */
function anything(random: Random, good: Make): unknown {
  const others = named.flatMap(([, { good: right, bad }]) => [right, ...bad])
  return random.pick([good, good, random.pick(others), hostile])(random)
}

const computed = {
  get: () => {
    throw new Error('user code was run')
  },
  enumerable: true,
}

function nested(levels: number): unknown {
  let deep: unknown = 'end'
  for (let level = 0; level < levels; level++) deep = level % 2 ? [deep] : { a: deep }
  return deep
}

function circle(): unknown {
  const round: Record<string, unknown> = {}
  round['self'] = [round, round]
  return round
}

/** Values made to break what reads them. */
const attacks: readonly Make[] = [
  () => JSON.parse('{"__proto__":{"key":"a","at":1},"constructor":{"prototype":{}}}'),
  () => Object.defineProperties({}, { at: computed, key: computed, length: computed }),
  () => Object.defineProperty([1, 2], 1, computed),
  () => Object.create({ key: 'a', name: 'b', type: 'image/png', size: 1, at: 1, list: [] }),
  () => Object.create(null),
  circle,
  () => nested(5_000),
  () => new Array(2 ** 32 - 1),
  ({ below }) => new Array(below(9)),
  () => ({ [Symbol('at')]: 1, [Symbol.iterator]: 1, [Symbol.toPrimitive]: 1, toString: 1, ['the' + 'n']: 1 }),
  ({ pick }) => pick(['\uD800', '\0', 'x'.repeat(20_000), '1'.repeat(20_000), '0'.repeat(20_000), ' '.repeat(20_000)]),
  ({ pick }) => pick<unknown>([Symbol('a'), () => 1, 10n ** 30n, null, undefined, Number.NaN, new Date(8.64e15)]),
  ({ pick }) => pick<unknown>([new Map([['at', 1]]), new Uint8Array(8), new Proxy({}, {}), new Proxy([], {})]),
]

const hostile: Make = (random) => random.pick(attacks)(random)

describe('decimals', () => {
  it('are the same number in units and as text', () =>
    eachCase(({ below, pick }) => {
      const scale = below(13)
      const units = BigInt(below(2 ** 31)) * BigInt(below(2 ** 31)) * pick([1n, -1n])
      const written = fromUnits(units, scale)
      expect(toUnits(written, scale)).toBe(units)
      expect(read(decimal({ scale }), written)).toEqual({ value: written })
      // Further zeros and a sign are another way to write it.
      const longer = units < 0n ? `-00${written.slice(1)}` : `+00${written}`
      expect(read(decimal({ scale }), longer)).toEqual({ value: written })
    }))
})

const anyValue = (name: string, random: Random): unknown =>
  Object.hasOwn(kinds, name) ? kinds[name]?.good(random) : hostile(random)

describe('a contract', () => {
  it('reads its own fields alone, whatever keys there are', () =>
    eachCase((random) => {
      const chosen = named.filter(() => random.below(3) === 0)
      const contract = schema(Object.fromEntries(chosen.map(([name, { field }]) => [name, field.optional()])))
      const keys = ['__proto__', 'constructor', 'toString', 'admin', ...Object.keys(kinds)]
      const given = Object.fromEntries(
        keys.filter(() => random.below(2) === 0).map((key) => [key, anyValue(key, random)]),
      )
      const { issues, value } = contract['~standard'].validate(given) as { issues?: unknown; value: object }
      expect(issues).toBeUndefined()
      const wanted = chosen.map(([name]) => name).filter((name) => Object.hasOwn(given, name))
      expect(Reflect.ownKeys(value)).toEqual(wanted)
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    }))
})
