import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Compilable, sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { entity, id, integer, reference, references, text } from '../1-contracts/index.ts'
import { log } from '../2-platform/index.ts'
import { createStatements } from './create.ts'
import { database, modelOf } from './database.ts'
import { search, searchRank } from './search.ts'
import { table } from './table.ts'
import { findAccess } from './track/access.ts'
import { followReads, onWrites, touch, versionsOf } from './track/follow.ts'
import type { RowSetJson } from './track/row-set.ts'

const User = entity('users', { id: id(), name: text(), email: text().unique() })
const Post = entity('posts', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  title: text(),
  tags: references('tags'),
})
const Tag = entity('tags', { id: id(), name: text() })
const Comment = entity('comments', { id: id(), postId: reference('posts', { onDelete: 'cascade' }), body: text() })
const Vote = entity('votes', {
  id: id(),
  commentId: reference('comments', { onDelete: 'set null' }).optional(),
  weight: integer(),
})
/** A key of two parts, one of which refers to a row whose key may change. */
const Seat = entity(
  'seats',
  { row: integer(), place: reference('places', { key: integer(), onDelete: 'restrict' }), name: text().optional() },
  { key: ['row', 'place'] },
)
const Place = entity('places', { place: integer(), name: text() }, { key: ['place'] })
const Audit = entity('audits', { id: id(), what: text() })

const tables = {
  users: table(User),
  posts: table(Post),
  tags: table(Tag),
  comments: table(Comment),
  votes: table(Vote),
  seats: table(Seat),
  places: table(Place),
  audits: table(Audit, { search: ['what'] }),
}
const db = database(tables, { url: ':memory:' })

const a = '01900000-0000-7000-8000-00000000000a'
const b = '01900000-0000-7000-8000-00000000000b'

const readsOf = (query: Compilable) => findAccess(query.compile())!.reads.toJSON()
const writesOf = (query: Compilable) => findAccess(query.compile())!.writes.toJSON()

/** A database of a file, with its tables made, and all that was heard. */
async function openFile(): Promise<{ db: typeof db; heard: RowSetJson[] }> {
  const own = database(tables, { url: join(mkdtempSync(join(tmpdir(), 'layer9-tracking-')), 'app.db') })
  for (const statement of createStatements(modelOf(own), 'sqlite')) await sql.raw(statement).execute(own)
  const heard: RowSetJson[] = []
  await onWrites(own, (rows) => heard.push(rows.toJSON()))
  return { db: own, heard }
}

const author = { id: a, name: 'Ada', email: 'ada@example.org' }

