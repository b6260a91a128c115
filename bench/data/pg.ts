// The floor on Postgres: a pool of `pg` by hand. It makes dates of moments by itself.
import pg from 'pg'
import { createId } from '../../src/1-contracts/index.ts'
import { type Open, statements, written } from './candidate.ts'
import type { Post } from './rows.ts'

type Queryable = Pick<pg.Pool, 'query'>
const text = {
  insert: written('insert', 'postgres'),
  key: written('key', 'postgres'),
  list: written('list', 'postgres'),
  join: written('join', 'postgres'),
  update: written('update', 'postgres'),
  vote: written('vote', 'postgres'),
}

/** Makes and fills the tables of whoever does not make its own. */
export const fill: (...given: Parameters<Open>) => Promise<void> = async (url, { users, posts }) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statements.postgres)
  await client.query('insert into "users" select * from json_populate_recordset(null::"users", $1)', [
    JSON.stringify(users),
  ])
  await client.query('insert into "posts" select * from json_populate_recordset(null::"posts", $1)', [
    JSON.stringify(posts),
  ])
  await client.query(statements.indexes)
  await client.end()
}

const insertWith = async (
  queryable: Queryable,
  { authorId, title, body, isPinned, votes, createdAt }: Omit<Post, 'id'>,
): Promise<unknown> =>
  (await queryable.query(text.insert, [createId(), authorId, title, body, isPinned, votes, createdAt])).rows[0].id

export const open: Open = async (url, rows) => {
  await fill(url, rows)
  const pool = new pg.Pool({ connectionString: url })
  return {
    insert: async (post) => await insertWith(pool, post),
    key: async (id) => (await pool.query(text.key, [id])).rows[0],
    list: async (size) => (await pool.query(text.list, [size])).rows,
    join: async (authorId) => (await pool.query(text.join, [authorId])).rows,
    update: async (id, title, votes) => await pool.query(text.update, [title, votes, id]),
    transaction: async (post, id, votes) => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        await insertWith(client, post)
        await client.query(text.vote, [votes, id])
        const { rows } = await client.query(text.key, [id])
        await client.query('commit')
        return rows[0]
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    close: async () => await pool.end(),
  }
}
