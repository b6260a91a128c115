// What is recorded of reads and writes, and who hears of it, the same on both databases.
import { type CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { entity, id, integer, reference, references, text } from '../src/1-contracts/index.ts'
import { connect } from '../src/3-data/connect.ts'
import { database, modelOf } from '../src/3-data/database.ts'
import type { Database } from '../src/3-data/kysely.ts'
import { migrate, rollback } from '../src/3-data/migrate/migrate.ts'
import { generateNotify } from '../src/3-data/migrate/notify.ts'
import { type DatabaseTables, table } from '../src/3-data/table.ts'
import { findAccess } from '../src/3-data/track/access.ts'
import { followReads, onWrites, touch, versionsOf } from '../src/3-data/track/follow.ts'
import { RowSet, type RowSetJson } from '../src/3-data/track/row-set.ts'
import { databases, emptyDatabase, openTables } from './harness/databases.ts'
import { readMigration } from './harness/migrations.ts'
import { askServer, hasPostgres } from './harness/postgres.ts'
import { createRandom, eachCase } from './harness/random.ts'
import { fill, Statements, snapshot, statementTables } from './harness/statements.ts'

const User = entity('users', { id: id(), name: text() })
const Post = entity('posts', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  editorId: reference('users', { onDelete: 'set null' }).optional(),
  title: text(),
  votes: integer().default(0),
  tags: references('tags'),
})
const Tag = entity('tags', { id: id(), name: text() })
const Comment = entity('comments', { id: id(), postId: reference('posts', { onDelete: 'cascade' }), body: text() })
const Label = entity('labels', { name: text() }, { key: ['name'] })
const tables = {
  users: table(User),
  posts: table(Post),
  tags: table(Tag),
  comments: table(Comment),
  labels: table(Label),
}

const ids = Array.from({ length: 4 }, (_, at) => `01900000-0000-7000-8000-00000000000${at}`)
const [a, b] = ids as [string, string]

