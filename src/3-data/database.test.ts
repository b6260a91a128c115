import { Kysely, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { array, entity, file, id, integer, json, reference, references, text } from '../1-contracts/index.ts'
import { disposeAll } from '../2-platform/index.ts'
import { createStatements } from './create.ts'
import { database, modelOf } from './database.ts'
import { anything } from './migrate/migration.ts'
import { readModel } from './model.ts'
import { type Table, table } from './table.ts'

const User = entity('users', { id: id(), name: text() })
const Post = entity('posts', { id: id(), authorId: reference('users'), title: text() })

const refused = (tables: Record<string, Table>) => {
  try {
    readModel(tables, 'sqlite')
  } catch (error) {
    return error
  }
  return undefined
}

describe('database', () => {
  it('is a Kysely instance', async () => {
    const db = database({ users: table(User), posts: table(Post) }, { url: ':memory:' })
    expect(db).toBeInstanceOf(Kysely)
    const query = db.selectFrom('posts').select('title').where('title', 'in', ['a', 'b']).compile()
    expect(query).toMatchObject({ sql: 'select "title" from "posts" where "title" in (?, ?)', parameters: ['a', 'b'] })
    await db.destroy()
  })

  it('is opened by the first query alone', () => {
    expect(() => database({ users: table(User) }, { url: '/nowhere/at/all.db' })).not.toThrow()
  })

  it('is closed with the server', async () => {
    const db = database({ users: table(User) }, { url: ':memory:' })
    await sql`select 1`.execute(db)
    await disposeAll()
    await expect(sql`select 1`.execute(db)).rejects.toThrow()
  })

  it('has its tables under the names of their entities', () => {
    expect(refused({ people: table(User) as unknown as Table })).toMatchObject({
      code: 'DATA_TABLE_NAME',
      data: { given: 'people', name: 'users' },
    })
  })
})

describe('references', () => {
  it('name tables that are there', () => {
    const Wrong = entity('posts', { id: id(), authorId: reference('user') })
    expect(refused({ users: table(User), posts: table(Wrong) })).toMatchObject({
      code: 'DATA_REFERENCE_UNKNOWN',
      message: '"authorId" of "posts" refers to "user", which the database does not have: "users" is near.',
      data: { table: 'posts', column: 'authorId', to: 'user', nearest: 'users' },
    })
    const Lost = entity('posts', { id: id(), tags: references('labels') })
    expect(refused({ posts: table(Lost) })).toMatchObject({ data: { to: 'labels', nearest: undefined } })
  })

  it('hold what the key of the other table is', () => {
    const Numbered = entity('numbered', { number: integer() }, { key: ['number'] })
    const Wrong = entity('posts', { id: id(), numberedId: reference('numbered') })
    expect(refused({ numbered: table(Numbered), posts: table(Wrong) })).toMatchObject({
      code: 'DATA_REFERENCE_KEY',
      data: { key: ['number'] },
    })
    const Right = entity('posts', { id: id(), numberedId: reference('numbered', { key: integer() }) })
    expect(refused({ numbered: table(Numbered), posts: table(Right) })).toBe(undefined)
    const Pair = entity('pairs', { one: integer(), two: integer() }, { key: ['one', 'two'] })
    const ToPair = entity('posts', { id: id(), pair: reference('pairs', { key: integer() }) })
    expect(refused({ pairs: table(Pair), posts: table(ToPair) })).toMatchObject({ code: 'DATA_REFERENCE_KEY' })
  })

  it('are set to null only where they may be', () => {
    const posts = table(Post, { private: { editorId: reference('users', { onDelete: 'set null' }) } })
    expect(refused({ users: table(User), posts })).toMatchObject({
      code: 'DATA_REFERENCE_NULL',
      data: { table: 'posts', column: 'editorId' },
    })
  })
})

describe('table', () => {
  it('has indexes', () => {
    const posts = table(Post, { index: [['title', 'authorId']], unique: [['authorId', 'title']] })
    const model = readModel({ users: table(User), posts }, 'sqlite').get('posts')
    // A unique one that begins with a reference serves for it too.
    expect(model).toMatchObject({ index: [['title', 'authorId']], unique: [['authorId', 'title']] })
    expect(readModel({ users: table(User), posts: table(Post) }, 'sqlite').get('posts')?.index).toEqual([['authorId']])
  })

  it('has indexes over its own columns', () => {
    const posts = table(Post, { index: [['titel' as 'title']] })
    expect(refused({ users: table(User), posts })).toMatchObject({
      code: 'DATA_COLUMN_UNKNOWN',
      data: { table: 'posts', column: 'titel', nearest: 'title' },
    })
  })

  it.each([
    ['json', json(anything)],
    ['json', file()],
    ['array', array(text())],
    ['many to many', references('users')],
  ])('keeps nothing unique that is no single value: %s', (kind, field) => {
    const Told = entity('posts', { id: id(), told: field.unique() })
    const error = { code: 'DATA_COLUMN_UNORDERED', data: { table: 'posts', column: 'told', kind } }
    expect(refused({ users: table(User), posts: table(Told) as unknown as Table })).toMatchObject(error)
    if (kind === 'many to many') return
    const Plain = entity('posts', { id: id(), title: text(), told: field })
    for (const options of [{ index: [['title', 'told']] }, { unique: [['title', 'told']] }] as const)
      expect(refused({ users: table(User), posts: table(Plain, options) as unknown as Table })).toMatchObject(error)
  })

  it('has every name once, in whatever case', () => {
    const twice = (fields: Record<string, ReturnType<typeof text>>) =>
      refused({ users: table(User, { private: fields }) })
    expect(twice({ name: text() })).toMatchObject({ code: 'DATA_COLUMN_TWICE', data: { column: 'name' } })
    expect(twice({ NAME: text() })).toMatchObject({
      code: 'DATA_COLUMN_TWICE',
      data: { column: 'NAME', other: 'name' },
    })
  })

  it('keeps many to many in its entity', () => {
    expect(refused({ users: table(User, { private: { friends: references('users') } }) })).toMatchObject({
      code: 'DATA_COLUMN_JOIN',
    })
  })
})

describe('private columns', () => {
  const users = table(User, { private: { secret: text().optional() } })
  const db = database({ users, posts: table(Post) }, { url: 'postgres://localhost/any' })
  const { fn } = db

  it('are in no row that a query takes as a whole', () => {
    const queries = [
      () => db.selectFrom('users').select(fn.jsonAgg('users').as('all')),
      () => db.selectFrom('users as u').select((eb) => eb.fn.jsonAgg('u').as('all')),
      () => db.selectFrom('users').select(fn.toJson('users').as('one')),
      () => db.selectFrom('users').select((eb) => eb.table('users').as('one')),
      () =>
        db.selectFrom('users').select((eb) =>
          eb
            .selectFrom('posts')
            .select(fn.toJson('users' as 'posts').as('one'))
            .as('inside'),
        ),
    ]
    for (const query of queries)
      expect(() => query().compile()).toThrow(
        expect.objectContaining({ code: 'DATA_ROW_PRIVATE', data: { table: 'users' } }),
      )
  })

  it('are no matter of rows that have none, or that another query selects', () => {
    expect(db.selectFrom('posts').select(fn.jsonAgg('posts').as('all')).compile().sql).toContain('json_agg("posts")')
    const seen = db.selectFrom(db.selectFrom('users').selectAll().as('users')).select(fn.jsonAgg('users').as('all'))
    expect(seen.compile().sql).not.toContain('secret')
  })
})

describe('a query that writes nothing', () => {
  const db = database({ users: table(User) }, { url: ':memory:' })

  it.each([
    ['rows', () => db.insertInto('users').values([])],
    ['columns', () => db.updateTable('users').set({}).where('name', '=', 'Ada')],
  ] as const)('is refused before it is asked, for its %s', (lacks, query) => {
    const refusal = expect.objectContaining({ code: 'DATA_WRITES_NOTHING', data: { table: 'users', lacks } })
    expect(() => query().compile()).toThrow(refusal)
  })
})

describe('createStatements', () => {
  const Ada = entity('people', { id: id(), petId: reference('pets').optional(), name: text().unique() })
  const Pet = entity('pets', { id: id(), ownerId: reference('people'), friends: references('pets') })
  const of = (dialect: 'sqlite' | 'postgres') =>
    createStatements(readModel({ people: table(Ada), pets: table(Pet) }, dialect), dialect).map((one) =>
      one.replaceAll(/\s+/g, ' '),
    )

  it('make a circle of references inline on SQLite', () => {
    expect(of('sqlite')).toEqual([
      'create table "pets" ( "id" text not null, "ownerId" text not null, constraint "pets_pkey" primary key ("id"), constraint "pets_ownerId_reference" foreign key ("ownerId") references "people" ("id") on delete restrict ) strict',
      'create index "pets_ownerId_index" on "pets" ("ownerId")',
      'create table "people" ( "id" text not null, "petId" text, "name" text not null, constraint "people_pkey" primary key ("id"), constraint "people_petId_reference" foreign key ("petId") references "pets" ("id") on delete restrict ) strict',
      'create unique index "people_name_unique" on "people" ("name")',
      'create index "people_petId_index" on "people" ("petId")',
      'create table "pets_friends" ( "pets" text not null, "friends" text not null, constraint "pets_friends_pkey" primary key ("pets", "friends"), constraint "pets_friends_pets_reference" foreign key ("pets") references "pets" ("id") on delete cascade, constraint "pets_friends_friends_reference" foreign key ("friends") references "pets" ("id") on delete cascade ) strict',
      'create index "pets_friends_friends_index" on "pets_friends" ("friends")',
    ])
  })

  it('make it afterwards on Postgres', () => {
    const statements = of('postgres')
    expect(statements[0]).toBe(
      'create table "pets" ( "id" uuid not null, "ownerId" uuid not null, constraint "pets_pkey" primary key ("id") )',
    )
    expect(statements).toContain('create index "people_petId_index" on "people" ("petId" nulls first)')
    expect(statements.at(-1)).toBe(
      'alter table "pets" add constraint "pets_ownerId_reference" foreign key ("ownerId") references "people" ("id") on delete restrict',
    )
  })

  it('keep long names apart, within what Postgres keeps of them', () => {
    const long = 'x'.repeat(50)
    const Long = entity(`${long}`, { id: id(), [`${long}a`]: text().unique(), [`${long}b`]: text().unique() })
    const names = createStatements(readModel({ [long]: table(Long) }, 'postgres'), 'postgres')
      .slice(1)
      .map((one) => /"([^"]+)"/.exec(one)![1]!)
    expect(new Set(names).size).toBe(2)
    expect(names.every((one) => one.length <= 63)).toBe(true)
  })
})

describe('modelOf', () => {
  it('is that of a database of database()', () => {
    const db = database({ users: table(User) }, { url: ':memory:' })
    expect([...modelOf(db).keys()]).toEqual(['users'])
    expect(() => modelOf({})).toThrow(TypeError)
  })
})
