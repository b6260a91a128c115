import { expectTypeOf } from 'vitest'
import {
  type Contract,
  date,
  decimal,
  type Entity,
  entity,
  type Infer,
  type InferInput,
  type Insert,
  id,
  integer,
  json,
  oneOf,
  type Row,
  reference,
  references,
  type Schema,
  type StandardSchema,
  schema,
  text,
  timestamp,
  type Update,
} from './index.ts'

export const Post = entity('posts', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  title: text({ max: 200 }).unique(),
  bio: text().optional(),
  ended: date().nullable(),
  status: oneOf('draft', 'published').default('draft'),
  createdAt: timestamp().default('now'),
  price: decimal({ scale: 2 }),
  extra: json(schema({ seen: integer().optional() })),
  tags: references('tags'),
})

// A row has every column, and no relation.
interface PostRow {
  id: string
  authorId: string
  title: string
  bio: string | null
  ended: string | null
  status: 'draft' | 'published'
  createdAt: Date
  price: string
  extra: { seen?: number | null | undefined }
}
expectTypeOf<Row<typeof Post>>().toEqualTypeOf<PostRow>()

// An insert may leave out what is made, has a default or may be absent.
expectTypeOf<Insert<typeof Post>>().toEqualTypeOf<{
  id?: string | undefined
  authorId: string
  title: string
  bio?: string | null | undefined
  ended: string | null
  status?: 'draft' | 'published' | undefined
  createdAt?: Date | undefined
  price: string
  extra: { seen?: number | null | undefined }
}>()

// An update may name any of the columns but the id.
expectTypeOf<Update<typeof Post>>().toEqualTypeOf<Partial<Omit<PostRow, 'id'>>>()

// As an input it has the relation too; what it gives has its defaults.
expectTypeOf<Infer<typeof Post>>().toEqualTypeOf<{
  id?: string | undefined
  authorId: string
  title: string
  bio?: string | null | undefined
  ended: string | null
  status: 'draft' | 'published'
  createdAt: Date
  price: string
  extra: { seen?: number | null | undefined }
  tags: string[]
}>()
expectTypeOf<InferInput<typeof Post>>().toEqualTypeOf<
  Insert<typeof Post> & { tags: string[] } extends infer All ? { [Name in keyof All]: All[Name] } : never
>()

// Parts.
const Picked = Post.pick('title', 'status')
expectTypeOf<Infer<typeof Picked>>().toEqualTypeOf<{ title: string; status: 'draft' | 'published' }>()
expectTypeOf<InferInput<typeof Picked>>().toEqualTypeOf<{ title: string; status?: 'draft' | 'published' | undefined }>()
// @ts-expect-error no such field
Post.pick('titel')

const Omitted = Post.omit('id', 'tags', 'extra', 'price', 'createdAt', 'ended', 'authorId')
expectTypeOf<Infer<typeof Omitted>>().toEqualTypeOf<{
  title: string
  bio?: string | null | undefined
  status: 'draft' | 'published'
}>()
// @ts-expect-error no such field
Post.omit('titel')

const Change = Post.pick('title', 'bio', 'ended', 'status').partial()
interface ChangeInput {
  title?: string | undefined
  bio?: string | null | undefined
  ended?: string | null | undefined
  status?: 'draft' | 'published' | undefined
}
expectTypeOf<InferInput<typeof Change>>().toEqualTypeOf<ChangeInput>()
expectTypeOf<Infer<typeof Change>>().toEqualTypeOf<ChangeInput>()

// Parts of parts, and more fields, of which the later ones win.
const More = Picked.extend({ page: integer().default(1), status: oneOf('gone') })
expectTypeOf<Infer<typeof More>>().toEqualTypeOf<{ title: string; page: number; status: 'gone' }>()
const Longer = entity('notes', { id: id(), text: text() }).extend({ pinned: date().optional(), text: integer() })
expectTypeOf<Row<typeof Longer>>().toEqualTypeOf<{ id: string; pinned: string | null; text: number }>()
expectTypeOf(Longer.name).toEqualTypeOf<'notes'>()
// @ts-expect-error a field is made by a function
Picked.extend({ page: 1 })

// To itself, and to each other: references name entities, so that no type waits for another.
export const Employee = entity('employees', { id: id(), bossId: reference('employees').optional() })
expectTypeOf<Row<typeof Employee>>().toEqualTypeOf<{ id: string; bossId: string | null }>()
export const Team = entity('teams', { id: id(), leadId: reference('members') })
export const Member = entity('members', {
  id: id(),
  teamId: reference('teams').optional(),
  friends: references('members'),
})
expectTypeOf<Row<typeof Team>>().toEqualTypeOf<{ id: string; leadId: string }>()
expectTypeOf<Row<typeof Member>>().toEqualTypeOf<{ id: string; teamId: string | null }>()

// Keys that are no ids.
export const Line = entity(
  'lines',
  { orderId: reference('orders'), place: integer(), trackId: reference('tracks', { key: integer() }) },
  { key: ['orderId', 'place'] },
)
expectTypeOf<Row<typeof Line>>().toEqualTypeOf<{ orderId: string; place: number; trackId: number }>()
expectTypeOf<Insert<typeof Line>>().toEqualTypeOf<Row<typeof Line>>()
expectTypeOf<Update<typeof Line>>().toEqualTypeOf<Partial<Row<typeof Line>>>()
// @ts-expect-error no such field
entity('lines', { place: integer() }, { key: ['plaice'] })
// @ts-expect-error a key has a field
entity('lines', { place: integer() }, { key: [] })
// @ts-expect-error a field is made by a function
entity('lines', { id: id(), place: 1 })

// An entity is one of any, a contract, and a schema; a part is no entity.
expectTypeOf<typeof Post>().toExtend<Entity>()
expectTypeOf<typeof Post>().toExtend<Contract>()
expectTypeOf<typeof Post>().toExtend<StandardSchema>()
expectTypeOf<typeof Picked>().toExtend<Schema>()
expectTypeOf<typeof Picked>().not.toExtend<Entity>()
