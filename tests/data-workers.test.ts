// Several processes on one SQLite file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entity, integer } from '../src/1-contracts/index.ts'
import { connect } from '../src/3-data/connect.ts'
import { createStatements } from '../src/3-data/create.ts'
import { database, modelOf } from '../src/3-data/database.ts'
import { table } from '../src/3-data/table.ts'
import { followReads, onWrites } from '../src/3-data/track/follow.ts'
import { repository } from './harness/command.ts'
import { runWithData, untilLines } from './harness/data-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-workers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const WORKERS = 4
const WRITES = 100
/** Writes of which each worker hears. */
const HEARD = 10

const Note = entity('notes', { id: integer() }, { key: ['id'] })
const sources = ['3-data/database.ts', '3-data/table.ts', '1-contracts/index.ts', '3-data/track/follow.ts'].map(
  (path) => join(repository, 'src', path),
)

/** Adds rows one by one, and counts each in a transaction that reads first, with other work in between. */
const work = `
  say('ready')
  for (let index = 0; index < ${WRITES}; index++) {
    await db.insertInto('notes').values({ worker: process.pid }).execute()
    await db.transaction().execute(async () => {
      const { count } = await db.selectFrom('counts').select('count').executeTakeFirstOrThrow()
      await new Promise(setImmediate)
      await db.updateTable('counts').set({ count: count + 1 }).execute()
    })
  }
  await db.destroy()`

describe('workers', () => {
  it('lose no write on one SQLite file', async () => {
    const file = join(folder, 'app.db')
    const db = connect<{ notes: { worker: number }; counts: { count: number } }>(`${file}?busy_timeout=30000`)
    await sql`create table notes (worker integer)`.execute(db)
    await sql`create table counts (count integer)`.execute(db)
    await db.insertInto('counts').values({ count: 0 }).execute()
    const workers = Array.from({ length: WORKERS }, () => runWithData(`${file}?busy_timeout=30000`, work))
    // This process reads meanwhile: it is never told that the file is busy.
    await Promise.all(workers.map((worker) => untilLines(worker, 1)))
    await db.selectFrom('notes').selectAll().execute()
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    expect(await db.selectFrom('counts').select('count').execute()).toEqual([{ count: WORKERS * WRITES }])
    const { rows } = await sql`select count(*) as writes from notes group by worker`.execute(db)
    expect(rows).toEqual(Array.from({ length: WORKERS }, () => ({ writes: WRITES })))
    await db.destroy()
  })

  it("hear of each other's writes", async () => {
    const file = join(folder, 'app.db')
    const db = database({ notes: table(Note) }, { url: `${file}?busy_timeout=30000` })
    for (const statement of createStatements(modelOf(db), 'sqlite')) await sql.raw(statement).execute(db)
    // Each says what it hears until it has heard of all; it writes when all listen.
    const listening = `
      const heard = []
      const all = Promise.withResolvers()
      // To listen keeps no process alive.
      const stay = setInterval(() => {}, 1000)
      await onWrites(own, (rows) => {
        heard.push(...(rows.toJSON().notes || []).filter((id) => id !== '0'))
        if (heard.length === ${WORKERS * HEARD}) all.resolve()
      })
      say('listens')
      while ((await own.selectFrom('notes').select('id').execute()).length === 0) await new Promise((next) => setTimeout(next, 10))
      for (let at = 1; at <= ${HEARD}; at++) await own.insertInto('notes').values({ id: process.pid * 1000 + at }).execute()
      await all.promise
      say(heard.join())
      clearInterval(stay)
      await own.destroy()`
    const imports = `
      const [{ database }, { table }, { entity, integer }, { onWrites }] = await Promise.all(${JSON.stringify(sources)}.map((path) => import(path)))
      const own = database({ notes: table(entity('notes', { id: integer() }, { key: ['id'] })) })`
    const workers = Array.from({ length: WORKERS }, () =>
      runWithData(`${file}?busy_timeout=30000`, imports + listening),
    )
    await Promise.all(workers.map((worker) => untilLines(worker, 1)))
    const { isCurrent } = await followReads(db, async () => await db.selectFrom('notes').selectAll().execute())
    expect(isCurrent()).toBe(true)
    await db.insertInto('notes').values({ id: 0 }).execute()
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    expect(isCurrent()).toBe(false)
    // All have heard of the same, in the same order: that of the commits.
    const [first, ...others] = workers.map(({ lines }) => lines[1]!.split(','))
    const { rows } = await sql<{ id: number }>`select id from notes where id > 0`.execute(db)
    expect(new Set(first)).toEqual(new Set(rows.map(({ id }) => String(id))))
    for (const other of others) expect(other).toEqual(first)
    await db.destroy()
  })

  it('write no log while nobody else listens', async () => {
    const url = join(folder, 'app.db')
    const db = database({ notes: table(Note) }, { url })
    for (const statement of createStatements(modelOf(db), 'sqlite')) await sql.raw(statement).execute(db)
    const entries = async () => (await sql`select * from _layer9_writes`.execute(db.raw({}))).rows.length
    await onWrites(db, () => {})
    await db.insertInto('notes').values({ id: 1 }).execute()
    expect(await entries()).toBe(1)
    const other = database({ notes: table(Note) }, { url })
    await onWrites(other, () => {})
    await db.insertInto('notes').values({ id: 2 }).execute()
    expect(await entries()).toBe(2)
    // One that is gone leaves nothing behind that would be written for.
    await other.destroy()
    await db.insertInto('notes').values({ id: 3 }).execute()
    expect(await entries()).toBe(2)
    await db.destroy()
  })
})
