import { describe, expect, it } from 'vitest'
import {
  array,
  type Entity,
  entity,
  id,
  integer,
  json,
  reference,
  references,
  schema,
  text,
  timestamp,
} from './index.ts'

const Post = entity('posts', {
  id: id(),
  authorId: reference('users'),
  title: text({ min: 1, max: 9, label: 'Title' }),
  body: text({ multiline: true }).optional(),
  likes: integer({ min: 0 }).default(0),
})
const author = '01890a5d-ac96-774b-bcce-b302099a8057'

/** What a contract reads, or `path code` of what is wrong. */
function read(contract: Pick<Entity, '~standard'>, value: unknown): unknown {
  const result = contract['~standard'].validate(value)
  return result.issues ? result.issues.map(({ path, code }) => `${path.join('.')} ${code}`) : result.value
}

const names = (contract: { fields: object }): string[] => Object.keys(contract.fields)

describe('entity', () => {
  it('has a name, fields, and the id as its key', () => {
    expect(Post.name).toBe('posts')
    expect(Post.key).toEqual(['id'])
    expect(names(Post)).toEqual(['id', 'authorId', 'title', 'body', 'likes'])
    expect(Post.fields.title.description).toEqual({ kind: 'text', min: 1, max: 9, label: 'Title' })
  })

  it('is a schema of what a new row takes', () => {
    expect(read(Post, { authorId: author, title: 'a', more: 1 })).toEqual({ authorId: author, title: 'a', likes: 0 })
    expect(read(Post, { id: 'a', title: '', likes: -1 })).toEqual([
      'id id',
      'authorId required',
      'title required',
      'likes number.min',
    ])
  })

  it('may have another key, of several fields', () => {
    const fields = { orderId: reference('orders'), place: integer(), note: text().optional() }
    expect(entity('lines', fields, { key: ['orderId', 'place'] }).key).toEqual(['orderId', 'place'])
    expect(entity('albums', { number: integer(), publicId: id() }, { key: ['number'] }).key).toEqual(['number'])
  })
})

describe('pick', () => {
  it('has these fields alone, in the order of the entity', () => {
    const part = Post.pick('likes', 'title')
    expect(names(part)).toEqual(['title', 'likes'])
    expect(part.fields.title).toBe(Post.fields.title)
    expect(read(part, { title: 'a', authorId: author })).toEqual({ title: 'a', likes: 0 })
  })
})

describe('omit', () => {
  it('has all fields but these', () => {
    expect(names(Post.omit('id', 'authorId'))).toEqual(['title', 'body', 'likes'])
    expect(read(Post.omit('authorId'), { title: 'a', authorId: 'what' })).toEqual({ title: 'a', likes: 0 })
  })
})

describe('partial', () => {
  it('lets every field be left out, and fills in no defaults', () => {
    const change = Post.partial()
    expect(read(change, {})).toEqual({})
    expect(read(change, { likes: 3, body: null })).toEqual({ likes: 3, body: null })
    expect(read(change, { title: null, likes: -1 })).toEqual(['title required', 'likes number.min'])
  })

  it('says so in its descriptions', () => {
    const { id: key, likes } = Post.partial().fields
    expect(key.description).toEqual({ kind: 'id', unique: true, absent: true })
    expect(likes.description).toEqual({ kind: 'integer', min: 0, absent: true })
  })
})

describe('extend', () => {
  it('is the same entity with more fields, and others in the place of those of the same name', () => {
    const Longer = Post.extend({ pinned: timestamp().optional(), title: text({ max: 100 }) })
    expect(Longer.name).toBe('posts')
    expect(names(Longer)).toEqual(['id', 'authorId', 'title', 'body', 'likes', 'pinned'])
    expect(Longer.fields.title.description).toMatchObject({ max: 100 })
    expect(Longer.pick('title', 'pinned')).toMatchObject({ fields: { title: Longer.fields.title } })
  })

  it('keeps the key, which is looked at again', () => {
    const Line = entity('lines', { orderId: reference('orders'), place: integer() }, { key: ['orderId', 'place'] })
    expect(Line.extend({ note: text() }).key).toEqual(['orderId', 'place'])
    expect(() => Line.extend({ place: integer().optional() })).toThrow(
      expect.objectContaining({ code: 'CONTRACT_KEY' }),
    )
  })
})

describe('parts', () => {
  it('leave the entity as it was', () => {
    const before = structuredClone(Object.entries(Post.fields).map(([name, { description }]) => [name, description]))
    const { title } = Post.fields
    Post.pick('title').extend({ title: text() })
    Post.omit('title').partial()
    Post.extend({ title: integer() })
    title.optional().unique().default('a')
    const after = Object.entries(Post.fields).map(([name, { description }]) => [name, description])
    expect(after).toEqual(before)
    expect(Post.fields.title).toBe(title)
  })

  it('are not changed by what becomes of what they were made of', () => {
    const fields: Record<string, ReturnType<typeof text>> = { name: text() }
    const key: [string] = ['name']
    const User = entity('users', fields, { key })
    fields['more'] = text()
    key[0] = 'more'
    expect([names(User), User.key]).toEqual([['name'], ['name']])
  })
})

