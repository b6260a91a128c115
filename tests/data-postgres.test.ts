// What only Postgres has: a pool, timeouts, TLS, connections that break. On a server of its own, which is ended and
// started again.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect } from '../src/3-data/connect.ts'
import { findBrokenRule } from '../src/3-data/constraints.ts'
import type { Database } from '../src/3-data/kysely.ts'
import { askServer, createDatabase, hasPostgres, type PostgresServer, startPostgres } from './harness/postgres.ts'
import { createRandom, randomIdeographs } from './harness/random.ts'

interface Tables {
  notes: { id: number; text: string }
}

let server: PostgresServer
/** The folder with the certificate that the server shows, which is for "localhost" alone. */
let keys: string
const opened: Database<Tables>[] = []

beforeAll(async () => {
  if (!hasPostgres()) return
  keys = makeCertificate()
  server = await startPostgres({
    settings: { ssl: 'on', ssl_cert_file: '../server.crt', ssl_key_file: '../server.key' },
    prepare: (folder) => {
      for (const file of ['server.crt', 'server.key']) copyFileSync(join(keys, file), join(folder, file))
    },
  })
})
afterAll(async () => {
  await server?.stop()
  if (keys) rmSync(keys, { recursive: true })
})
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy()
})

function makeCertificate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-keys-'))
  const files = ['-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.crt')]
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...name])
  if (status !== 0) throw new Error(`openssl failed: ${stderr}`)
  return folder
}

function open(url: string, parameters = ''): Database<Tables> {
  const db = connect<Tables>(`${url}?${parameters}`)
  opened.push(db)
  return db
}

async function openNotes(parameters = ''): Promise<Database<Tables>> {
  const db = open(await createDatabase(server.url), parameters)
  await sql`create table notes (id integer primary key, text text not null)`.execute(db)
  return db
}

const add = async (db: Database<Tables>, id: number) =>
  await db.insertInto('notes').values({ id, text: 'note' }).execute()

const ids = async (db: Database<Tables>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id)

const pidOf = async (db: Database<Tables>) =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]!.pid

/** Ends all connections of apps, as an administrator or a restart does, and waits until they are gone. */
const breakConnections = async () => {
  await askServer(
    server.url,
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'layer9'`,
  )
}

/** Waits until an app's statement of that text runs on the server. */
async function untilRunning(text: string): Promise<void> {
  const found = `select 1 from pg_stat_activity where state = 'active' and application_name = 'layer9' and query like '${text}'`
  while ((await askServer(server.url, found)).length === 0);
}

describe.skipIf(!hasPostgres())('the pool', () => {
  it('has as many connections as the URL says', async () => {
    const db = await openNotes('pool=2')
    const ask = async () => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.05)`.execute(db)
      return rows[0]!.pid
    }
    expect(new Set(await Promise.all([ask(), ask(), ask(), ask(), ask(), ask()])).size).toBe(2)
  })

  it('lets wait as long as the URL says, and then says that it is full', async () => {
    const db = await openNotes('pool=1&connect_timeout=1')
    await db.transaction().execute(async () => {
      await expect(ids(db.outside)).rejects.toMatchObject({ code: 'DATABASE_BUSY', data: { seconds: 1 } })
    })
    expect(await ids(db)).toEqual([])
  })

  it('waits for a server that is about to start', async () => {
    const db = await openNotes()
    await add(db, 1)
    const ended = once(server.process, 'exit')
    server.process.kill('SIGINT')
    await ended
    const read = ids(db)
    await server.restart()
    expect(await read).toEqual([1])
  })

  it('says where no server answers', async () => {
    const db = open('postgres://me:secret@127.0.0.1:1/app', 'connect_timeout=1')
    const error = await ids(db).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', data: { where: 'app on 127.0.0.1:1' } })
    expect(String(error)).not.toContain('secret')
  })

  it('says at once what the server refuses', async () => {
    const db = open(server.url.replace(/[^/]*$/, 'nowhere'))
    await expect(ids(db)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', cause: { code: '3D000' } })
  })
})

