import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eachCase, type Random } from '../../tests/harness/random.ts'
import {
  array,
  boolean,
  ContractField,
  date,
  decimal,
  email,
  entity,
  type FieldFlag,
  type Fields,
  file,
  id,
  integer,
  type JsonSchema,
  json,
  number,
  oneOf,
  reference,
  references,
  type StandardJsonSchema,
  schema,
  text,
  timestamp,
  url,
} from './index.ts'

const inputOf = (one: StandardJsonSchema, target = 'draft-2020-12'): JsonSchema =>
  one['~standard'].jsonSchema.input({ target })
const outputOf = (one: StandardJsonSchema, target = 'draft-2020-12'): JsonSchema =>
  one['~standard'].jsonSchema.output({ target })

const accepts = (one: StandardJsonSchema, value: unknown): boolean => {
  const result = one['~standard'].validate(value)
  if (result instanceof Promise) throw new Error('contracts answer at once')
  return !result.issues
}

/** The formats of RFC 3339 and RFC 9562, said another way than the validator says them. */
const formats = {
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  date: (given: string) => {
    const time = new Date(`${given}T12:00:00Z`)
    return !Number.isNaN(Number(time)) && time.toISOString().slice(0, 10) === given && !given.startsWith('0000')
  },
  'date-time': (given: string): boolean =>
    /^.{10}T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(given) &&
    formats.date(given.slice(0, 10)) &&
    !Number.isNaN(Date.parse(given)),
  email: true,
  uri: true,
} as const

const ajv = new Ajv2020({ formats, strict: true, strictRequired: false, allowUnionTypes: true })

const compile = (one: JsonSchema): ((value: unknown) => boolean) => {
  const compiled = ajv.compile(one)
  // It would be kept for ever, and thousands are compiled here.
  ajv.removeSchema(one)
  return compiled
}

const Post = entity('posts', {
  id: id(),
  authorId: reference('users'),
  title: text({ min: 1, max: 200, label: 'Title', help: 'What it is about.' }),
  price: decimal({ scale: 2 }).nullable(),
  status: oneOf('draft', 'published').default('draft'),
  topic: oneOf('tea', 'bread').optional(),
  tags: references('tags'),
  createdAt: timestamp().default('now'),
})

