import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  date,
  entity,
  id,
  integer,
  json,
  oneOf,
  reference,
  references,
  text,
  timestamp,
} from '../src/1-contracts/index.ts'
import { database } from '../src/3-data/database.ts'
import { checksumOf } from '../src/3-data/migrate/checksum.ts'
import { findDrift } from '../src/3-data/migrate/drift.ts'
import type { MigrationFile } from '../src/3-data/migrate/file.ts'
import { generate } from '../src/3-data/migrate/generate.ts'
import { migrate, rollback } from '../src/3-data/migrate/migrate.ts'
import { anything } from '../src/3-data/migrate/migration.ts'
import { resetDatabase } from '../src/3-data/migrate/reset.ts'
import { type AnyDatabase, execute } from '../src/3-data/migrate/run.ts'
import { assertMigrated, migrationStatus } from '../src/3-data/migrate/status.ts'
import { readStructure } from '../src/3-data/migrate/structure.ts'
import { readModel } from '../src/3-data/model.ts'
import { table } from '../src/3-data/table.ts'
import { readMigration, yes } from './harness/migrations.ts'
import { createDatabase, hasPostgres } from './harness/postgres.ts'

const User = entity('users', {
  id: id(),
  name: text().unique(),
  role: oneOf('reader', 'writer').default('reader'),
  born: date().optional(),
  settings: json(anything).optional(),
})
const Post = entity('posts', {
  id: id(),
  title: text(),
  size: integer().default(0),
  createdAt: timestamp().default('now'),
  authorId: reference('users', { onDelete: 'cascade' }),
  readers: references('users'),
})
const first = { users: table(User) }
const tables = { ...first, posts: table(Post, { index: [['createdAt', 'title']], search: ['title'] }) }

/** The files that make the tables: of users first, then of posts. */
async function createFiles(): Promise<readonly MigrationFile[]> {
  const files: MigrationFile[] = []
  for (const wanted of [first, tables]) {
    const made = await generate(readModel(wanted, 'sqlite'), files, { ask: yes })
    const { name, text: written } = made!
    files.push({ name, checksum: checksumOf(written), migration: readMigration(written) })
  }
  return files
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-migrate-'))
  folders.push(folder)
  return join(folder, 'app.db')
}

describe('on SQLite', () => {
  suite(
    async () => newFile(),
    [
      'create view names as select name from users',
      'create trigger noted after insert on users begin select 1; end',
      'create virtual table words using fts5(word)',
      'create table "a ""b" (id integer primary key autoincrement)',
    ],
  )

  it('makes no file to look at', async () => {
    const url = newFile()
    const db = database(tables, { url }) as unknown as AnyDatabase
    const files = await createFiles()
    expect(await migrationStatus(db, files)).toHaveLength(2)
    expect(await findDrift(db, files)).toHaveLength(3)
    await resetDatabase(db)
    expect(existsSync(url)).toBe(false)
    await db.destroy()
  })
})

describe.skipIf(!hasPostgres())('on Postgres', () => {
  suite(createDatabase, [
    'create view names as select name from users',
    'create materialized view copies as select name from users',
    `create type mood as enum ('good', 'bad')`,
    'create domain small as int check (value < 10)',
    'create sequence numbers',
    'create table "a ""b" (id serial primary key, mood mood)',
    `create function noted() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger noted after insert on users for each row execute function noted()',
  ])
})

function suite(newUrl: () => Promise<string>, objects: readonly string[]): void {
  const opened: AnyDatabase[] = []
  const open = async () => {
    const db = database(tables, { url: await newUrl() }) as unknown as AnyDatabase
    opened.push(db)
    return { db, files: await createFiles() }
  }
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.destroy()
  })

  it('applies files, tells of them, and takes them back', async () => {
    const { db, files } = await open()
    const names = files.map(({ name }) => name)
    await expect(assertMigrated(db, files)).rejects.toMatchObject({ code: 'MIGRATION_PENDING', data: { files: names } })
    expect(await migrate(db, files)).toEqual(names)
    await assertMigrated(db, files)
    const [status] = await migrationStatus(db, files)
    expect(status).toEqual({ name: names[0], state: 'applied', appliedAt: expect.any(Date) })
    expect(Math.abs(Date.now() - status!.appliedAt!.getTime())).toBeLessThan(600_000)
    expect(await rollback(db, files, { count: 2 })).toEqual(names.toReversed())
    expect((await readStructure(db)).size).toBe(0)
    expect(await migrate(db, files)).toEqual(names)
  })

  describe('drift', () => {
    it('is what differs from the entities', async () => {
      const { db, files } = await open()
      expect((await findDrift(db, files)).map(({ what, origin }) => [what, origin])).toEqual([
        ['table "posts"', 'pending'],
        ['table "posts_readers"', 'pending'],
        ['table "users"', 'pending'],
      ])
      await migrate(db, files)
      expect(await findDrift(db, files)).toEqual([])
      await execute(db, 'alter table posts add tag text')
      await execute(db, 'drop index users_name_unique')
      expect(await findDrift(db, files)).toMatchObject([
        { what: 'column "tag" of "posts"', found: expect.stringContaining('text'), origin: 'database' },
        { what: 'index "users_name_unique" of "users"', wanted: expect.any(String), origin: 'database' },
      ])
    })

    it('is also of what a search is by', async () => {
      const { db, files } = await open()
      await migrate(db, files)
      const isSqlite = db.dialect === 'sqlite'
      await execute(db, isSqlite ? 'drop trigger _posts_search_delete' : 'drop index _posts_search')
      expect(await findDrift(db, files)).toMatchObject([
        { what: isSqlite ? 'search of "posts"' : 'index "_posts_search" of "posts"', origin: 'database' },
      ])
    })

    it('is looked for without changing anything', async () => {
      const { db, files } = await open()
      await migrate(db, files.slice(0, 1))
      const before = await readStructure(db)
      await findDrift(db, files)
      expect(await readStructure(db)).toEqual(before)
      const functions = `select count(*) as n from pg_proc where proname like 'layer9%'`
      if (db.dialect === 'postgres') expect(Number(((await execute(db, functions)) as { n: unknown }[])[0]?.n)).toBe(0)
    })
  })

  describe('resetDatabase', () => {
    it('leaves nothing, and the first migration begins anew', async () => {
      const { db, files } = await open()
      await migrate(db, files)
      for (const statement of objects) await execute(db, statement)
      const user = '01900000-0000-7000-8000-000000000001'
      await execute(db, `insert into users (id, name) values ('${user}', 'Ada')`)
      await resetDatabase(db)
      expect((await readStructure(db)).size).toBe(0)
      expect((await migrationStatus(db, files)).map(({ state }) => state)).toEqual(['pending', 'pending'])
      await migrate(db, files)
      for (const statement of objects) await execute(db, statement)
      expect(await execute(db, 'select * from users')).toEqual([])
      // And references are looked at as before.
      const post = `insert into posts (id, title, "authorId") values ('${user}', 'One', '${user}')`
      await expect(execute(db, post)).rejects.toThrow()
    })
  })
}