describe('reads', () => {
  it('name their tables', () => {
    const posts = db.selectFrom('posts').select('posts.id')
    expect(readsOf(posts)).toEqual({ posts: 0 })
    expect(readsOf(posts.innerJoin('users as u', 'u.id', 'posts.authorId'))).toEqual({ posts: 0, users: 0 })
    expect(readsOf(posts.where('id', 'in', db.selectFrom('comments').select('postId')))).toEqual({
      posts: 0,
      comments: 0,
    })
    const counted = (eb: typeof db) => eb.selectFrom('votes').select(eb.fn.countAll().as('n'))
    expect(readsOf(posts.select(counted(db).as('votes')))).toEqual({ posts: 0, votes: 0 })
    expect(readsOf(posts.orderBy(db.selectFrom('tags').select('name').limit(1)))).toEqual({ posts: 0, tags: 0 })
    expect(readsOf(posts.union(db.selectFrom('tags').select('id')))).toEqual({ posts: 0, tags: 0 })
    const from = db.selectFrom(db.selectFrom('seats').select('name').as('s')).select('s.name')
    expect(readsOf(from)).toEqual({ seats: 0 })
    expect(readsOf(db.selectFrom(sql.table('tags').as('t')).select(sql`1`.as('one')))).toEqual({ tags: 0 })
    const joined = db.selectFrom('tags').innerJoin('posts_tags', 'posts_tags.tags', 'tags.id').select('name')
    expect(readsOf(joined)).toEqual({ tags: 0, posts_tags: 0 })
    const common = db
      .with('recent', () => posts)
      .selectFrom('recent')
      .select('id')
    expect(readsOf(common)).toEqual({ posts: 0 })
    const recursive = db
      .withRecursive('tree', (q) => posts.unionAll(q.selectFrom('tree').select('tree.id')))
      .selectFrom('tree')
      .select('id')
    expect(readsOf(recursive)).toEqual({ posts: 0 })
    // An expression hides the table of its name behind it, and not in itself.
    const hidden = db
      .with('users', (q) => q.selectFrom('users').select('users.id as key'))
      .with('tags', (q) => q.selectFrom('users').select('users.key'))
      .selectFrom('tags')
      .select('tags.key')
    expect(readsOf(hidden)).toEqual({ users: 0 })
    const written = db
      .with('gone', (q) => q.deleteFrom('votes').returning('id'))
      .selectFrom('gone')
      .select('id')
    expect([readsOf(written), writesOf(written)]).toEqual([{ votes: 0 }, { votes: 0 }])
    expect(writesOf(posts)).toEqual({})
  })

  it('name keys where the statement shows constants', () => {
    const posts = db.selectFrom('posts').selectAll()
    expect(readsOf(posts.where('id', '=', a))).toEqual({ posts: [a] })
    expect(readsOf(posts.where('id', '=', a.toUpperCase()))).toEqual({ posts: [a] })
    expect(readsOf(posts.where('id', 'in', [a, b]))).toEqual({ posts: [a, b] })
    // The same shape with other values.
    expect(readsOf(posts.where('id', '=', b))).toEqual({ posts: [b] })
    expect(
      readsOf(posts.where('title', '=', 't').where((eb) => eb.and([eb('id', '=', a), eb('title', '!=', 'u')]))),
    ).toEqual({
      posts: [a],
    })
    const withUser = db.selectFrom('posts').innerJoin('users', 'users.id', 'posts.authorId').select('title')
    expect(readsOf(withUser.where('posts.id', '=', a))).toEqual({ posts: [a], users: 0 })
    expect(readsOf(withUser.where('users.id', '=', a).where('title', '=', 'x'))).toEqual({ posts: 0, users: [a] })
    const left = db
      .selectFrom('tags')
      .leftJoin('users as u', (on) => on.on('u.id', '=', a))
      .select('tags.name')
    expect(readsOf(left)).toEqual({ tags: 0, users: [a] })
    const seats = db.selectFrom('seats').select('name').where('row', 'in', [1, 2])
    expect(readsOf(seats.where('place', '=', 7))).toEqual({ seats: ['["1","7"]', '["2","7"]'] })
    const pairs = db.selectFrom('posts_tags').selectAll().where('posts', '=', a).where('tags', '=', b)
    expect(readsOf(pairs)).toEqual({ posts_tags: [JSON.stringify([a, b])] })
    // In a subquery, and in each part of a union, as by themselves.
    const one = db.selectFrom('users').select('id').where('id', '=', a)
    expect(readsOf(posts.where('authorId', 'in', one))).toEqual({ posts: 0, users: [a] })
    expect(readsOf(one.union(one.clearWhere().where('id', '=', b)))).toEqual({ users: [a, b] })
  })

  it('of a search are those of its table', () => {
    const audits = db.selectFrom('audits').selectAll()
    const found = audits.where(search('audits', 'tea')).orderBy(searchRank('audits', 'tea'))
    expect([readsOf(found), writesOf(found)]).toEqual([{ audits: 0 }, {}])
    expect(readsOf(audits.where(search('audits', '!')))).toEqual({ audits: 0 })
    expect(readsOf(found.where('id', '=', a))).toEqual({ audits: [a] })
    const gone = db.deleteFrom('audits').where(search('audits', 'tea'))
    expect(writesOf(gone)).toEqual({ audits: 0 })
  })

  it('are of the whole table where a condition may meet other rows', () => {
    const posts = db.selectFrom('posts').select('title')
    const whole = [
      posts.where('id', '>', a),
      posts.where('id', '!=', a),
      posts.where('id', 'not in', [a]),
      posts.where((eb) => eb.or([eb('id', '=', a), eb('title', '=', 't')])),
      posts.where((eb) => eb.not(eb('id', '=', a))),
      posts.where('id', '=', (eb) => eb.ref('authorId')),
      posts.where('title', '=', a),
      posts.having('id', '=', a).groupBy(['title', 'id']),
      posts.where((eb) => eb(eb.fn('lower', ['id']), '=', a)),
      posts.where(sql`id`, '=', a),
      posts.where(
        'id',
        'in',
        Array.from({ length: 101 }, () => a),
      ),
      posts.where('id', '=', null as never),
    ]
    for (const query of whole) expect(readsOf(query), query.compile().sql).toEqual({ posts: 0 })
    // Half of a key; another table's column; one side of a join that keeps rows without a partner.
    expect(readsOf(db.selectFrom('seats').select('name').where('row', '=', 1))).toEqual({ seats: 0 })
    const outer = db
      .selectFrom('posts')
      .select('title')
      .where((eb) => eb.exists(eb.selectFrom('comments').select('comments.id').where('posts.id', '=', a)))
    expect(readsOf(outer)).toEqual({ posts: 0, comments: 0 })
    const right = db
      .selectFrom('tags')
      .rightJoin('users', (on) => on.on('users.id', '=', a))
      .select('tags.name')
    expect(readsOf(right)).toEqual({ tags: 0, users: 0 })
    expect(readsOf(db.withoutPlugins().selectFrom('posts').select('title').where('id', '=', a))).toEqual({ posts: 0 })
  })
})