describe('every contract gives its JSON Schema', () => {
  it('an entity: what a new row takes, and what validating gives', () => {
    const uuid = { type: 'string', format: 'uuid' }
    const properties = {
      id: uuid,
      authorId: uuid,
      title: { type: 'string', minLength: 1, maxLength: 200, title: 'Title', description: 'What it is about.' },
      price: { anyOf: [{ type: 'string', pattern: '^\\s*[+-]?\\d+(?:\\.\\d{1,2}0{0,10})?\\s*$' }, { type: 'null' }] },
      status: { type: 'string', enum: ['draft', 'published'], default: 'draft' },
      topic: { anyOf: [{ type: 'string', enum: ['tea', 'bread'] }, { type: 'null' }] },
      tags: { type: 'array', items: uuid, maxItems: 1000 },
      createdAt: { type: 'string', format: 'date-time' },
    }
    expect(inputOf(Post)).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties,
      required: ['authorId', 'title', 'price', 'tags'],
    })
    expect(outputOf(Post)).toMatchObject({
      properties: { price: { anyOf: [{ pattern: '^-?\\d+\\.\\d{2}$' }, { type: 'null' }] } },
      required: ['authorId', 'title', 'price', 'status', 'tags', 'createdAt'],
      additionalProperties: false,
    })
  })

  it('a part, a schema and a field', () => {
    expect(inputOf(Post.pick('title', 'status'))).toMatchObject({ required: ['title'] })
    expect(inputOf(Post.omit('title'))).not.toHaveProperty('properties.title')
    expect(inputOf(Post.partial())).not.toHaveProperty('required')
    expect(inputOf(Post.partial())).not.toHaveProperty('properties.status.default')
    expect(inputOf(schema({ page: integer({ min: 1 }).default(1) }))).toMatchObject({
      properties: { page: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1 } },
    })
    expect(inputOf(boolean())).toEqual({ $schema: expect.any(String), type: 'boolean' })
    expect(inputOf(reference('countries', { key: text({ max: 2 }) }))).toMatchObject({ type: 'string', maxLength: 2 })
  })

  it('in every dialect of the standard', () => {
    expect(inputOf(Post, 'draft-07')).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' })
    expect(() => new Ajv({ formats }).compile(inputOf(Post, 'draft-07'))).not.toThrow()
    const openapi = inputOf(Post, 'openapi-3.0')
    expect(openapi).not.toHaveProperty('$schema')
    expect(openapi).toMatchObject({
      properties: {
        price: { type: 'string', nullable: true },
        topic: { type: 'string', enum: ['tea', 'bread', null], nullable: true },
      },
    })
    expect(() => inputOf(Post, 'draft-04')).toThrow(
      expect.objectContaining({ code: 'JSON_SCHEMA_TARGET', data: expect.objectContaining({ target: 'draft-04' }) }),
    )
  })

  it('a text that is trimmed takes more than it gives', () => {
    const Name = text({ min: 2, max: 4, trim: true, pattern: /[a-z]+/ })
    expect(inputOf(Name)).toMatchObject({ minLength: 2, pattern: '^\\s*(?:[a-z]+)\\s*$' })
    expect(inputOf(Name)).not.toHaveProperty('maxLength')
    expect(outputOf(Name)).toMatchObject({ minLength: 2, maxLength: 4, pattern: '^(?:[a-z]+)$' })
    expect(compile(inputOf(Name))('  abc  ')).toBe(true)
  })

  it('a json field gives what its schema says of itself', () => {
    const Address = z.object({ street: z.string(), zip: z.number().optional() })
    const zod = inputOf(schema({ address: json(Address, { label: 'Address' }) }))
    expect(zod).toMatchObject({
      properties: { address: { title: 'Address', properties: { street: { type: 'string' } }, required: ['street'] } },
    })
    expect(zod).not.toHaveProperty('properties.address.$schema')
    const size = toStandardJsonSchema(v.object({ width: v.number() }))
    expect(inputOf(json(size), 'openapi-3.0')).toMatchObject({ required: ['width'] })
    // One that says nothing of itself may be anything here.
    expect(inputOf(json(v.object({ width: v.number() })))).toEqual({ $schema: expect.any(String) })
  })

  it('a json field whose schema contains itself refers to itself where it now is', () => {
    const Part = z.object({
      name: z.string(),
      get parts() {
        return z.array(Part).optional()
      },
    })
    const Machine = schema({ inner: json(schema({ part: json(Part).nullable() })) })
    const isMachine = compile(inputOf(Machine))
    const whole = (parts: unknown) => ({ inner: { part: { name: 'a', parts: [{ name: 'b', parts }] } } })
    expect(isMachine(whole([{ name: 'c' }]))).toBe(true)
    expect(isMachine(whole([{ name: 3 }]))).toBe(false)
    expect(isMachine({ inner: { part: null } })).toBe(true)
  })

  it('defaults that JSON has', () => {
    expect(inputOf(timestamp().default(new Date(0)))).toMatchObject({ default: '1970-01-01T00:00:00.000Z' })
    expect(inputOf(timestamp().default('now'))).not.toHaveProperty('default')
    expect(inputOf(text().default('now'))).toMatchObject({ default: 'now' })
    expect(inputOf(array(integer()).default([1]))).toMatchObject({ default: [1] })
  })
})

describe('what it accepts is what the validator accepts', () => {
  it('of random contracts, for random values', async () => {
    const seen = { taken: 0, refused: 0 }
    await eachCase((random) => {
      const contract = schema(randomFields(random))
      const input = compile(inputOf(contract))
      const output = compile(outputOf(contract))
      for (let count = 0; count < 30; count++) {
        const value = randomObject(random, contract.fields)
        const taken = accepts(contract, value)
        seen[taken ? 'taken' : 'refused']++
        expect(input(value), `${JSON.stringify(value)} by ${JSON.stringify(inputOf(contract))}`).toBe(taken)
        if (!taken) continue
        const result = contract['~standard'].validate(value) as { value: unknown }
        expect(output(JSON.parse(JSON.stringify(result.value)))).toBe(true)
      }
    })
    // Both kinds of values have to come by, or nothing was compared.
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(500)
  })

  it('of texts, but for characters that count as two', () => {
    // `maxlength` of HTML counts UTF-16 code units, and so does the validator; JSON Schema counts characters.
    const Short = text({ max: 2 })
    expect([accepts(Short, '🙂🙂'), compile(inputOf(Short))('🙂🙂')]).toEqual([false, true])
  })

  it('of addresses, whose exact form JSON Schema does not know, it accepts more', () => {
    const Contact = schema({ email: email(), page: url() })
    for (const value of [
      { email: 'ada@example.org', page: 'https://example.org/a' },
      { email: ' ada@example.org ', page: ' http://example.org ' },
    ]) {
      expect([accepts(Contact, value), compile(inputOf(Contact))(value)]).toEqual([true, true])
    }
    expect(compile(inputOf(Contact))({ email: 1, page: 'x' })).toBe(false)
  })
})

