import { readFile } from 'node:fs/promises'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRandom } from '../../tests/harness/random.ts'
import {
  array,
  boolean,
  date,
  decimal,
  type Infer,
  integer,
  json,
  number,
  oneOf,
  type ReadTextOptions,
  readText,
  type StandardSchema,
  schema,
  text,
  timestamp,
  validate,
} from './index.ts'

/** What is read, as a plain object. */
const read = (one: StandardSchema, query: string, from: ReadTextOptions['from'] = 'form'): unknown =>
  structuredClone({ ...readText(one, new URLSearchParams(query), { from }) })
const readUrl = (one: StandardSchema, query: string): unknown => read(one, query, 'url')
/** What is read of a schema whose fields are all of a kind that this is not about. */
const only = (one: StandardSchema, query: string): unknown =>
  read(z.object({ a: one as z.ZodType, z: z.string() }), query)

const Address = schema({ street: text(), zip: integer().optional() })
const Order = schema({
  note: text().optional(),
  address: json(Address),
  billing: json(Address).optional(),
  lines: json(z.array(z.object({ name: z.string(), count: z.int() }))),
})
const Flags = schema({ seen: boolean(), loud: boolean().default(true), kept: boolean().optional() })

/** The lines of the table, by their first two columns, with what each of them is shown by. */
const cases: Record<string, () => void> = {
  'anything: empty'() {
    expect(only(z.string(), 'a=&z=')).toEqual({})
    expect(only(z.number(), 'a=')).toEqual({})
    expect(only(z.string().nullable(), 'a=')).toEqual({ a: null })
    expect(only(z.enum(['x']).nullable(), 'a=')).toEqual({ a: null })
    expect(read(schema({ a: text().optional(), b: text() }), 'a=&b=')).toEqual({ a: null })
  },
  'string: anything else'() {
    expect(only(z.string(), 'a=1')).toEqual({ a: '1' })
    expect(only(z.string(), 'a=+true+')).toEqual({ a: ' true ' })
    expect(read(schema({ day: date(), price: decimal({ scale: 2 }) }), 'day=2030-01-31&price=12.50')).toEqual({
      day: '2030-01-31',
      price: '12.50',
    })
  },
  'string of format date-time: without a zone (datetime-local)'() {
    const At = schema({ at: timestamp() })
    expect(read(At, 'at=2030-01-31T12:00')).toEqual({ at: '2030-01-31T12:00:00Z' })
    expect(read(At, 'at=2030-01-31T12:00:01.5')).toEqual({ at: '2030-01-31T12:00:01.5Z' })
    expect(read(At, 'at=2030-01-31T12:00:00%2B01:00')).toEqual({ at: '2030-01-31T12:00:00+01:00' })
    expect(read(At, 'at=noon')).toEqual({ at: 'noon' })
  },
  'number, integer: a decimal number'() {
    expect(only(z.number(), 'a=1.5')).toEqual({ a: 1.5 })
    expect(only(z.number(), 'a=-.5e1')).toEqual({ a: -5 })
    expect(only(z.int(), 'a=+007+')).toEqual({ a: 7 })
    expect(only(z.int(), 'a=1.5')).toEqual({ a: 1.5 })
    for (const other of ['', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '1 2', '--1', 'e1', '.'])
      expect(only(z.number(), `a=${other}`)).toEqual(other === '' ? {} : { a: other })
  },
  'integer: more digits than a number holds'() {
    expect(only(z.int(), 'a=9007199254740991')).toEqual({ a: Number.MAX_SAFE_INTEGER })
    expect(only(z.int(), 'a=9007199254740993')).toEqual({ a: '9007199254740993' })
  },
  'boolean: on, true, 1; off, false, 0'() {
    for (const yes of ['on', 'true', '1']) expect(only(z.boolean(), `a=${yes}`)).toEqual({ a: true })
    for (const no of ['off', 'false', '0']) expect(only(z.boolean(), `a=${no}`)).toEqual({ a: false })
    expect(only(z.boolean(), 'a=')).toEqual({})
    for (const other of ['yes', 'ON', 'null']) expect(only(z.boolean(), `a=${other}`)).toEqual({ a: other })
  },
  'boolean, in a form: absent'() {
    expect(read(Flags, '')).toEqual({ seen: false, loud: false, kept: false })
    expect(read(schema({ loud: boolean().default(true) }), '')).toEqual({ loud: false })
    expect(read(Flags.partial(), '')).toEqual({})
    expect(read(z.object({ a: z.literal(true) }), '')).toEqual({ a: false })
    expect(read(z.object({ a: z.boolean().nullable() }), '')).toEqual({ a: false })
  },
  'boolean, in a URL: absent'() {
    expect(readUrl(Flags, '')).toEqual({ seen: false })
    expect(readUrl(Flags.partial(), '')).toEqual({})
  },
  'enum, const: a member'() {
    expect(only(z.enum(['1', 'x']), 'a=1')).toEqual({ a: '1' })
    expect(only(z.literal([1, 2]), 'a=2')).toEqual({ a: 2 })
    expect(only(z.literal(true), 'a=on')).toEqual({ a: true })
    expect(only(z.literal([1, 2]), 'a=3')).toEqual({ a: '3' })
    expect(read(schema({ a: oneOf('on', '2') }), 'a=on')).toEqual({ a: 'on' })
  },
  'array: a name once or more, name[] too'() {
    const Tags = schema({ a: array(integer()) })
    expect(read(Tags, 'a=1')).toEqual({ a: [1] })
    expect(read(Tags, 'a=2&a=&a=1')).toEqual({ a: [2, 1] })
    expect(read(Tags, 'a[]=1&a[]=x')).toEqual({ a: [1, 'x'] })
    expect(read(Tags, 'a=')).toEqual({ a: [] })
  },
  'array: absent'() {
    const Lists = schema({ must: array(text()), may: array(text()).optional(), usual: array(text()).default(['x']) })
    expect(read(Lists, '')).toEqual({ must: [], may: [], usual: [] })
    expect(readUrl(Lists, '')).toEqual({ must: [] })
    expect(read(Lists.partial(), '')).toEqual({})
  },
  'object: address.street'() {
    expect(read(Order, 'address.street=Linden&address.zip=123')).toMatchObject({
      address: { street: 'Linden', zip: 123 },
    })
    // What is missing is said of the field that is missing.
    expect(read(Order, '')).toMatchObject({ address: {} })
    expect(read(z.object({ 'a.b': z.number() }), 'a.b=1')).toEqual({ 'a.b': 1 })
    expect(read(z.object({ scores: z.record(z.string(), z.number()) }), 'scores.a=1&scores.b=2')).toEqual({
      scores: { a: 1, b: 2 },
    })
  },
  'object that may be absent: fields that are all empty'() {
    expect(read(Order, 'billing.street=&billing.zip=')).toMatchObject({ billing: null })
    expect(read(Order, 'billing.street=&billing.zip=1')).toMatchObject({ billing: { zip: 1 } })
    const Optional = z.object({ a: z.object({ b: z.string() }).optional() })
    expect(read(Optional, 'a.b=')).toEqual({})
  },
  'array of objects: lines.0.name, lines.1.name'() {
    const query = 'lines.10.name=c&lines.2.name=b&lines.2.count=3&lines.0.name=a&lines.x.name=d'
    expect(read(Order, query)).toMatchObject({ lines: [{ name: 'a' }, { name: 'b', count: 3 }, { name: 'c' }] })
  },
  'several possibilities: of one of them'() {
    const Mixed = z.union([z.string(), z.boolean(), z.number(), z.literal('7')])
    expect(only(Mixed, 'a=1')).toEqual({ a: 1 })
    expect(only(Mixed, 'a=on')).toEqual({ a: true })
    expect(only(Mixed, 'a=7')).toEqual({ a: '7' })
    expect(only(Mixed, 'a=tea')).toEqual({ a: 'tea' })
    const Shape = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('name'), value: z.string() }),
      z.object({ kind: z.literal('size'), value: z.number() }),
    ])
    expect(read(Shape, 'kind=name&value=1')).toEqual({ kind: 'name', value: '1' })
    expect(read(Shape, 'value=1&kind=size')).toEqual({ kind: 'size', value: 1 })
  },
  'one value: a name twice'() {
    expect(only(z.string(), 'a=x&a=y')).toEqual({ a: ['x', 'y'] })
    expect(only(z.number(), 'a=1&a=2')).toEqual({ a: ['1', '2'] })
    expect(only(z.number(), 'a[]=1')).toEqual({ a: ['1'] })
  },
  'nothing, or no such name: anything'() {
    expect(read(z.object({ a: z.any() }), 'a=1&b=2&c=&d=1&d=2&e[]=x&a.b=3')).toEqual({
      ...{ a: '1', b: '2', c: '', d: ['1', '2'], e: ['x'], 'a.b': '3' },
    })
    expect(read(z.any(), 'a=1')).toEqual({ a: '1' })
    expect(read(z.object({}).catchall(z.number()), 'a=1&b=x')).toEqual({ a: 1, b: 'x' })
  },
  'what the text does not fit: anything'() {
    expect(only(z.int(), 'a=many')).toEqual({ a: 'many' })
    expect(only(z.string(), 'a.b=1')).toEqual({ 'a.b': '1' })
  },
}

