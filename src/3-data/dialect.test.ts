// SQLite as an app meets it: connections, locks, settings, statements.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompiledQuery, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'
import type { Database } from './kysely.ts'

interface Tables {
  notes: { id: number; text: string }
}

let folder: string
let file: string
const opened: Database<Tables>[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-dialect-'))
  file = join(folder, 'app.db')
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const db of opened.splice(0)) await db.destroy()
  rmSync(folder, { recursive: true })
})

function open(parameters = ''): Database<Tables> {
  const db = connect<Tables>(file + parameters)
  opened.push(db)
  return db
}

async function openNotes(parameters = ''): Promise<Database<Tables>> {
  const db = open(parameters)
  await sql`create table notes (id integer primary key, text text not null)`.execute(db)
  return db
}

const add = async (db: Database<Tables>, id: number) =>
  await db.insertInto('notes').values({ id, text: 'note' }).execute()

const ids = async (db: Database<Tables>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id)

/** What a pragma says, on every connection: of the writer, of the page's reader, and of one that is held to read. */
async function askAll(db: Database<Tables>, pragma: string): Promise<unknown[]> {
  const ask = async (from: Database<Tables>) =>
    Object.values((await askPragma(from, pragma)).rows[0] as object)[0] as unknown
  const writer = await db.connection().execute(async () => await ask(db))
  const held = await db
    .transaction()
    .setAccessMode('read only')
    .execute(async () => await ask(db))
  const [page] = Object.values((await sql`select * from ${sql.raw(`pragma_${pragma}`)}`.execute(db)).rows[0] as object)
  return [writer, page, held]
}

const askPragma = async (db: Database<Tables>, pragma: string) =>
  await db.executeQuery(CompiledQuery.raw(`pragma ${pragma}`))

/** Another process that takes the right to write, keeps it until it is told to end, and adds a note before. */
async function holdElsewhere() {
  const code = `const { DatabaseSync } = require('node:sqlite')
    const db = new DatabaseSync(${JSON.stringify(file)})
    db.exec('begin immediate')
    db.exec("insert into notes values (1, 'theirs')")
    console.log('holds')
    process.stdin.once('data', () => { db.exec('commit'); process.exit() })`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    let: async () => {
      const ended = once(child, 'exit')
      child.stdin.write('go\n')
      await ended
    },
  }
}

describe('connections', () => {
  it('one writes, several read', async () => {
    const db = await openNotes()
    const order: number[] = []
    const write = (id: number, pause: number) =>
      db.transaction().execute(async () => {
        await add(db, id)
        await new Promise((resolve) => setTimeout(resolve, pause))
        order.push(id)
      })
    // The first one takes longest: the others wait, and come in the order in which they asked.
    const writes = [write(1, 20), write(2, 5), write(3, 0)]
    const readAtOnce = () =>
      db
        .transaction()
        .setAccessMode('read only')
        .execute(async () => await ids(db))
    expect(await Promise.all([readAtOnce(), readAtOnce(), readAtOnce()])).toEqual([[], [], []])
    await Promise.all(writes)
    expect(order).toEqual([1, 2, 3])
  })

  it('say when a transaction of this process writes for too long', async () => {
    const db = await openNotes('?busy_timeout=50')
    const end = Promise.withResolvers<void>()
    const long = db.transaction().execute(() => end.promise)
    await expect(add(db, 1)).rejects.toMatchObject({ code: 'DATABASE_BUSY', data: { seconds: 0.05 } })
    end.resolve()
    await long
    await add(db, 1)
    expect(await ids(db)).toEqual([1])
  })

  it('refuse what comes after they were closed', async () => {
    const db = await openNotes()
    await db.destroy()
    await expect(ids(db)).rejects.toMatchObject({ code: 'DATABASE_CLOSED' })
  })

  it('refuse to write in a transaction that only reads', async () => {
    const db = await openNotes()
    const written = db
      .transaction()
      .setAccessMode('read only')
      .execute(async () => await add(db, 1))
    await expect(written).rejects.toMatchObject({ code: 'DATABASE_READ_ONLY' })
  })
})

describe('readers', () => {
  it('go on while a transaction is open', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      await add(db, 1)
      expect(await ids(db.outside)).toEqual([])
      expect(await ids(db)).toEqual([1])
    })
    expect(await ids(db)).toEqual([1])
  })

  it('see one state from the beginning of their transaction to its end', async () => {
    const db = await openNotes()
    await db
      .transaction()
      .setAccessMode('read only')
      .execute(async () => {
        expect(await ids(db)).toEqual([])
        await add(db.outside, 1)
        expect(await ids(db)).toEqual([])
      })
    expect(await ids(db)).toEqual([1])
  })

  it('take raw SQL that only looks like a read to the connection that writes', async () => {
    const db = await openNotes()
    await sql`with given as (select 1 as id) insert into notes select id, 'note' from given`.execute(db)
    expect(await ids(db)).toEqual([1])
  })
})