describe.skipIf(!hasPostgres())('the statement timeout', () => {
  it('ends a statement, and leaves the connection usable', async () => {
    const db = await openNotes('statement_timeout=100&pool=1')
    const pid = await pidOf(db)
    const slow = sql`select pg_sleep(60)`.execute(db)
    await expect(slow).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT', data: { seconds: 0.1 } })
    expect(await pidOf(db)).toBe(pid)
  })
})

describe.skipIf(!hasPostgres())('TLS', () => {
  const isEncrypted = async (db: Database<Tables>) =>
    (await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db)).rows[0]!.ssl
  const byName = () => server.url.replace('127.0.0.1', 'localhost')

  it('is used where the URL says so', async () => {
    expect(await isEncrypted(open(byName()))).toBe(false)
    expect(await isEncrypted(open(byName(), `sslmode=verify-full&sslrootcert=${keys}/server.crt`))).toBe(true)
    expect(await isEncrypted(open(byName(), `sslmode=require&sslrootcert=${keys}/server.crt`))).toBe(true)
  })

  it('refuses a certificate that nobody trusts', async () => {
    const refused = isEncrypted(open(byName(), 'sslmode=require'))
    await expect(refused).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })

  it('refuses the certificate of another host', async () => {
    const refused = isEncrypted(open(server.url, `sslmode=verify-full&sslrootcert=${keys}/server.crt`))
    await expect(refused).rejects.toMatchObject({ cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } })
  })
})

describe.skipIf(!hasPostgres())('a broken connection', () => {
  it('is tried again where that is safe', async () => {
    const url = await createDatabase(server.url)
    const db = open(url, 'pool=2')
    await sql`create table notes (id integer primary key, text text)`.execute(db)
    await add(db, 1)
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    await blocker.query('begin; lock table notes')
    const read = ids(db)
    await untilRunning('select%notes%')
    await breakConnections()
    await blocker.end()
    expect(await read).toEqual([1])
  })

  it('that broke while nobody used it is replaced before a transaction begins', async () => {
    const db = await openNotes('pool=1')
    await breakConnections()
    await db.transaction().execute(async () => await add(db, 1))
    expect(await ids(db)).toEqual([1])
  })

  it('ends a transaction with an error, and the next one has another connection', async () => {
    const db = await openNotes('pool=1')
    const broken = db.transaction().execute(async () => {
      await add(db, 1)
      await breakConnections()
      await add(db, 2)
    })
    await expect(broken).rejects.toMatchObject({ code: 'DATABASE_CONNECTION_LOST' })
    await db.transaction().execute(async () => await add(db, 3))
    expect(await ids(db)).toEqual([3])
  })

  it('never repeats a write', async () => {
    const db = await openNotes('pool=2')
    const written = db.insertInto('notes').values({ id: 1, text: sql<string>`pg_sleep(60)::text` }).execute()
    await Promise.all([
      expect(written).rejects.toMatchObject({ code: 'DATABASE_CONNECTION_LOST' }),
      untilRunning('insert%').then(breakConnections),
    ])
    expect(await ids(db)).toEqual([])
  })
})

describe.skipIf(!hasPostgres())('a transaction that raw SQL left open', () => {
  it('is none of whoever comes next, and undone, as on SQLite', async () => {
    const db = await openNotes('pool=1')
    await sql`begin`.execute(db)
    await add(db, 1)
    await sql`rollback`.execute(db)
    await db.connection().execute(async (own) => {
      await sql`begin`.execute(own)
      await own.insertInto('notes').values({ id: 2, text: 'note' }).execute()
    })
    await add(db, 3)
    expect(await ids(db)).toEqual([1, 3])
  })
})

describe.skipIf(!hasPostgres())('a transaction that does nothing for too long', () => {
  it('is ended by the server, and says so, as on SQLite', async () => {
    const db = await openNotes('pool=1')
    const hung = db.transaction().execute(async () => {
      await add(db, 1)
      const pid = await pidOf(db)
      await sql`set local idle_in_transaction_session_timeout = 1`.execute(db)
      while ((await askServer(server.url, `select 1 from pg_stat_activity where pid = ${pid}`)).length > 0);
      await add(db, 2)
    })
    await expect(hung).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_IDLE' })
    await add(db, 3)
    expect(await ids(db)).toEqual([3])
  })
})