describe('the table of rules', () => {
  it('has a case for each of its lines', async () => {
    const source = await readFile(new URL('read-text.ts', import.meta.url), 'utf8')
    const lines = source.split('\n').filter((line) => line.startsWith('// |'))
    const rules = lines.slice(2).map((line) =>
      line
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim())
        .join(': '),
    )
    expect(rules.length).toBeGreaterThan(10)
    expect(Object.keys(cases)).toEqual(rules)
  })

  it.each(Object.entries(cases))('%s', (_, check) => check())
})

const Search = schema({
  q: text({ max: 100 }).default(''),
  page: integer({ min: 1 }).default(1),
  draft: boolean().optional(),
  since: date().optional(),
  tags: array(text()).default([]),
})

describe('URL parameters', () => {
  it('become what the schema of a query takes', async () => {
    const given = readText(Search, new URLSearchParams('q=tea&page=2&draft=1&since=2030-01-31&tags=a&tags=b&utm=x'), {
      from: 'url',
    })
    const input: Infer<typeof Search> = await validate(Search, given)
    expect(input).toEqual({ q: 'tea', page: 2, draft: true, since: '2030-01-31', tags: ['a', 'b'] })
  })

  it('that are left out are what the schema says of them', () => {
    expect(validate(Search, readText(Search, [], { from: 'url' }))).toEqual({ q: '', page: 1, tags: [] })
  })
})