describe.each(databases)('on %s', (name) => {
  if (name === 'Postgres' && !hasPostgres()) return void it.skip('needs a server')
  let db: Database<DatabaseTables<typeof tables>>
  let url: string
  const heard: RowSetJson[] = []
  let stop = () => {}

  beforeAll(async () => {
    url = await emptyDatabase(name)
    db = await openTables(name, tables, url)
    stop = await onWrites(db, (rows) => heard.push(rows.toJSON()))
  })
  afterAll(async () => {
    stop()
    await db?.destroy()
  })

  /** What is heard of something, and nothing else: a mark behind it tells when all of it was heard. */
  async function hearOf(work: () => Promise<unknown>): Promise<RowSetJson[]> {
    heard.length = 0
    await work()
    await touch(db, ['tags'])
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ tags: 0, posts_tags: 0 }))
    return heard.splice(0).slice(0, -1)
  }

  it('tells of statements by themselves', async () => {
    const told = await hearOf(async () => {
      await db.insertInto('users').values({ id: a, name: 'Ada' }).execute()
      await db.updateTable('users').set({ name: 'Ada L.' }).where('id', '=', a).execute()
      await sql`update users set name = ${'x'}`.execute(db)
      await sql`update users set name = 'y'; select 1`.execute(db).catch(() => {})
      await sql`update users set name = 'z'`.execute(db.raw({ writes: ['users'] }))
      await db.connection().execute(async (own) => await own.deleteFrom('users').where('id', '=', a).execute())
      const { numDeletedRows } = await db.deleteFrom('comments').executeTakeFirstOrThrow()
      expect(numDeletedRows).toBe(0n)
    })
    const deleted = { users: [a], posts: 0, posts_tags: 0, comments: 0 }
    expect(told.filter((one) => one !== 0)).toEqual([
      { users: [a] },
      { users: [a] },
      { users: 0, posts: 0, posts_tags: 0, comments: 0 },
      deleted,
      { comments: 0 },
    ])
    expect(told.filter((one) => one === 0).length).toBeGreaterThan(0)
  })

  describe('transactions', () => {
    it('publish after the outermost commit', async () => {
      const told = await hearOf(async () => {
        await db.transaction().execute(async () => {
          await db.insertInto('users').values({ id: a, name: 'Ada' }).execute()
          await db.transaction().execute(async () => await db.deleteFrom('comments').execute())
          await db.outside.selectFrom('users').selectAll().execute()
          expect(heard).toEqual([])
        })
        const byHand = await db.startTransaction().execute()
        await byHand.insertInto('users').values({ id: b, name: 'Bob' }).execute()
        await byHand.commit().execute()
      })
      expect(told).toEqual([{ users: [a], comments: 0 }, { users: [b] }])
    })

    it('publish nothing when rolled back', async () => {
      const told = await hearOf(async () => {
        const failing = db.transaction().execute(async () => {
          await db.deleteFrom('users').execute()
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        await expect(db.insertInto('users').values({ id: a, name: 'twice' }).execute()).rejects.toThrow()
        const reading = db.transaction().setAccessMode('read only')
        await reading.execute(async (trx) => await sql`select 1`.execute(trx))
        // A statement that is refused at the commit.
        const byHand = await db.startTransaction().execute()
        await byHand.deleteFrom('comments').execute()
        await byHand.rollback().execute()
      })
      expect(told).toEqual([])
      expect(await db.selectFrom('users').select('id').execute()).toHaveLength(2)
    })

    it('forget what a savepoint took back', async () => {
      const told = await hearOf(async () => {
        await db.transaction().execute(async () => {
          await db.updateTable('users').set({ name: 'x' }).where('id', '=', a).execute()
          const inner = db.transaction().execute(async () => {
            await db.deleteFrom('comments').execute()
            throw new Error('no')
          })
          await expect(inner).rejects.toThrow('no')
          await db.transaction().execute(async () => {
            await db.updateTable('users').set({ name: 'x' }).where('id', '=', b).execute()
          })
        })
      })
      expect(told).toEqual([{ users: [a, b] }])
    })
  })

  describe('versions', () => {
    it('have moved when whoever wrote goes on', async () => {
      const before = await versionsOf(db, ['users', 'tags'])
      expect(await versionsOf(db, ['users', 'tags'])).toEqual(before)
      const { isCurrent } = await followReads(db, () =>
        db.selectFrom('users').selectAll().where('id', '=', a).execute(),
      )
      await db.updateTable('users').set({ name: 'y' }).where('id', '=', b).execute()
      const after = await versionsOf(db, ['users', 'tags'])
      expect([after['users'] === before['users'], after['tags'] === before['tags']]).toEqual([false, true])
      expect(isCurrent()).toBe(true)
      await db.updateTable('users').set({ name: 'y' }).where('id', '=', a).execute()
      expect(isCurrent()).toBe(false)
    })

    it('of a transaction move at its commit', async () => {
      const before = await versionsOf(db, ['users'])
      await db.transaction().execute(async () => {
        await db.updateTable('users').set({ name: 'z' }).execute()
        expect(await versionsOf(db, ['users'])).toEqual(before)
      })
      expect(await versionsOf(db, ['users'])).not.toEqual(before)
    })
  })

  describe('nodes', () => {
    let other: typeof db
    const heardThere: RowSetJson[] = []
    let stopThere = () => {}
    beforeAll(async () => {
      other = database(tables, { url })
      stopThere = await onWrites(other, (rows) => heardThere.push(rows.toJSON()))
    })
    afterAll(async () => {
      stopThere()
      await other?.destroy()
    })

    it('hear writes in the order of commits', async () => {
      const order = shuffled(ids)
      const open: (() => Promise<void>)[] = []
      await db
        .insertInto('users')
        .values(ids.map((one) => ({ id: one, name: 'x' })))
        .onConflict((on) => on.doNothing())
        .execute()
      await untilHeard([heard, heardThere], (rows) => JSON.stringify(rows).includes(ids[3]!))
      heard.length = heardThere.length = 0
      // On Postgres all are begun, on either node, and written before the first is committed; SQLite has one writer.
      for (const [at, one] of order.entries()) {
        const trx = await (at % 2 ? db : other).startTransaction().execute()
        await trx.updateTable('users').set({ name: 'y' }).where('id', '=', one).execute()
        if (name === 'SQLite') await trx.commit().execute()
        else open.push(async () => void (await trx.commit().execute()))
      }
      const commits = shuffled([...open.keys()])
      for (const at of commits) await open[at]!()
      const expected = (name === 'SQLite' ? order : commits.map((at) => order[at])).map((one) => ({ users: [one] }))
      await untilHeard([heard, heardThere], (rows) => JSON.stringify(rows) === JSON.stringify(expected.at(-1)))
      expect(heard).toEqual(expected)
      expect(heardThere).toEqual(expected)
    })

    it('hear the same order of what is committed at once', async () => {
      heard.length = heardThere.length = 0
      const writes = [...ids, ...ids].map(async (one, at) => {
        await (at % 2 ? db : other).updateTable('users').set({ name: 'z' }).where('id', '=', one).execute()
      })
      await Promise.all(writes)
      await vi.waitFor(() => expect([heard.length, heardThere.length]).toEqual([8, 8]))
      expect(heard).toEqual(heardThere)
    })

    it('keep nothing that another one has written over', async () => {
      const { isCurrent } = await followReads(db, () =>
        db.selectFrom('users').selectAll().where('id', '=', a).execute(),
      )
      expect(isCurrent()).toBe(true)
      await other.updateTable('users').set({ name: 'there' }).where('id', '=', a).execute()
      await vi.waitFor(() => expect(isCurrent()).toBe(false))
    })

    it('take what is too much to be told for whole tables', async () => {
      heardThere.length = 0
      const long = 'x'.repeat(5000)
      await db.transaction().execute(async () => {
        await db
          .insertInto('labels')
          .values([{ name: long }, { name: `${long}'\\` }])
          .execute()
        await db.deleteFrom('comments').where('id', '=', a).execute()
      })
      const isWhole = name === 'Postgres'
      const expected = { labels: isWhole ? 0 : [long, `${long}'\\`], comments: isWhole ? 0 : [a] }
      // What was written before may be heard as late as this.
      await vi.waitFor(() => expect(heardThere).toContainEqual(expected), 10_000)
      await db.insertInto('labels').values({ name: `it's \\ "so"` }).execute()
      await vi.waitFor(() => expect(heardThere).toContainEqual({ labels: [`it's \\ "so"`] }), 10_000)
    })

    it('take everything for written where something may have been missed', async () => {
      const { isCurrent } = await followReads(other, () => other.selectFrom('tags').selectAll().execute())
      heardThere.length = 0
      if (name === 'SQLite') await sql`drop table _layer9_writes`.execute(connect(url))
      else
        await askServer(
          url,
          `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`,
        )
      await vi.waitFor(() => expect(heardThere).toContain(0), 10_000)
      expect(isCurrent()).toBe(false)
      heardThere.length = 0
      await vi.waitFor(async () => {
        await db.updateTable('users').set({ name: 'again' }).where('id', '=', a).execute()
        expect(heardThere).toContainEqual({ users: [a] })
      }, 10_000)
    })
  })

  it.runIf(name === 'Postgres')('needs one connection to listen, outside of the pool', async () => {
    const [row] = await askServer(
      url,
      `select count(*)::int as n from pg_stat_activity where query like 'listen%' and datname = current_database()`,
    )
    expect(row).toEqual({ n: 1 })
  })

  describe.runIf(name === 'Postgres')('triggers', () => {
    it('tell of what other programs write', async () => {
      const { text } = generateNotify(modelOf(db), [])
      const file = { name: '0001_notify.ts', checksum: 'x', migration: readMigration(text) }
      await hearOf(() => migrate(db, [file]))
      await hearOf(async () => await db.insertInto('posts').values({ id: a, authorId: a, title: 'x' }).execute())
      const told = await hearOf(async () => {
        await askServer(url, `insert into labels (name) values ('theirs')`)
        await askServer(url, `delete from users where id = '${a}'`)
        await askServer(url, `truncate comments`)
        await askServer(url, `begin; delete from labels; rollback`)
        // Ours is told once, with its key.
        await db.insertInto('labels').values({ name: 'ours' }).execute()
      })
      const cascade = ['comments', 'posts', 'posts_tags', 'users'].map((one) => ({ [one]: 0 }))
      const [first, ...others] = told
      expect([first, ...others.slice(-2)]).toEqual([{ labels: 0 }, { comments: 0 }, { labels: ['ours'] }])
      expect(others.slice(0, -2).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))).toEqual(
        cascade,
      )
      await hearOf(() => rollback(db, [file]))
      expect(await hearOf(() => askServer(url, `insert into labels (name) values ('later')`))).toEqual([])
    })
  })

  describe('random statements', () => {
    it('miss nothing', async () => {
      const own = await openTables(name, statementTables)
      let asked = 0
      await eachCase(async (random) => {
        const statements = new Statements(own, random)
        await undone(own, async () => {
          await fill(own, random)
          for (let left = 2; left > 0; left--) asked += await missesNoRead(own, statements)
          for (let left = 3; left > 0; left--) asked += await missesNoWrite(own, statements)
        })
      })
      // Some are refused by the database; most are not.
      expect(asked).toBeGreaterThan(inject('cases') * 3)
      await own.destroy()
    }, 300_000)
  })
})

