// Layer9, as an app uses it.
// The framework's own: beside it lies that of another candidate.
import { sql } from '../../node_modules/kysely/dist/index.js'
import { boolean, entity, id, integer, reference, text, timestamp } from '../../src/1-contracts/index.ts'
import { createStatements } from '../../src/3-data/create.ts'
import { modelOf } from '../../src/3-data/database.ts'
import { type Database, type DatabaseTables, database, table } from '../../src/3-data/index.ts'
import type { Model } from '../../src/3-data/model.ts'
import type { Candidate, Open } from './candidate.ts'

const User = entity('users', { id: id(), name: text() })
const Post = entity('posts', {
  id: id(),
  authorId: reference('users'),
  title: text(),
  body: text(),
  isPinned: boolean(),
  votes: integer(),
  createdAt: timestamp(),
})
/** The tables of an app. */
export const tables = { users: table(User), posts: table(Post, { index: [['createdAt'], ['authorId', 'createdAt']] }) }

/** What an app does with its database. */
export async function candidate(
  db: Database<DatabaseTables<typeof tables>>,
  model: Model,
  { users, posts }: Parameters<Open>[1],
): Promise<Candidate> {
  for (const statement of createStatements(model, db.dialect)) await sql.raw(statement).execute(db)
  await db.transaction().execute(async () => {
    await db.insertInto('users').values(users).execute()
    for (let at = 0; at < posts.length; at += 1000)
      await db
        .insertInto('posts')
        .values(posts.slice(at, at + 1000))
        .execute()
  })
  const insert: Candidate['insert'] = async (post) =>
    (await db.insertInto('posts').values(post).returning('id').executeTakeFirstOrThrow()).id
  const key = async (id: string) => await db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    insert,
    key,
    list: async (size) => await db.selectFrom('posts').selectAll().orderBy('createdAt', 'desc').limit(size).execute(),
    join: async (authorId) =>
      await db
        .selectFrom('posts')
        .innerJoin('users', 'users.id', 'posts.authorId')
        .select(['posts.id', 'title', 'createdAt', 'name'])
        .where('authorId', '=', authorId)
        .orderBy('createdAt', 'desc')
        .limit(20)
        .execute(),
    update: async (id, title, votes) =>
      await db.updateTable('posts').set({ title, votes }).where('id', '=', id).execute(),
    transaction: async (post, id, votes) =>
      await db.transaction().execute(async () => {
        await insert(post)
        await db.updateTable('posts').set({ votes }).where('id', '=', id).execute()
        return await key(id)
      }),
    close: async () => await db.destroy(),
  }
}

export const open: Open = async (url, rows) => {
  const db = database(tables, { url })
  return await candidate(db, modelOf(db), rows)
}
