import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { entity, id, reference, references, text, timestamp } from '../1-contracts/index.ts'
import { createStatements } from './create.ts'
import { database, modelOf } from './database.ts'
import { many, one, withRelations } from './relations.ts'
import { table } from './table.ts'

const User = entity('users', { id: id(), name: text(), seenAt: timestamp().default('now') })
const Tag = entity('tags', { id: id(), name: text() })
const Post = entity('posts', {
  id: id(),
  authorId: reference('users').optional(),
  title: text(),
  tags: references('tags'),
})

const db = database({ users: table(User), tags: table(Tag), posts: table(Post) }, { url: ':memory:' })

beforeAll(async () => {
  for (const statement of createStatements(modelOf(db), 'sqlite')) await sql.raw(statement).execute(db)
  const author = await db.insertInto('users').values({ name: 'Ada' }).returning('id').executeTakeFirstOrThrow()
  const posts = await db
    .insertInto('posts')
    .values([{ authorId: author.id, title: 'a' }, { authorId: author.id, title: 'b' }, { title: 'c' }])
    .returning('id')
    .execute()
  const tags = await db
    .insertInto('tags')
    .values([{ name: 'x' }, { name: 'y' }])
    .returning('id')
    .execute()
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 1],
  ] as const
  for (const [post, tag] of pairs)
    await db.insertInto('posts_tags').values({ posts: posts[post]!.id, tags: tags[tag]!.id }).execute()
})

describe('with', () => {
  const titles = db.selectFrom('posts').select(['posts.id', 'posts.title', 'authorId']).orderBy('title')

  it('gives the one row that a row refers to, or null', async () => {
    const rows = await withRelations(titles, {
      author: one(db.selectFrom('users').select('users.name'), { from: 'authorId' }),
    })
    expect(rows.map(({ title, author }) => [title, author])).toEqual([
      ['a', { name: 'Ada' }],
      ['b', { name: 'Ada' }],
      ['c', null],
    ])
  })

  it('gives the rows that refer to a row, as their query sorts them', async () => {
    const posts = db.selectFrom('posts').select('posts.title').orderBy('title', 'desc')
    const [user] = await withRelations(db.selectFrom('users').selectAll(), { posts: many(posts, { to: 'authorId' }) })
    expect(user).toMatchObject({ name: 'Ada', seenAt: expect.any(Date), posts: [{ title: 'b' }, { title: 'a' }] })
  })

  it('gives many to many, from both sides', async () => {
    const tags = db
      .selectFrom('tags')
      .innerJoin('posts_tags', 'posts_tags.tags', 'tags.id')
      .select('tags.name')
      .orderBy('tags.name')
    const rows = await withRelations(titles, { tags: many(tags, { to: 'posts_tags.posts' }) })
    expect(rows.map((row) => row.tags.map(({ name }) => name))).toEqual([['x', 'y'], ['y'], []])
    const posts = db
      .selectFrom('posts')
      .innerJoin('posts_tags', 'posts_tags.posts', 'posts.id')
      .select('posts.title')
      .orderBy('title')
    const back = await withRelations(db.selectFrom('tags').selectAll().orderBy('name'), {
      posts: many(posts, { to: 'posts_tags.tags' }),
    })
    expect(back.map((row) => row.posts.map(({ title }) => title))).toEqual([['a'], ['a', 'b']])
  })

  it('gives relations of relations', async () => {
    const author = one(db.selectFrom('users').select(['users.id', 'users.name']), {
      from: 'authorId',
      with: { posts: many(db.selectFrom('posts').select('posts.title').orderBy('title'), { to: 'authorId' }) },
    })
    const [row] = await withRelations(titles, { author })
    expect(row?.author?.posts).toEqual([{ title: 'a' }, { title: 'b' }])
  })

  it('adds nothing to the rows of a relation', async () => {
    const [row] = await withRelations(titles, {
      author: one(db.selectFrom('users').select('users.name'), { from: 'authorId' }),
    })
    expect(Object.keys(row!.author!)).toEqual(['name'])
  })

  it('sends no statement where no row refers to anything', async () => {
    const nothing = db.selectFrom('posts').select(['id', 'authorId']).where('authorId', 'is', null)
    // A query of a table that is not there would throw.
    const broken = db.withTables<{ nowhere: { id: string } }>().selectFrom('nowhere').select('id')
    expect(await withRelations(nothing, { author: one(broken, { from: 'authorId' }) })).toMatchObject([
      { author: null },
    ])
  })

  it('refuses a limit, which would be one of all rows together', async () => {
    const limited = many(db.selectFrom('posts').selectAll().limit(3), { to: 'authorId' })
    const loaded = withRelations(db.selectFrom('users').selectAll(), { posts: limited })
    await expect(loaded).rejects.toMatchObject({ code: 'DATA_RELATION_LIMIT' })
  })
})
