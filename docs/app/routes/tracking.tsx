import type { PageProps } from 'layer9/routes'
import { Code } from '~/components/Code'

export const head = () => ({ title: 'What was read, what was written: Layer9' })

/** A statement, what it reads and what it writes. */
const recorded = [
  ["selectFrom('posts').where('id', '=', id)", 'the post of that id', 'nothing'],
  ["selectFrom('posts').where('votes', '>', 3)", 'all posts', 'nothing'],
  ['a join, subquery, with, union', 'each of its tables, as by itself', 'nothing'],
  ["insertInto('posts').values({ … })", 'nothing', 'the post of the id that is made'],
  ["updateTable('posts').where('id', 'in', ids)", 'the posts of these ids', 'the same'],
  ["deleteFrom('posts').where('id', '=', id)", 'the post of that id', 'it, and all that goes with it: comments, pairs'],
  ['raw SQL that says nothing', 'everything', 'everything'],
] as const

export default function TrackingPage(_props: PageProps<'/tracking'>) {
  return (
    <div class="prose">
      <h1>What was read, what was written</h1>
      <p class="lead">
        Whoever keeps a result has to know when it is old. The data layer knows: it sees which tables and rows a query
        reads, and every process hears which ones a commit has written.
      </p>

      <h2>What is recorded</h2>
      <p>
        Every query is looked at, once for all queries of a shape. Tables are recorded as a whole, or by keys where the
        statement shows constants for every column of the key. Where a condition could meet other rows too (
        <code>or</code>, <code>not</code>, half of a key) it is the whole table: more than is read, never less.
      </p>
      <table>
        <thead>
          <tr>
            <th>statement</th>
            <th>reads</th>
            <th>writes</th>
          </tr>
        </thead>
        <tbody>
          {recorded.map(([statement, reads, writes]) => (
            <tr>
              <td>
                <code>{statement}</code>
              </td>
              <td>{reads}</td>
              <td>{writes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Code file="app/contracts/post.ts">{`
import { entity, id, integer, reference, text } from 'layer9/contracts'

export const Post = entity('posts', { id: id(), title: text(), votes: integer().default(0) })

export const Comment = entity('comments', {
  id: id(),
  postId: reference('posts', { onDelete: 'cascade' }),
  body: text(),
})

export const Edit = entity('edits', { id: id(), title: text() })
`}</Code>
      <p>
        What the database does by itself nobody sees from here. Cascades are known from the entities; views, functions
        and triggers are told in <code>depends</code>: who reads <code>popular</code> reads posts and comments, and who
        writes posts writes edits too.
      </p>
      <Code file="app/data/db.ts">{`
import { database, table } from 'layer9/data'
import { Comment, Edit, Post } from '~/contracts/post'

const tables = { posts: table(Post), comments: table(Comment), edits: table(Edit) }

export const db = database(tables, {
  depends: { reads: { popular: ['posts', 'comments'] }, writes: { posts: ['edits'] } },
})
`}</Code>

      <h2>Raw SQL says what it does</h2>
      <p>
        SQL as text may do anything, so by itself it counts as reading and writing everything: right, and a pity for all
        that could have been kept. In development the log names its place. <code>db.raw()</code> is the same database
        for SQL that says which tables it reads and writes; what is left out it does not do. A fragment inside a query
        counts only where it has a query of its own.
      </p>
      <Code file="app/services/votes.ts">{`
import { sql } from 'kysely'
import { db } from '~/data/db'

export async function sumVotes(): Promise<number> {
  const query = sql<{ sum: number }>\`select cast(coalesce(sum(votes), 0) as integer) as sum from posts\`
  const { rows } = await query.execute(db.raw({ reads: ['posts'] }))
  return rows[0]?.sum ?? 0
}

export async function forgetVotes(): Promise<void> {
  await sql\`update posts set votes = 0\`.execute(db.raw({ writes: ['posts'] }))
}
`}</Code>

      <h2>Keep a result</h2>
      <p>
        <code>followReads()</code> runs something and gathers what it reads, in whatever functions.{' '}
        <code>isCurrent()</code> tells whether nothing of that was written since before the first read: only then the
        result may be kept, and only while it says so may it be used. It looks at no row, and asks no server.
      </p>
      <Code file="app/services/kept.ts">{`
import { type Followed, followReads } from 'layer9/data'
import { db } from '~/data/db'

const kept = new Map<string, Followed<unknown>>()

export async function keep<Value>(key: string, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key)
  // What stands under a key was loaded for it.
  if (known?.isCurrent()) return known.value as Value
  const followed = await followReads(db, load)
  if (followed.isCurrent()) kept.set(key, followed)
  else kept.delete(key)
  return followed.value
}
`}</Code>
      <p>
        A result that was read in a transaction which had begun before, or had written itself, is never current: nobody
        else sees what it has seen.
      </p>

      <h2>Hear of writes</h2>
      <p>
        Writes are gathered for each transaction and told when the outermost one is committed; a rollback tells nothing,
        a savepoint that is rolled back takes its own away. <code>onWrites()</code> hears of all of them, in the order
        of commits: of this process, and of all others that use the database. On Postgres they are told through the same
        transaction, by <code>NOTIFY</code>; a connection beside the pool listens, and when it was broken everything
        counts as written. Processes on one SQLite file tell each other by a table in it, which is written only while
        another one listens.
      </p>
      <Code file="app/services/tour.ts">{`
import { onWrites, type RowSetJson, touch } from 'layer9/data'
import { db } from '~/data/db'
import { keep } from '~/services/kept'
import { forgetVotes, sumVotes } from '~/services/votes'

export async function tour() {
  let loads = 0
  const heard: RowSetJson[] = []
  const { promise: last, resolve } = Promise.withResolvers<void>()
  const stop = await onWrites(db, (rows) => {
    heard.push(rows.toJSON())
    if (rows.tables[0] === 'edits') resolve()
  })
  const votes = async () =>
    await keep('votes', async () => {
      loads++
      return await sumVotes()
    })
  const add = async (title: string, votes: number) =>
    await db.insertInto('posts').values({ title, votes }).returning('id').executeTakeFirstOrThrow()

  const { id } = await add('Tea', 3)
  const first = [await votes(), await votes(), loads]
  // Comments are none of what was read.
  await db.insertInto('comments').values({ postId: id, body: 'Hot.' }).execute()
  const second = [await votes(), loads]
  await add('Coffee', 4)
  const third = [await votes(), loads]
  await forgetVotes()
  const fourth = [await votes(), loads]
  await touch(db, ['edits'])
  // Listening alone keeps no process alive: this one would end before it has heard the last.
  const alive = setInterval(() => {}, 1000)
  await last
  clearInterval(alive)
  stop()
  return { first, second, third, fourth, tables: heard.map((rows) => Object.keys(rows)) }
}
`}</Code>
      <Code output>{`
{
  "first": [3, 3, 1],
  "second": [3, 1],
  "third": [7, 2],
  "fourth": [0, 3],
  "tables": [["posts", "edits"], ["comments"], ["posts", "edits"], ["posts", "comments", "edits"], ["edits"]]
}
`}</Code>

      <h2>What other programs write</h2>
      <p>
        They do not use <code>db</code>, so nobody hears of it. <code>touch(db, ['posts'])</code> tells that a table was
        written, and so does a command: <code>layer9 db touch posts</code>. On Postgres triggers can do it, which{' '}
        <code>layer9 db generate --notify</code> writes into a migration: they tell of what comes over connections that
        are not the app's.
      </p>
    </div>
  )
}
