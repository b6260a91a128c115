// The floor on SQLite: node:sqlite by hand, with statements that are prepared once, and dates and booleans converted.
import { DatabaseSync } from 'node:sqlite'
import { createId } from '../../src/1-contracts/index.ts'
import { type Open, settings, statements, written } from './candidate.ts'
import type { Joined, Post } from './rows.ts'

/** A row as SQLite has it, changed in place to what the app takes. */
function toPost(row: Record<string, unknown> | undefined): Post | undefined {
  if (!row) return undefined
  row['isPinned'] = row['isPinned'] === 1
  row['createdAt'] = new Date(row['createdAt'] as number)
  return row as unknown as Post
}

function toJoined(row: Record<string, unknown>): Joined {
  row['createdAt'] = new Date(row['createdAt'] as number)
  return row as unknown as Joined
}

export const open: Open = async (url, { users, posts }) => {
  const db = new DatabaseSync(url)
  db.exec(settings)
  db.exec(statements.sqlite + statements.indexes)
  const prepare = (name: Parameters<typeof written>[0]) => db.prepare(written(name, 'sqlite'))
  const [insertUser, insertPost, keyOf, listOf] = [
    prepare('insertUser'),
    prepare('insert'),
    prepare('key'),
    prepare('list'),
  ]
  const [joinOf, updateOf, voteOf] = [prepare('join'), prepare('update'), prepare('vote')]
  const [begin, commit, rollback] = ['begin immediate', 'commit', 'rollback'].map((text) => db.prepare(text))
  const insert = ({ authorId, title, body, isPinned, votes, createdAt }: Omit<Post, 'id'>, id = createId()) =>
    insertPost.get(id, authorId, title, body, isPinned ? 1 : 0, votes, createdAt.getTime())!['id']
  const key = (id: string) => toPost(keyOf.get(id))
  db.exec('begin')
  for (const { id, name } of users) insertUser.run(id, name)
  for (const { id, ...post } of posts) insert(post, id)
  db.exec('commit')
  return {
    insert: (post) => insert(post),
    key,
    list: (size) => listOf.all(size).map(toPost),
    join: (authorId) => joinOf.all(authorId).map(toJoined),
    update: (id, title, votes) => updateOf.run(title, votes, id),
    transaction: (post, id, votes) => {
      begin!.run()
      try {
        insert(post)
        voteOf.run(votes, id)
        const row = key(id)
        commit!.run()
        return row
      } catch (error) {
        rollback!.run()
        throw error
      }
    },
    close: () => db.close(),
  }
}