describe('writes', () => {
  it('name their table and keys', () => {
    const update = db.updateTable('users').set({ name: 'x' })
    expect(writesOf(update)).toEqual({ users: 0 })
    expect(writesOf(update.where('id', '=', a))).toEqual({ users: [a] })
    expect(readsOf(update.where('id', '=', a))).toEqual({ users: [a] })
    expect(writesOf(db.updateTable('users as u').set({ name: 'x' }).where('u.id', 'in', [a, b]))).toEqual({
      users: [a, b],
    })
    const from = db.updateTable('posts').from('users').set({ title: 'x' }).whereRef('users.id', '=', 'authorId')
    expect([readsOf(from), writesOf(from)]).toEqual([{ posts: 0, users: 0 }, { posts: 0 }])
    expect(writesOf(from.where('posts.id', '=', a))).toEqual({ posts: [a] })
    expect(writesOf(db.deleteFrom('votes').where('id', '=', a))).toEqual({ votes: [a] })
    const using = db.deleteFrom('votes').using('comments').whereRef('comments.id', '=', 'votes.commentId')
    expect([readsOf(using), writesOf(using)]).toEqual([{ votes: 0, comments: 0 }, { votes: 0 }])
    const merge = db.mergeInto('votes').using('comments', 'comments.id', 'votes.commentId').whenMatched().thenDelete()
    expect([readsOf(merge), writesOf(merge)]).toEqual([{ votes: 0, comments: 0 }, { votes: 0 }])
    const seat = db.insertInto('seats').values({ row: 1, place: 2 })
    expect([readsOf(seat), writesOf(seat)]).toEqual([{}, { seats: ['["1","2"]'] }])
    const pair = db.insertInto('posts_tags').values({ posts: a, tags: b })
    expect(writesOf(pair)).toEqual({ posts_tags: [JSON.stringify([a, b])] })
    expect(writesOf(db.schema.dropTable('users'))).toEqual(0)
    // What another row than that of the key may be.
    const person = db.insertInto('users').values({ name: 'x', email: 'x' })
    expect(writesOf(person.onConflict((on) => on.column('email').doUpdateSet({ name: 'y' })))).toEqual({ users: 0 })
    expect(writesOf(seat.onConflict((on) => on.columns(['row', 'place']).doUpdateSet({ name: 'y' })))).toEqual({
      seats: ['["1","2"]'],
    })
    expect(writesOf(db.replaceInto('seats').values({ row: 1, place: 2 }))).toEqual({ seats: 0 })
    const moved = db.updateTable('seats').set({ row: 3 }).where('row', '=', 1).where('place', '=', 2)
    expect(writesOf(moved)).toEqual({ seats: 0 })
  })

  it('name the keys that were made', () => {
    const query = db
      .insertInto('tags')
      .values([{ name: 'x' }, { name: 'y' }])
      .compile()
    const keys = query.parameters.filter((value) => /^[0-9a-f-]{36}$/.test(String(value)))
    expect(keys).toHaveLength(2)
    expect(findAccess(query)!.writes.toJSON()).toEqual({ tags: keys })
    // Rows that a query selects have the keys that it gives.
    const copied = db
      .insertInto('tags')
      .columns(['id', 'name'])
      .expression(db.selectFrom('users').select(['id', 'name']))
    expect([readsOf(copied), writesOf(copied)]).toEqual([{ users: 0 }, { tags: 0 }])
  })

  it('reach tables by on delete and on update', () => {
    expect(writesOf(db.deleteFrom('users').where('id', '=', a))).toEqual({
      users: [a],
      posts: 0,
      posts_tags: 0,
      comments: 0,
      votes: 0,
    })
    expect(writesOf(db.deleteFrom('comments').where('id', '=', a))).toEqual({ comments: [a], votes: 0 })
    expect(writesOf(db.deleteFrom('tags'))).toEqual({ tags: 0, posts_tags: 0 })
    // `restrict` reaches nothing: it refuses.
    expect(writesOf(db.deleteFrom('places'))).toEqual({ places: 0 })
    expect(writesOf(db.updateTable('places').set({ place: 2 }).where('place', '=', 1))).toEqual({ places: 0, seats: 0 })
    expect(writesOf(db.updateTable('places').set({ name: 'x' }).where('place', '=', 1))).toEqual({ places: ['1'] })
    expect(writesOf(db.replaceInto('comments').values({ postId: a, body: 'x' }))).toEqual({ comments: 0, votes: 0 })
  })

  it('are published outside any request', async () => {
    const { db, heard } = await openFile()
    await db.insertInto('users').values(author).execute()
    await db.updateTable('users').set({ name: 'Ada L.' }).where('id', '=', a).execute()
    await db.outside.deleteFrom('users').where('id', '=', b).execute()
    await db.connection().execute(async (own) => await own.insertInto('tags').values({ id: b, name: 'x' }).execute())
    for await (const _ of db.insertInto('tags').values({ id: a, name: 'x' }).returning('id').stream());
    await sql`delete from votes`.execute(db)
    await sql`delete from votes`.execute(db.raw({ writes: ['votes'] }))
    // What fails has written nothing, and what reads neither.
    await expect(db.insertInto('tags').values({ id: a, name: 'x' }).execute()).rejects.toThrow()
    await db.selectFrom('tags').selectAll().execute()
    await sql`select 1`.execute(db)
    await touch(db, ['comments'])
    await expect(touch(db, ['comment'])).rejects.toMatchObject({ code: 'DATA_TABLE_UNKNOWN' })
    expect(heard).toEqual([
      ...[{ users: [a] }, { users: [a] }, { users: [b], posts: 0, posts_tags: 0, comments: 0, votes: 0 }],
      ...[{ tags: [b] }, { tags: [a] }, 0, { votes: 0 }, { comments: 0, votes: 0 }],
    ])
    await db.destroy()
  })
})