describe.skipIf(!hasPostgres())('a transaction that clashes with another', () => {
  /** Two transactions that each read all rows before the other one adds one: only one of them may be. */
  async function clash(times: number) {
    const db = await openNotes()
    let runs = 0
    const both = Promise.withResolvers<void>()
    const addNext = async () => {
      const { length } = await ids(db)
      if (++runs === 2) both.resolve()
      await both.promise
      await add(db, length + 10 * runs)
    }
    const begin = () => db.transaction().setIsolationLevel('serializable').retry(times).execute(addNext)
    const outcomes = await Promise.allSettled([begin(), begin()])
    return { outcomes: outcomes.map(({ status }) => status).sort(), runs, rows: (await ids(db)).length }
  }

  it('is run again where that is asked for', async () => {
    expect(await clash(1)).toEqual({ outcomes: ['fulfilled', 'fulfilled'], runs: 3, rows: 2 })
  })

  it('fails otherwise', async () => {
    expect(await clash(0)).toEqual({ outcomes: ['fulfilled', 'rejected'], runs: 2, rows: 1 })
  })
})

describe.skipIf(!hasPostgres())('a reference that is broken while no connection is free', () => {
  it('does not wait for one that tells which it was, and is told whole the next time', async () => {
    const db = await openNotes('pool=1&connect_timeout=60')
    await sql`create table remarks (note integer references notes (id))`.execute(db)
    await add(db, 1)
    await sql`insert into remarks values (1)`.execute(db)
    const remove = async () => await db.deleteFrom('notes').where('id', '=', 1).execute()
    const columnsOf = async (broken: Promise<unknown>) =>
      await broken.then(
        () => undefined,
        (error) => findBrokenRule(error)?.columns,
      )
    expect(await columnsOf(db.transaction().execute(remove))).toEqual([])
    expect(await columnsOf(remove())).toEqual(['note'])
    expect(await columnsOf(db.transaction().execute(remove))).toEqual(['note'])
  })
})

describe.skipIf(!hasPostgres())('a text that is too long for an index', () => {
  it('is Invalid, and says of which field as far as the server does', async () => {
    const db = await openNotes()
    await sql`create unique index notes_text_unique on notes (text)`.execute(db)
    const write = async (id: number, text: string) => await db.insertInto('notes').values({ id, text }).execute()
    const random = createRandom(inject('seed'))
    await write(1, 'a'.repeat(10_000))
    await expect(write(2, randomIdeographs(random, 1000))).rejects.toMatchObject({
      code: 'INVALID',
      data: { text: 'This is too long.' },
    })
    const error = await write(3, randomIdeographs(random, 9000)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'INVALID', data: { '': 'This is too long.' } })
    expect(findBrokenRule(error)).toMatchObject({ rule: 'length', table: 'notes', columns: [] })
    expect(await ids(db)).toEqual([1])
  })
})

describe.skipIf(!hasPostgres())('a stream', () => {
  const fill = async (db: Database<Tables>) =>
    await sql`insert into notes select id, 'note' from generate_series(1, 10) as id`.execute(db)

  it('that is left early frees its connection', async () => {
    const db = await openNotes('pool=1&connect_timeout=1')
    await fill(db)
    for await (const { id } of db.selectFrom('notes').select('id').orderBy('id').stream(2)) if (id === 3) break
    await add(db, 11)
    expect((await ids(db)).length).toBe(11)
  })

  it('gives all rows, with other queries of its transaction between them', async () => {
    const db = await openNotes('pool=1')
    await fill(db)
    await db.transaction().execute(async () => {
      const rows = db.selectFrom('notes').select('id').where('id', '<=', 10).stream(3)
      for await (const { id } of rows) await add(db, id + 10)
    })
    expect((await ids(db)).length).toBe(20)
  })

  it('gives what a write returns, and commits it', async () => {
    const db = await openNotes('pool=1')
    const written = db.insertInto('notes').values([1, 2].map((id) => ({ id, text: 'note' })))
    const seen: number[] = []
    for await (const { id } of written.returning('id').stream(1)) seen.push(id)
    expect([seen, await ids(db)]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })
})