type Own = Database<DatabaseTables<typeof statementTables>>

/** What a select gives is the same after whatever was done to rows that it has not recorded. */
async function missesNoRead(own: Own, statements: Statements): Promise<number> {
  const query = statements.select().compile()
  const { reads, writes } = findAccess(query)!
  expect(writes.toJSON()).toEqual({})
  const first = await rowsOf(own, query)
  if (!first) return 0
  const [after, done] = await undone(own, async () => {
    const changes = await changeOthers(own, statements, reads)
    return [await rowsOf(own, query), changes]
  })
  expect(after, `${query.sql}\n${done.join('\n')}`).toEqual(first)
  return 1
}

/** All rows that a statement changes are among those that it has recorded. */
async function missesNoWrite(own: Own, statements: Statements): Promise<number> {
  // Compiled once: with the ids that were made for it.
  const query = statements.write(own.dialect).compile()
  const { writes } = findAccess(query)!
  return await undone(own, async () => {
    const changed = await changesOf(own, query)
    for (const row of changed ?? []) expect([row, writes.meets(row)], query.sql).toEqual([row, true])
    return changed ? 1 : 0
  })
}

/** Does a few things to rows that are not among these, and gives what was done. */
async function changeOthers(own: Own, statements: Statements, rows: RowSet): Promise<string[]> {
  const done: string[] = []
  for (let left = 4; left > 0; left--) {
    const query = statements.write(own.dialect).compile()
    const isOther = await own
      .transaction()
      .execute(async () => {
        const changed = await changesOf(own, query)
        if (!changed || changed.some((one) => one.meets(rows))) throw new Error('It is no other.')
        return true
      })
      .catch(() => false)
    if (isOther) done.push(`${query.sql} ${textOf(query.parameters)}`)
  }
  return done
}