describe('transactions', () => {
  it('publish after the outermost commit', async () => {
    const { db, heard } = await openFile()
    const order: string[] = []
    const stop = await onWrites(db, () => order.push('heard'))
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('users').values(author).execute()
      await db.transaction().execute(async () => await db.insertInto('tags').values({ id: a, name: 'x' }).execute())
      await touch(db, ['votes'])
      await db.afterCommit(() => order.push('after'))
      await db.beforeCommit(async () => await db.insertInto('tags').values({ id: b, name: 'x' }).execute())
      expect(heard).toEqual([])
    })
    expect(heard).toEqual([{ users: [a], tags: [a, b], votes: 0 }])
    expect(order).toEqual(['heard', 'after'])
    const byHand = await db.startTransaction().execute()
    await byHand.deleteFrom('votes').execute()
    expect(heard).toHaveLength(1)
    await byHand.commit().execute()
    expect(heard.slice(1)).toEqual([{ votes: 0 }])
    stop()
    await db.deleteFrom('votes').execute()
    expect(order).toEqual(['heard', 'after', 'heard'])
    await db.destroy()
  })

  it('publish nothing when rolled back', async () => {
    const { db, heard } = await openFile()
    const before = await versionsOf(db, ['users'])
    const failing = db.transaction().execute(async () => {
      await db.insertInto('users').values(author).execute()
      await db.transaction().execute(async () => await db.insertInto('tags').values({ name: 'x' }).execute())
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    const byHand = await db.startTransaction().execute()
    await byHand.insertInto('users').values(author).execute()
    await byHand.rollback().execute()
    // One that only reads writes nothing, whatever raw SQL may be taken for.
    await db
      .transaction()
      .setAccessMode('read only')
      .execute(async (trx) => await sql`select 1`.execute(trx))
    await db.transaction().execute(async (trx) => await trx.selectFrom('users').selectAll().execute())
    expect(heard).toEqual([])
    expect(await versionsOf(db, ['users'])).toEqual(before)
    await db.destroy()
  })

  it('forget what a savepoint took back', async () => {
    const { db, heard } = await openFile()
    await db.transaction().execute(async () => {
      await db.insertInto('users').values(author).execute()
      const inner = db.transaction().execute(async () => {
        await db.insertInto('tags').values({ id: a, name: 'x' }).execute()
        await db.transaction().execute(async () => await db.deleteFrom('votes').execute())
        throw new Error('no')
      })
      await expect(inner).rejects.toThrow('no')
      await db.transaction().execute(async () => await db.insertInto('tags').values({ id: b, name: 'x' }).execute())
    })
    const byHand = await db.startTransaction().execute()
    await byHand.insertInto('audits').values({ id: a, what: 'x' }).execute()
    const saved = await byHand.savepoint('one').execute()
    await saved.deleteFrom('votes').execute()
    await (await saved.rollbackToSavepoint('one').execute()).commit().execute()
    expect(heard).toEqual([{ users: [a], tags: [b] }, { audits: [a] }])
    await db.destroy()
  })
})