describe('transactions', () => {
  it('take the right to write when they begin', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => {
      const other = new DatabaseSync(file, { timeout: 0 })
      expect(() => other.exec('begin immediate')).toThrow(expect.objectContaining({ errcode: 5 }))
      other.close()
    })
  })
})

describe('settings', () => {
  it('write-ahead log', async () => {
    const db = await openNotes()
    expect(await askAll(db, 'journal_mode')).toEqual(['wal', 'wal', 'wal'])
  })

  it('foreign keys, on every connection', async () => {
    const db = await openNotes()
    expect(await askAll(db, 'foreign_keys')).toEqual([1, 1, 1])
  })

  it('foreign keys, also after somebody needed them off, and no transaction that nobody ended', async () => {
    const db = await openNotes()
    await db.connection().execute(async () => {
      await askPragma(db, 'foreign_keys = off')
      expect((await askPragma(db, 'foreign_keys')).rows).toEqual([{ foreign_keys: 0 }])
      await sql`begin`.execute(db)
      await add(db, 1)
    })
    expect(await askAll(db, 'foreign_keys')).toEqual([1, 1, 1])
    expect(await ids(db)).toEqual([])
  })

  it('synchronous as the URL says', async () => {
    expect(await askAll(await openNotes(), 'synchronous')).toEqual([1, 1, 1])
    expect(await askAll(open('?synchronous=full'), 'synchronous')).toEqual([2, 2, 2])
  })

  it('busy timeout', async () => {
    const db = await openNotes('?busy_timeout=50')
    const elsewhere = await holdElsewhere()
    await expect(add(db, 2)).rejects.toMatchObject({ code: 'DATABASE_BUSY', data: { seconds: 0.05 } })
    await expect(db.transaction().execute(async () => {})).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
    await elsewhere.let()
    await add(db, 2)
    expect(await ids(db)).toEqual([1, 2])
  })
})

describe('a busy database', () => {
  it('is tried again without blocking the event loop', async () => {
    const db = await openNotes()
    const elsewhere = await holdElsewhere()
    const written = add(db, 2)
    // What ends the wait runs on this event loop: blocked, it would never come.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await ids(db)).toEqual([])
    await elsewhere.let()
    await written
    expect(await ids(db)).toEqual([1, 2])
  })
})

describe('statements', () => {
  it('are compiled and prepared once', async () => {
    const db = await openNotes()
    for (const id of [1, 2, 3]) await add(db, id)
    const read = (id: number) => db.selectFrom('notes').select('text').where('id', '=', id).executeTakeFirst()
    const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
    for (const id of [1, 2, 3]) expect(await read(id)).toEqual({ text: 'note' })
    expect(prepare).toHaveBeenCalledTimes(1)
  })

  it('may be used again while they are iterated', async () => {
    const db = await openNotes()
    for (const id of [1, 2, 3, 4]) await add(db, id)
    const query = db.selectFrom('notes').select('id').orderBy('id')
    const seen: unknown[] = []
    await db.transaction().execute(async () => {
      for await (const { id } of query.stream(1)) seen.push([id, (await query.execute()).length])
    })
    expect(seen).toEqual([1, 2, 3, 4].map((id) => [id, 4]))
  })

  it('that nobody reads to the end hold nothing back', async () => {
    const db = await openNotes()
    for (const id of [1, 2]) await add(db, id)
    await db.transaction().execute(async () => {
      // Left without being closed, as a generator that somebody forgot.
      await db.selectFrom('notes').select('id').stream(1).next()
    })
    const other = new DatabaseSync(file)
    other.exec("insert into notes values (3, 'theirs')")
    other.close()
    await db.transaction().execute(async () => await add(db, 4))
    expect(await ids(db)).toEqual([1, 2, 3, 4])
  })

  it('follow a table that has changed', async () => {
    const db = await openNotes()
    await add(db, 1)
    const all = () => db.selectFrom('notes').selectAll().execute()
    expect(await all()).toEqual([{ id: 1, text: 'note' }])
    const other = new DatabaseSync(file)
    other.exec('alter table notes rename column text to body')
    other.close()
    expect(await all()).toEqual([{ id: 1, body: 'note' }])
  })
})