describe('form fields', () => {
  const Event = schema({
    title: text({ min: 1 }),
    seats: integer(),
    price: decimal({ scale: 2 }).optional(),
    begins: timestamp(),
    open: boolean(),
    guests: array(text()),
  })

  it('become what the schema of an action takes', () => {
    const form = 'title=Tea&seats=12&price=&begins=2030-01-31T15:00&open=on&guests=Ada&guests=Bob'
    expect(validate(Event, readText(Event, new URLSearchParams(form), { from: 'form' }))).toEqual({
      title: 'Tea',
      seats: 12,
      price: null,
      begins: new Date('2030-01-31T15:00:00Z'),
      open: true,
      guests: ['Ada', 'Bob'],
    })
  })

  it('that do not fit are refused by the schema, each with its own message', () => {
    const given = readText(Event, new URLSearchParams('title=&seats=a+few&price=1.234&begins=soon'), { from: 'form' })
    expect(() => validate(Event, given)).toThrow(
      expect.objectContaining({
        fields: {
          title: 'Fill this in.',
          seats: 'Write a number.',
          price: 'Write a number with at most 2 digits behind the point.',
          begins: 'Give a date and time.',
        },
      }),
    )
  })
})

describe('empty text', () => {
  it('is absent', () => {
    expect(read(schema({ title: text(), size: number(), on: boolean().nullable() }), 'title=&size=')).toEqual({
      on: false,
    })
  })

  it('is null where that is taken, so that a form can take away what was there', () => {
    expect(read(schema({ bio: text().optional() }).partial(), 'bio=')).toEqual({ bio: null })
    expect(read(schema({ bio: text().nullable() }), 'bio=')).toEqual({ bio: null })
  })
})