describe('versions', () => {
  it('move with each commit', async () => {
    const { db } = await openFile()
    const seen: string[] = []
    const look = async () => {
      const { users, tags } = await versionsOf(db, ['users', 'tags'])
      seen.push(`${users} ${tags}`)
    }
    await look()
    await db.insertInto('users').values(author).execute()
    await look()
    await db.updateTable('users').set({ name: 'x' }).execute()
    await look()
    await db.insertInto('tags').values({ name: 'x' }).execute()
    await look()
    await sql`update tags set name = 'y'`.execute(db)
    await look()
    expect(new Set(seen).size).toBe(5)
    await db.selectFrom('users').selectAll().execute()
    await look()
    expect(seen[5]).toBe(seen[4])
    const [users] = seen.map((one) => one.split(' ')[0]).slice(2, 3)
    expect(seen[3]).toContain(`${users} `)
    await expect(versionsOf(db, ['user'])).rejects.toMatchObject({ data: { nearest: 'users' } })
    await db.destroy()
  })

  it('let a result be stored only if none moved', async () => {
    const { db } = await openFile()
    await db.insertInto('users').values(author).execute()
    const load = async () => await db.selectFrom('users').selectAll().where('id', '=', a).execute()
    const followed = await followReads(db, load)
    expect(followed.value).toMatchObject([author])
    expect(followed.reads.toJSON()).toEqual({ users: [a] })
    expect(followed.isCurrent()).toBe(true)
    // Another row of the table; then this one.
    await db.insertInto('users').values({ id: b, name: 'Bob', email: 'b' }).execute()
    expect(followed.isCurrent()).toBe(true)
    for (let index = 0; index < 2500; index++)
      await db.updateTable('tags').set({ name: 'x' }).where('id', '=', a).execute()
    expect(followed.isCurrent()).toBe(true)
    await db.updateTable('users').set({ name: 'x' }).where('id', '=', a).execute()
    expect(followed.isCurrent()).toBe(false)
    // What is written while it is read.
    const { isCurrent } = await followReads(db, async () => {
      const rows = await load()
      await db.deleteFrom('users').where('id', '=', a).execute()
      return rows
    })
    expect(isCurrent()).toBe(false)
    await db.destroy()
  })

  it('let nothing be stored that one transaction sees alone', async () => {
    const { db } = await openFile()
    const load = async () => await db.selectFrom('users').selectAll().execute()
    const inside = await followReads(db, async () => await db.transaction().execute(load))
    expect(inside.isCurrent()).toBe(true)
    const around = await db.transaction().execute(async () => await followReads(db, load))
    expect(around.isCurrent()).toBe(false)
    const undone = await followReads(db, async () => {
      const attempt = db.transaction().execute(async () => {
        await db.insertInto('users').values(author).execute()
        const [rows] = await Promise.all([load()])
        throw Object.assign(new Error('no'), { rows })
      })
      return await attempt.catch((error: { rows: unknown[] }) => error.rows)
    })
    expect(undone.value).toHaveLength(1)
    expect(undone.isCurrent()).toBe(false)
    // What is followed inside of what is followed is read by both.
    const outer = await followReads(db, async () => await followReads(db, load))
    expect([outer.reads.toJSON(), outer.value.reads.toJSON()]).toEqual([{ users: 0 }, { users: 0 }])
    await db.destroy()
  })

  it('let no old result be stored in any interleaving', async () => {
    const { db } = await openFile()
    await db.insertInto('users').values(author).execute()
    let stored = 0
    for (const order of interleavings(['note', 'read', 'work', 'store'], ['begin', 'write', 'commit'])) {
      const name = order.join()
      const gates = Object.fromEntries(order.map((step) => [step, Promise.withResolvers<void>()]))
      const done = Object.fromEntries(order.map((step) => [step, Promise.withResolvers<void>()]))
      const at = async <Value>(step: string, work: () => Promise<Value> | Value): Promise<Value> => {
        await gates[step]!.promise
        const value = await work()
        done[step]!.resolve()
        return value
      }
      const load = async () => await db.selectFrom('users').select('name').executeTakeFirstOrThrow()
      const reader = (async () => {
        await gates['note']!.promise
        const { value, isCurrent } = await followReads(db, async () => {
          done['note']!.resolve()
          const rows = await at('read', load)
          // What is made of it takes its time too.
          return await at('work', () => rows)
        })
        return await at('store', () => (isCurrent() ? { value, isCurrent } : undefined))
      })()
      const writer = (async () => {
        await gates['begin']!.promise
        const trx = await db.startTransaction().execute()
        done['begin']!.resolve()
        await at('write', () => trx.updateTable('users').set({ name }).execute())
        await at('commit', () => trx.commit().execute())
      })()
      for (const step of order) {
        gates[step]!.resolve()
        await done[step]!.promise
      }
      const [kept] = await Promise.all([reader, writer])
      if (!kept) continue
      stored++
      // Whoever uses it looks first; and where it may be used, it is what is there.
      if (kept.isCurrent()) expect(kept.value, name).toEqual(await load())
    }
    expect(stored).toBeGreaterThan(0)
    await db.destroy()
  })
})