describe('mistakes', () => {
  const unsafe = (value: unknown): never => value as never
  const withKey = (key: readonly string[]) => () =>
    entity(
      'a',
      { b: integer(), n: integer().nullable(), j: json(schema({})), l: array(text()), r: references('a') },
      { key: unsafe(key) },
    )

  it.each([
    ['an upper-case name', () => entity('Posts', { id: id() }), 'CONTRACT_NAME', { name: 'Posts' }],
    ['no name', () => entity('', { id: id() }), 'CONTRACT_NAME', { name: '' }],
    ['a name of the database', () => entity('sqlite_a', { id: id() }), 'CONTRACT_NAME', { name: 'sqlite_a' }],
    ['a name that Postgres cuts off', () => entity('a'.repeat(64), { id: id() }), 'CONTRACT_NAME', {}],
    ['a field that is no name', () => schema({ 'a b': text() }), 'CONTRACT_FIELD_NAME', { name: 'a b' }],
    [
      'a field that all objects have',
      () => schema({ constructor: text() }),
      'CONTRACT_FIELD_NAME',
      { name: 'constructor' },
    ],
    [
      'a field as the prototype',
      () => schema(unsafe({ __proto__: text() })),
      'CONTRACT_FIELD_NAME',
      { name: '__proto__' },
    ],
    [
      'an own __proto__',
      () => schema(unsafe(JSON.parse('{"__proto__":1}'))),
      'CONTRACT_FIELD_NAME',
      { name: '__proto__' },
    ],
    ['no field', () => schema(unsafe({ a: 'text' })), 'CONTRACT_FIELD_INVALID', { name: 'a' }],
    ['no field in extend', () => Post.extend(unsafe({ a: 1 })), 'CONTRACT_FIELD_INVALID', { name: 'a' }],
    [
      'names that SQL takes for one',
      () => schema({ title: text(), Title: text() }),
      'CONTRACT_FIELD_TWICE',
      { name: 'Title', other: 'title' },
    ],
    [
      'the same in extend',
      () => Post.extend({ TITLE: text() }),
      'CONTRACT_FIELD_TWICE',
      { name: 'TITLE', other: 'title' },
    ],
    [
      'a name twice in pick',
      () => Post.pick('title', 'title'),
      'CONTRACT_FIELD_TWICE',
      { name: 'title', other: 'title' },
    ],
    [
      'an unknown field in pick',
      () => Post.pick(unsafe('titel')),
      'CONTRACT_FIELD_UNKNOWN',
      { name: 'titel', known: names(Post) },
    ],
    ['an inherited one', () => Post.omit(unsafe('toString')), 'CONTRACT_FIELD_UNKNOWN', { name: 'toString' }],
    [
      'no key',
      () => entity('a', { b: text() }),
      'CONTRACT_KEY',
      { name: 'a', key: [], reason: 'has no field that tells its rows apart' },
    ],
    ['two ids', () => entity('a', { b: id(), c: id() }), 'CONTRACT_KEY', { key: ['b', 'c'] }],
    ['an empty key', withKey([]), 'CONTRACT_KEY', { key: [] }],
    ['a key of no field', withKey(['x']), 'CONTRACT_KEY', { reason: 'has no field "x" for its key' }],
    ['a key of an inherited name', withKey(['toString']), 'CONTRACT_KEY', {}],
    ['a key that may be null', withKey(['n']), 'CONTRACT_KEY', { key: ['n'] }],
    ['a key of JSON', withKey(['j']), 'CONTRACT_KEY', { key: ['j'] }],
    ['a key of a list', withKey(['l']), 'CONTRACT_KEY', { key: ['l'] }],
    ['a key of a relation', withKey(['b', 'r']), 'CONTRACT_KEY', { key: ['b', 'r'] }],
    ['a key with a field twice', withKey(['b', 'b']), 'CONTRACT_KEY', { key: ['b', 'b'] }],
    [
      'null where there is none',
      () => entity('a', { id: id(), b: reference('a', { onDelete: 'set null' }) }),
      'CONTRACT_SET_NULL',
      { name: 'a', field: 'b' },
    ],
  ])('%s is refused', (_, make, code, data) => {
    expect(make).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining(data), fix: expect.any(String) }),
    )
  })

  it('are told in the words of the definition', () => {
    expect(() => schema({ title: text(), Title: text() })).toThrow(
      'The fields "title" and "Title" differ in case alone.',
    )
    expect(() => Post.pick(unsafe('titel'))).toThrow(
      'There is no field "titel": the contract has id, authorId, title, body, likes.',
    )
    expect(withKey(['n'])).toThrow('The entity "a" cannot have "n", which may be missing, in its key.')
  })
})