/** The rows that a statement changes; undefined where the database refuses it. */
async function changesOf(own: Own, query: CompiledQuery): Promise<RowSet[] | undefined> {
  const before = await snapshot(own, own.dialect)
  if (!(await rowsOf(own, query))) return undefined
  const after = await snapshot(own, own.dialect)
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((row) => before.get(row) !== after.get(row))
  return changed.map((row) => {
    const [table, key] = [row.slice(0, row.indexOf(' ')), row.slice(row.indexOf(' ') + 1)]
    return RowSet.fromJson({ [table]: [key] })
  })
}

/** The rows of a statement, in an order of their own; undefined where the database refuses it. */
async function rowsOf(own: Own, query: CompiledQuery): Promise<string[] | undefined> {
  try {
    const { rows } = await own.transaction().execute(async () => await own.executeQuery(query))
    return rows
      .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))
      .sort()
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one))

/** Does something that is undone. */
async function undone<Value>(own: Own, work: () => Promise<Value>): Promise<Value> {
  let done: { readonly value: Value } | undefined
  const attempt = own.transaction().execute(async () => {
    done = { value: await work() }
    throw new Error('undone')
  })
  await attempt.catch((error: unknown) => {
    if (!done) throw error
  })
  return done!.value
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const random = createRandom(inject('seed'))
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

/** Waits until the last thing of each list is such. */
async function untilHeard(lists: readonly RowSetJson[][], isLast: (rows: RowSetJson) => boolean): Promise<void> {
  await vi.waitFor(() =>
    expect(lists.map((list) => list.length > 0 && isLast(list.at(-1)!))).toEqual(lists.map(() => true)),
  )
}