/** A field of any value and with any flags. */
type AnyContractField = Pick<ContractField<unknown, FieldFlag>, '~types' | 'description' | 'check' | '~standard'>

const kinds: ((random: Random) => AnyContractField)[] = [
  ({ below }) => text({ min: below(3), max: 2 + below(3) }),
  () => text({ pattern: /a[bc]*|\d{2}/ }),
  ({ below }) => integer({ min: -below(4), max: below(4) }),
  () => integer(),
  ({ below }) => number({ min: -below(3), max: 0.5 + below(3) }),
  () => number(),
  () => boolean(),
  () => date(),
  () => timestamp(),
  () => id(),
  () => oneOf('a', 'ab', '12'),
  ({ below }) => decimal({ scale: below(4) }),
  ({ below }) => array(integer({ max: 3 }), { min: below(2), max: 1 + below(3) }),
  () => array(oneOf('a', 'ab')),
  () => file({ maxSize: 5 }),
  () => references('tags'),
  () => json(schema({ a: integer(), b: text({ max: 2 }).optional() })),
]

const flags: ((field: AnyContractField) => AnyContractField)[] = [
  (field) => field,
  (field) => field,
  // The flags are only types.
  (field) => (field as ContractField).nullable(),
  (field) => (field as ContractField).optional(),
]

function randomFields(random: Random): Fields {
  const field = () => random.pick(flags)(random.pick(kinds)(random))
  return { a: field(), b: field(), ...(random.below(2) && { c: integer({ min: 0 }).default(1) }) }
}

const uuid = '0199a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b'
/** What one kind takes and another refuses, or takes by a hair. */
const values: unknown[] = [
  ...['', 'a', 'ab', 'abc', 'abcd', '12', '0', '-0.50', '+1.25', '1.2500', '1.', ' 2.5 ', '00012', 'ü€'],
  ...[uuid, uuid.toUpperCase(), '2030-02-28', '2030-02-29', '2028-02-29', '2030-13-01', '0000-01-01', '30-1-1'],
  ...['2030-01-31T23:59:59Z', '2030-01-31T23:59:59.123+05:30', '2030-01-31T23:59', '2030-02-30T00:00:00Z'],
  ...[0, -0, 1, -1, 2, 3, 4, 0.5, -2.5, 1e21, 2 ** 53, -(2 ** 53) + 1],
  ...[true, false, null, [], [1], [1, 2, 3], [4], [null], ['a'], ['ab', 'a'], [uuid], [uuid, 'x'], {}],
  ...[{ a: 1 }, { a: 1, b: 'ab', c: 3 }, { a: 1, b: 'abc' }, { a: 1, b: null }, { b: 'a' }],
  ...[1, 5, 6, -1, '1'].map((size) => ({ key: 'k', name: 'n', type: 't', size })),
]

function randomObject(random: Random, fields: Fields): unknown {
  if (random.below(30) === 0) return random.pick(values)
  const given = Object.keys(fields).flatMap((name) => {
    const field = fields[name]
    if (random.below(6) === 0) return []
    // Half of them fit, or hardly any object would be taken.
    const fitting = field instanceof ContractField ? values.filter((value) => accepts(field, value)) : []
    const value = random.below(3) > 0 && fitting.length > 0 ? random.pick(fitting) : random.pick(values)
    return [[name, value] as const]
  })
  return Object.fromEntries([...given, ...(random.below(4) === 0 ? [['extra', 1] as const] : [])])
}
