// A process that is killed while it writes: what it was told is done stays done.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runWithData, untilLines } from './harness/data-process.ts'
import { createDatabase, hasPostgres } from './harness/postgres.ts'

const MOST = 1000

/** Goes on where the table ends; each number is said once the database has acknowledged it. */
const write = `
  await sql\`create table if not exists notes (id integer primary key, half integer)\`.execute(db)
  const { rows: [{ last }] } = await sql\`select coalesce(max(id), 0) as last from notes\`.execute(db)
  for (let id = Number(last) + 1; id <= ${MOST}; id++) {
    if (id % 2) await db.insertInto('notes').values({ id, half: 1 }).execute()
    else await db.transaction().execute(async () => {
      await db.insertInto('notes').values({ id, half: 0 }).execute()
      await db.updateTable('notes').set({ half: 1 }).where('id', '=', id).execute()
    })
    say(String(id))
  }`

const read = `for (const { id, half } of (await sql\`select * from notes order by id\`.execute(db)).rows) say(id + ' ' + half)
  await db.destroy()`

/** Writes until it is killed after so many more acknowledged rows, and gives the numbers that were acknowledged. */
async function writeAndKill(url: string, after: number): Promise<number[]> {
  const writer = runWithData(url, write)
  await untilLines(writer, after)
  writer.child.kill('SIGKILL')
  await writer.ended
  return writer.lines.map(Number)
}

async function readAll(url: string): Promise<string[]> {
  const reader = runWithData(url, read)
  expect(await reader.ended).toBe(0)
  return reader.lines
}

function killDuringWrites(getUrl: () => Promise<string>): void {
  it('kill -9 during 1,000 writes', async () => {
    const url = await getUrl()
    const acknowledged: number[] = []
    for (const after of [1, 83, 250, 197, MOST]) {
      acknowledged.push(...(await writeAndKill(url, after)))
      const rows = await readAll(url)
      // What was acknowledged is there, whole; at most the one row that was on its way is there too.
      expect(rows.slice(0, acknowledged.length)).toEqual(acknowledged.map((id) => `${id} 1`))
      expect(rows.length - acknowledged.length).toBeLessThanOrEqual(1)
      if (rows.length > acknowledged.length) acknowledged.push(rows.length)
    }
    expect(acknowledged).toHaveLength(MOST)
  })
}

describe('on SQLite', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layer9-kill-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  killDuringWrites(async () => join(folder, 'app.db'))
})

describe.skipIf(!hasPostgres())('on Postgres', () => {
  killDuringWrites(async () => await createDatabase())
})
