// better-sqlite3 by hand, as node-sqlite.ts.
import Database from 'better-sqlite3'
import { createId } from '../../../src/1-contracts/index.ts'
import { type Open, settings, statements, written } from '../candidate.ts'
import type { Post } from '../rows.ts'

type Row = Record<string, unknown>

function toPost(row: Row | undefined): unknown {
  if (!row) return undefined
  row['isPinned'] = row['isPinned'] === 1
  row['createdAt'] = new Date(row['createdAt'] as number)
  return row
}

function toJoined(row: Row): unknown {
  row['createdAt'] = new Date(row['createdAt'] as number)
  return row
}

/** Opens a database with the rows of all candidates in it. */
export function fill(url: string, { users, posts }: Parameters<Open>[1]): Database.Database {
  const db = new Database(url)
  db.exec(settings)
  db.exec(statements.sqlite + statements.indexes)
  const insertUser = db.prepare(written('insertUser', 'sqlite'))
  const insertPost = db.prepare(written('insert', 'sqlite'))
  db.transaction(() => {
    for (const { id, name } of users) insertUser.run(id, name)
    for (const { id, authorId, title, body, isPinned, votes, createdAt } of posts)
      insertPost.get(id, authorId, title, body, isPinned ? 1 : 0, votes, createdAt.getTime())
  })()
  return db
}

export const open: Open = async (url, rows) => {
  const db = fill(url, rows)
  const prepare = (name: Parameters<typeof written>[0]) => db.prepare(written(name, 'sqlite'))
  const [insertPost, keyOf, listOf, joinOf] = [prepare('insert'), prepare('key'), prepare('list'), prepare('join')]
  const [updateOf, voteOf] = [prepare('update'), prepare('vote')]
  const insert = ({ authorId, title, body, isPinned, votes, createdAt }: Omit<Post, 'id'>) =>
    (insertPost.get(createId(), authorId, title, body, isPinned ? 1 : 0, votes, createdAt.getTime()) as Row)['id']
  const key = (id: string) => toPost(keyOf.get(id) as Row | undefined)
  const transact = db.transaction((post: Omit<Post, 'id'>, id: string, votes: number) => {
    insert(post)
    voteOf.run(votes, id)
    return key(id)
  })
  return {
    insert,
    key,
    list: (size) => (listOf.all(size) as Row[]).map(toPost),
    join: (authorId) => (joinOf.all(authorId) as Row[]).map(toJoined),
    update: (id, title, votes) => updateOf.run(title, votes, id),
    transaction: (post, id, votes) => transact.immediate(post, id, votes),
    close: () => db.close(),
  }
}