describe('an absent checkbox', () => {
  it('is false', () => {
    expect(read(schema({ title: text(), open: boolean() }), 'title=a')).toEqual({ title: 'a', open: false })
    expect(read(schema({ title: text(), open: boolean() }), 'title=a&open=on')).toEqual({ title: 'a', open: true })
  })

  it('stays absent in a partial schema', () => {
    const Change = schema({ title: text(), open: boolean().default(true) }).partial()
    expect(read(Change, 'title=a')).toEqual({ title: 'a' })
    expect(read(Change, 'open=off')).toEqual({ open: false })
    expect(read(z.object({ title: z.string(), open: z.boolean() }).partial(), 'title=a')).toEqual({ title: 'a' })
  })
})

describe('SCHEMA_NOT_READABLE', () => {
  const own = (vendor: string, jsonSchema?: unknown): StandardSchema =>
    ({ '~standard': { version: 1, vendor, validate: (value: unknown) => ({ value }), jsonSchema } }) as StandardSchema
  const throwing = {
    input: () => {
      throw new Error('a Map is no JSON')
    },
  }

  describe('names the schema and the way out', () => {
    it.each([
      ['valibot', v.object({ a: v.string() }), /toStandardJsonSchema/],
      ['zod', own('zod'), /zod 4\.2/],
      ['arktype', own('arktype'), /arktype 2\.1/],
      ['joi', own('joi'), /standardschema\.dev/],
      ['joi', own('joi', throwing), /standardschema\.dev/],
    ])('%s', (vendor, one, way) => {
      expect(() => readText(one, [], { from: 'form', name: 'The input of posts/createPost' })).toThrow(
        expect.objectContaining({
          code: 'SCHEMA_NOT_READABLE',
          data: { name: 'The input of posts/createPost', vendor, way: expect.stringMatching(way) },
        }),
      )
    })
  })

  it('is no matter for typed calls', () => {
    expect(validate(v.object({ a: v.number() }), { a: 1 })).toEqual({ a: 1 })
  })
})

describe('readText', () => {
  it('knows references, parts that are put together, and schemas that contain themselves', () => {
    const size = z.number().meta({ id: 'Size' })
    const Tree = z.object({
      size,
      get child() {
        return Tree.optional()
      },
    })
    expect(read(Tree, 'size=1&child.size=2&child.child.size=3')).toEqual({
      size: 1,
      child: { size: 2, child: { size: 3 } },
    })
    const both = toStandardJsonSchema(v.intersect([v.object({ a: v.number() }), v.object({ b: v.boolean() })]))
    expect(read(both, 'a=1')).toEqual({ a: 1, b: false })
  })

  it('reads what a library cannot say as text, and the rest as it says', () => {
    const Odd = toStandardJsonSchema(
      v.object({ when: v.date(), name: v.pipe(v.string(), v.trim()), count: v.number() }),
    )
    expect(read(Odd, 'when=now&name=a&count=2')).toEqual({ when: 'now', name: 'a', count: 2 })
    expect(read(z.object({ when: z.date(), count: z.number() }), 'when=now&count=2')).toEqual({ when: 'now', count: 2 })
  })

  it('touches no prototype', () => {
    const query = new URLSearchParams('__proto__=x&constructor.prototype.a=y&__proto__.b=1&toString[]=z')
    const given = readText(schema({ a: text() }), query, { from: 'form' })
    expect(Object.getPrototypeOf(given)).toBeNull()
    expect(Object.keys(given)).toEqual(['__proto__', 'constructor.prototype.a', '__proto__.b', 'toString'])
    expect({}).not.toHaveProperty('b')
  })

  it('goes to a bounded depth, and ends for whatever names', () => {
    const Tree = z.object({
      get child() {
        return Tree
      },
    })
    expect(JSON.stringify(read(Tree, '')).length).toBeLessThan(1000)
    expect(JSON.stringify(read(Tree, `${'child.'.repeat(5000)}child=1`)).length).toBeLessThan(1000)
    const { below, pick } = createRandom(7)
    const names = ['a', 'lines', 'address', '[]', '.', '0', '99', 'street', '__proto__', '']
    for (let count = 0; count < 300; count++) {
      const entry = (): [string, string] => [
        Array.from({ length: below(5) }, () => pick(names)).join(pick(['.', ''])),
        'x',
      ]
      const given = readText(Order, Array.from({ length: below(9) }, entry), { from: 'form' })
      // `lines` has a list in it, whatever its name was written with; an object of which nothing is there is one.
      expect(given).toMatchObject({ lines: expect.any(Array), address: expect.anything() })
    }
  })
})
