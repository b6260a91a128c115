// Types: checked by `npm test`, never run.

import type { Kysely } from 'kysely'
import {
  array,
  boolean,
  decimal,
  entity,
  id,
  integer,
  json,
  oneOf,
  type Row,
  reference,
  references,
  schema,
  text,
  timestamp,
} from '../1-contracts/index.ts'
import { paginate } from './cursor.ts'
import { database } from './database.ts'
import { many, one, withRelations } from './relations.ts'
import { search, searchRank } from './search.ts'
import { type DatabaseTables, table } from './table.ts'

type Equal<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2 ? true : false
const same = <Left, Right>(_equal: Equal<Left, Right>): void => {}

const User = entity('users', { id: id(), name: text(), managerId: reference('users').optional() })
const Tag = entity('tags', { id: id(), name: text().unique() })
const Post = entity('posts', {
  id: id(),
  authorId: reference('users'),
  title: text(),
  status: oneOf('draft', 'published').default('draft'),
  price: decimal({ scale: 2 }).nullable(),
  isPinned: boolean().default(false),
  place: json(schema({ city: text() })).optional(),
  marks: array(integer()),
  tags: references('tags'),
  createdAt: timestamp().default('now'),
})
const tables = {
  users: table(User),
  tags: table(Tag),
  posts: table(Post, { index: [['status', 'createdAt']], private: { note: text().optional(), score: integer() } }),
}
const db = database(tables)

type PublicPost = Row<typeof Post>

// Private columns are absent from Row, and from what takes all columns.
same<keyof PublicPost, Exclude<keyof typeof Post.fields, 'tags'>>(true)
const posts = await db.selectFrom('posts').selectAll().execute()
same<(typeof posts)[number], { [Name in keyof PublicPost]: PublicPost[Name] }>(true)
const returned = await db.updateTable('posts').set({ title: 'A' }).returningAll().execute()
same<(typeof returned)[number], { [Name in keyof PublicPost]: PublicPost[Name] }>(true)
const deleted = await db.deleteFrom('posts').returningAll().executeTakeFirstOrThrow()
same<typeof deleted, { [Name in keyof PublicPost]: PublicPost[Name] }>(true)
const inserted = await db
  .insertInto('posts')
  .values({ authorId: 'a', title: 'A', price: null, marks: [1], score: 1 })
  .returningAll()
  .executeTakeFirstOrThrow()
same<typeof inserted, { [Name in keyof PublicPost]: PublicPost[Name] }>(true)

// A private column is there by its name.
const { note, score } = await db.selectFrom('posts').select(['note', 'score']).executeTakeFirstOrThrow()
same<typeof note, string | null>(true)
same<typeof score, number>(true)

// Names, values and rows are those of the entities.
const [published] = await db
  .selectFrom('posts')
  .innerJoin('users', 'users.id', 'posts.authorId')
  .select(['posts.status', 'posts.price', 'posts.isPinned', 'posts.place', 'posts.createdAt', 'users.name as author'])
  .where('posts.status', '=', 'published')
  .execute()
same<
  NonNullable<typeof published>,
  {
    status: 'draft' | 'published'
    price: string | null
    isPinned: boolean
    place: { city: string } | null
    createdAt: Date
    author: string
  }
>(true)
// @ts-expect-error no such table
db.selectFrom('post')
// @ts-expect-error no such column
db.selectFrom('posts').select('titel')
// @ts-expect-error no such choice
db.selectFrom('posts').where('status', '=', 'gone')
// @ts-expect-error a title is missing
db.insertInto('posts').values({ authorId: 'a', price: null, marks: [], score: 1 })
// @ts-expect-error an id is never changed
db.updateTable('posts').set({ id: 'b' })
// @ts-expect-error an index over a column that is not there
table(Post, { index: [['titel']] })

// The table between posts and tags.
db.insertInto('posts_tags').values({ posts: 'p', tags: 't' })
// @ts-expect-error nobody refers to posts in this way
db.selectFrom('tags_posts')

// It is Kysely: what is made for Kysely takes it.
const kysely: Kysely<DatabaseTables<typeof tables>> = db
kysely.selectFrom('posts').select('title')

// Relations are rows of their own types.
const [loaded] = await withRelations(db.selectFrom('posts').select(['posts.id', 'authorId']), {
  author: one(db.selectFrom('users').select(['users.id', 'users.name']), { from: 'authorId' }),
  tags: many(
    db.selectFrom('tags').innerJoin('posts_tags', 'posts_tags.tags', 'tags.id').select(['tags.name', 'tags.id']),
    {
      to: 'posts_tags.posts',
      with: { posts: many(db.selectFrom('posts_tags').select('posts_tags.posts'), { to: 'posts_tags.tags' }) },
    },
  ),
})
same<NonNullable<typeof loaded>['author'], { id: string; name: string } | null>(true)
const name: string | undefined = loaded?.tags[0]?.name
const pair: string | undefined = loaded?.tags[0]?.posts[0]?.posts
withRelations(db.selectFrom('posts').select('posts.id'), {
  // @ts-expect-error the rows have no "title" to find the author by
  author: one(db.selectFrom('users').selectAll(), { from: 'title' }),
})
// @ts-expect-error no such column
many(db.selectFrom('tags').selectAll(), { to: 'postId' })

// A cursor is over columns of the query.
await paginate(db.selectFrom('posts').select('title'), { orderBy: [['createdAt', 'desc'], ['id']], size: 10 })
// @ts-expect-error no such column
await paginate(db.selectFrom('posts').select('title'), { orderBy: [['titel']], size: 10 })

export { name, pair }

// A table is searched by columns that it has, private ones too.
table(Post, { search: ['title', 'note'], private: { note: text().optional() } })
// @ts-expect-error: there is no such column.
table(Post, { search: ['titel'] })
// @ts-expect-error: many to many is no column, and has no words of its own.
table(Tag, { search: ['tags'] })
const found = db
  .selectFrom('posts')
  .select(['title', searchRank('posts', 'tea').as('rank')])
  .where(search('posts', 'tea'))
same<Awaited<ReturnType<typeof found.execute>>, { title: string; rank: number }[]>(true)