/** All orders of two sequences. */
function interleavings(one: readonly string[], other: readonly string[]): string[][] {
  if (one.length === 0 || other.length === 0) return [[...one, ...other]]
  const [first, ...rest] = one
  const [second, ...others] = other
  return [
    ...interleavings(rest, other).map((order) => [first!, ...order]),
    ...interleavings(one, others).map((order) => [second!, ...order]),
  ]
}

describe('raw sql', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it('reads and writes everything', () => {
    const accesses = [sql`select 1`.compile(db), db.selectFrom('users').select(sql`(select 1)`.as('one')).compile()]
    expect(accesses.map((one) => findAccess(one)!.reads.toJSON())).toEqual([0, 0])
    expect(accesses.map((one) => findAccess(one)!.writes.toJSON())).toEqual([0, {}])
    expect(
      writesOf(
        db
          .with('w', () => sql<{ id: string }>`delete from users returning id`)
          .selectFrom('w')
          .select('id'),
      ),
    ).toBe(0)
    // What only calculates reads nothing.
    const lower = db.selectFrom('users').select(sql<string>`lower(${sql.ref('name')})`.as('lower'))
    expect(readsOf(lower.modifyEnd(sql`for update`))).toEqual({ users: 0 })
    expect(writesOf(lower.modifyEnd(sql`for no key update`))).toEqual({})
    // SQLite has no word before a table here.
    expect(readsOf(lower.where(sql<boolean>`id in banned`))).toBe(0)
    expect(readsOf(lower.where(sql<boolean>`id in (${a}, ${b})`))).toEqual({ users: 0 })
    // A table that nobody knows may be a view of any.
    const unknown = db.withTables<{ views: { n: number } }>()
    expect(readsOf(unknown.selectFrom('views').select('n'))).toBe(0)
    expect(writesOf(unknown.updateTable('views').set({ n: 1 }))).toBe(0)
    expect(readsOf(db.withSchema('other').selectFrom('users').select('name'))).toBe(0)
  })

  it('reads and writes what it says', () => {
    const access = findAccess(sql`select 1`.compile(db.raw({ reads: ['posts', 'posts_tags'] })))!
    expect([access.reads.toJSON(), access.writes.toJSON(), access.isWrite]).toEqual([
      { posts: 0, posts_tags: 0 },
      {},
      false,
    ])
    const writing = findAccess(sql`delete from comments`.compile(db.raw({ writes: ['comments'] })))!
    expect([writing.reads.toJSON(), writing.writes.toJSON(), writing.isWrite]).toEqual([
      {},
      { comments: 0, votes: 0 },
      true,
    ])
    // What the query builder shows is recorded besides.
    const mixed = db
      .raw({ reads: ['tags'] })
      .selectFrom('users')
      .where('id', '=', a)
      .select(sql`(select 1)`.as('one'))
    expect(readsOf(mixed)).toEqual({ users: [a], tags: 0 })
  })

  it('gets a hint in development', () => {
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    const ask = () => sql`select 'hint'`.compile(db)
    ask()
    expect(warn).not.toHaveBeenCalled()
    vi.stubEnv('NODE_ENV', 'development')
    ask()
    ask()
    sql`select 1`.compile(db.raw({}))
    db.selectFrom('users').selectAll().compile()
    expect(warn).toHaveBeenCalledTimes(1)
    const [text, data] = warn.mock.calls[0]!
    expect(text).toContain("db.raw({ reads: ['posts'], writes: [] })")
    expect(data).toMatchObject({
      at: expect.stringMatching(/^src\/3-data\/tracking\.test\.ts:\d+:\d+$/),
      sql: "select 'hint'",
    })
    warn.mockRestore()
  })
})

