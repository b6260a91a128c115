import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import {
  array,
  boolean,
  type ContractField,
  date,
  decimal,
  email,
  file,
  type Infer,
  type InferInput,
  id,
  integer,
  json,
  number,
  oneOf,
  reference,
  references,
  type StandardSchema,
  type StoredFile,
  schema,
  text,
  timestamp,
  url,
} from './index.ts'

// Every kind: what it takes and gives.
type Both<Value> = { in: Value; out: Value }
type Of<Field extends StandardSchema> = { in: InferInput<Field>; out: Infer<Field> }
const kinds = {
  text: text(),
  email: email(),
  url: url(),
  integer: integer(),
  number: number(),
  decimal: decimal({ scale: 2 }),
  boolean: boolean(),
  date: date(),
  timestamp: timestamp(),
  file: file(),
  array: array(integer()),
  oneOf: oneOf('draft', 'published'),
  reference: reference('users'),
  references: references('tags'),
}
type Kinds = typeof kinds
expectTypeOf<Of<Kinds['text']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['email']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['url']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['integer']>>().toEqualTypeOf<Both<number>>()
expectTypeOf<Of<Kinds['number']>>().toEqualTypeOf<Both<number>>()
expectTypeOf<Of<Kinds['decimal']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['boolean']>>().toEqualTypeOf<Both<boolean>>()
expectTypeOf<Of<Kinds['date']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['timestamp']>>().toEqualTypeOf<Both<Date>>()
expectTypeOf<Of<Kinds['file']>>().toEqualTypeOf<Both<StoredFile>>()
expectTypeOf<Of<Kinds['array']>>().toEqualTypeOf<Both<number[]>>()
expectTypeOf<Of<Kinds['oneOf']>>().toEqualTypeOf<Both<'draft' | 'published'>>()
expectTypeOf<Of<Kinds['reference']>>().toEqualTypeOf<Both<string>>()
expectTypeOf<Of<Kinds['references']>>().toEqualTypeOf<Both<string[]>>()

// An id may be left out: the framework makes it.
const key = id()
expectTypeOf<Of<typeof key>>().toEqualTypeOf<Both<string | undefined>>()

// A choice is the union of its texts, alone and in a contract, with words and without.
const Choice = schema({
  size: oneOf('small', 'large'),
  one: oneOf('only'),
  named: oneOf('a', 'b', { label: 'Letter' }),
})
expectTypeOf<Infer<typeof Choice>>().toEqualTypeOf<{ size: 'small' | 'large'; one: 'only'; named: 'a' | 'b' }>()
// @ts-expect-error a choice has at least one text
oneOf()
// @ts-expect-error texts alone
oneOf('a', 1)

// JSON is what its schema gives, of any library.
const place = json(v.object({ street: v.string(), at: v.optional(v.number(), 1) }))
expectTypeOf<Infer<typeof place>>().toEqualTypeOf<{ street: string; at: number }>()
const own = json(schema({ street: text(), bio: text().optional() }))
expectTypeOf<Infer<typeof own>>().toEqualTypeOf<{ street: string; bio?: string | null | undefined }>()
// @ts-expect-error not a schema
json({ street: text() })

// An array is of one kind, whose items are there.
expectTypeOf<Infer<ReturnType<typeof array<'a' | 'b'>>>>().toEqualTypeOf<('a' | 'b')[]>()
// @ts-expect-error an item cannot be missing
array(text().optional())
// @ts-expect-error an item cannot be null
array(text().nullable())
// @ts-expect-error an item has no default
array(text().default('a'))

// References have the type of the key that they name, alone and in a contract.
const Chosen = schema({ user: reference('users'), album: reference('albums', { key: integer() }) })
expectTypeOf<Infer<typeof Chosen>>().toEqualTypeOf<{ user: string; album: number }>()
const Many = schema({ tags: references('tags'), tracks: references('tracks', { key: integer() }) })
expectTypeOf<Infer<typeof Many>>().toEqualTypeOf<{ tags: string[]; tracks: number[] }>()
// @ts-expect-error no such rule
reference('users', { onDelete: 'ignore' })

// Flags: what may be left out, what may be null, and what is read then.
type Flagged<Field extends StandardSchema> = [InferInput<Field>, Infer<Field>]
const optional = text().optional()
expectTypeOf<Flagged<typeof optional>>().toEqualTypeOf<[string | null | undefined, string | null | undefined]>()
const nullable = text().nullable()
expectTypeOf<Flagged<typeof nullable>>().toEqualTypeOf<[string | null, string | null]>()
const filled = integer().default(1)
expectTypeOf<Flagged<typeof filled>>().toEqualTypeOf<[number | undefined, number]>()
const unique = email().unique()
expectTypeOf<Flagged<typeof unique>>().toEqualTypeOf<[string, string]>()
// Of optional() and default() the later one counts; what may be null stays so.
const filledLater = text().optional().default('a')
expectTypeOf<Flagged<typeof filledLater>>().toEqualTypeOf<[string | null | undefined, string | null]>()
const optionalLater = text().default('a').optional()
expectTypeOf<Flagged<typeof optionalLater>>().toEqualTypeOf<[string | null | undefined, string | null | undefined]>()
const all = text().nullable().unique().default('a')
expectTypeOf<Flagged<typeof all>>().toEqualTypeOf<[string | null | undefined, string | null]>()

// A default is a value of the field; of a moment it may be the moment itself.
timestamp().default('now')
timestamp().default(new Date(0))
date().default('now')
// @ts-expect-error another type
integer().default('1')
// @ts-expect-error not among the texts
oneOf('a', 'b').default('c')
// @ts-expect-error no such moment
timestamp().default('later')

// Options: those of the kind alone.
// @ts-expect-error a text has no scale
text({ scale: 2 })
// @ts-expect-error digits behind the point have to be said
decimal({})
// @ts-expect-error limits of exact numbers are texts, as the numbers are
decimal({ scale: 2, min: 0 })

// A field of one kind is a field of any kind, and no field of another.
expectTypeOf<Kinds['text']>().toExtend<ContractField>()
expectTypeOf<typeof optional>().toExtend<ContractField<unknown, 'absent' | 'null'>>()
expectTypeOf<Kinds['text']>().not.toExtend<ContractField<number>>()
expectTypeOf<typeof optional>().not.toExtend<ContractField<string>>()

// It answers at once, and says what is wrong by code.
const result = kinds.text['~standard'].validate('a')
if (result.issues) expectTypeOf(result.issues[0]!.code).toEqualTypeOf<string>()
else expectTypeOf(result.value).toEqualTypeOf<string>()
