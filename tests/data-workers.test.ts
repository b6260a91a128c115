// Several processes on one SQLite file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../src/3-data/connect.ts'
import { runWithData, untilLines } from './harness/data-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-workers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const WORKERS = 4
const WRITES = 100

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
})