describe('depends', () => {
  const own = database(tables, {
    url: ':memory:',
    depends: {
      reads: { popular: ['posts', 'votes'], best: [], count_votes: ['votes'] },
      writes: { comments: ['audits'], audits: ['tags'] },
    },
  }).withTables<{ popular: { title: string }; best: { n: number } }>()

  it('tells what a view and a function read', () => {
    expect(readsOf(own.selectFrom('popular').select('title'))).toEqual({ popular: 0, posts: 0, votes: 0 })
    expect(readsOf(own.selectFrom('best').select('n'))).toEqual({ best: 0 })
    expect(readsOf(own.selectNoFrom((eb) => eb.fn('count_votes', []).as('n')))).toEqual({ count_votes: 0, votes: 0 })
    const raw = own.selectFrom('tags').select(sql<number>`Count_Votes(${sql.ref('id')})`.as('n'))
    expect(readsOf(raw)).toEqual({ tags: 0, count_votes: 0, votes: 0 })
    const inSchema = own.selectNoFrom((eb) => eb.fn('public.count_votes', []).as('n'))
    expect(readsOf(inSchema)).toEqual({ count_votes: 0, votes: 0 })
    expect(writesOf(own.updateTable('popular').set({ title: 'x' }))).toMatchObject({ popular: 0, posts: 0, votes: 0 })
  })

  it('tells what triggers write, over any number of steps', () => {
    const insert = own.insertInto('comments').values({ id: a, postId: b, body: 'x' })
    expect(writesOf(insert)).toMatchObject({ comments: [a], audits: 0, tags: 0 })
    expect(writesOf(own.deleteFrom('posts').where('id', '=', a))).toMatchObject({ posts: [a], comments: 0, audits: 0 })
  })

  it('names tables that are there', () => {
    const wrong = () => database(tables, { depends: { writes: { posts: ['tag' as never] } } })
    expect(wrong).toThrow(
      expect.objectContaining({ code: 'DATA_TABLE_UNKNOWN', data: { table: 'tag', nearest: 'tags' } }),
    )
    expect(() => database(tables, { depends: { reads: { best: ['missing' as never] } } })).toThrow('missing')
  })
})
