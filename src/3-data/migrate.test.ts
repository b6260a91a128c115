import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { id, text } from '../1-contracts/index.ts'
import { connect } from './connect.ts'
import { checksumOf } from './migrate/checksum.ts'
import type { MigrationFile } from './migrate/file.ts'
import { migrate, rollback } from './migrate/migrate.ts'
import { type MigrationWays, migration } from './migrate/migration.ts'
import { type AnyDatabase, execute } from './migrate/run.ts'
import { assertMigrated, migrationStatus } from './migrate/status.ts'
import { readStructure } from './migrate/structure.ts'

const adaId = '01900000-0000-7000-8000-000000000001'
let folder = ''
let db: AnyDatabase

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-migrate-'))
  db = connect(join(folder, 'app.db')) as AnyDatabase
})

afterEach(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string, ways: Partial<MigrationWays>): MigrationFile => ({
  name,
  checksum: checksumOf(`${name}: ${ways.up} ${ways.down}`),
  migration: migration({ up: () => {}, down: () => {}, ...ways }),
})

const users = file('0001_create_users.ts', {
  up: (change) => change.createTable('users', { id: id(), name: text() }),
  down: (change) => change.dropTable('users', { losesData: true }),
})
const bio = file('0002_add_users_bio.ts', {
  up: (change) => change.addColumn('users', 'bio', text().optional()),
  down: (change) => change.dropColumn('users', 'bio', { losesData: true }),
})
const teams = file('0003_create_teams.ts', {
  up: (change) => change.createTable('teams', { id: id() }),
  down: (change) => change.dropTable('teams', { losesData: true }),
})

const tables = async (): Promise<string[]> =>
  [...(await readStructure(db)).keys()].filter((name) => name.startsWith('table ')).sort()

const states = async (files: readonly MigrationFile[]) =>
  (await migrationStatus(db, files)).map(({ name, state }) => `${name.slice(0, 4)} ${state}`)

describe('migrate', () => {
  it('applies what is pending, in the order of the numbers, and says it', async () => {
    const told: string[] = []
    const tenth = file('10000_create_late.ts', { up: (change) => change.createTable('late', { id: id() }) })
    const onApplied = (name: string) => void told.push(name)
    expect(await migrate(db, [users], { onApplied })).toEqual([users.name])
    expect(await migrate(db, [tenth, teams, bio, users], { onApplied })).toEqual([bio.name, teams.name, tenth.name])
    expect(await migrate(db, [tenth, teams, bio, users], { onApplied })).toEqual([])
    expect(told).toEqual([users.name, bio.name, teams.name, tenth.name])
    expect(await tables()).toEqual(['table "late"', 'table "teams"', 'table "users"'])
  })

  it('looks at the steps of all files before it applies one', async () => {
    const wrong = file('0003_wrong.ts', { up: (change) => change.dropColumn('users', 'age', { losesData: true }) })
    await expect(migrate(db, [users, bio, wrong])).rejects.toMatchObject({
      code: 'MIGRATION_STEP_INVALID',
      data: { file: wrong.name },
    })
    expect(await tables()).toEqual([])
  })
})

describe('another process that writes', () => {
  it('is waited for, longer than a query waits', async () => {
    const patient = connect(`${join(folder, 'app.db')}?busy_timeout=5`) as AnyDatabase
    let migrating: Promise<unknown> | undefined
    await db.transaction().execute(async () => {
      migrating = migrate(patient, [users])
      // They take turns with it, and each waits no longer than it does.
      for (let count = 0; count < 10; count++) {
        const query = execute(patient, 'create table other (id int)')
        await expect(query).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
      }
    })
    expect(await migrating).toEqual([users.name])
    await patient.destroy()
  })
})

describe('a required column for rows that are there', () => {
  it('comes as it is written in a file: optional, then filled, then required', async () => {
    const code = file('0002_add_users_code.ts', {
      up: (change) => {
        change.addColumn('users', 'code', text().optional())
        change.data(async (db) => await db.updateTable('users').set({ code: 'A' }).execute())
        change.changeColumn('users', 'code', text())
      },
    })
    await migrate(db, [users])
    await execute(db, `insert into users values ('${adaId}', 'Ada')`)
    expect(await migrate(db, [users, code])).toEqual([code.name])
    expect(await execute(db, 'select code from users')).toEqual([{ code: 'A' }])
  })
})

describe('rollback', () => {
  it('takes back the last one, or as many as one says', async () => {
    const files = [users, bio, teams]
    await migrate(db, files)
    expect(await rollback(db, files)).toEqual([teams.name])
    expect(await states(files)).toEqual(['0001 applied', '0002 applied', '0003 pending'])
    expect(await rollback(db, files, { count: 9 })).toEqual([bio.name, users.name])
    expect(await tables()).toEqual([])
    expect(await rollback(db, files)).toEqual([])
  })

  it('does nothing where the way down leads elsewhere', async () => {
    const oneWay = file('0002_add.ts', { up: (change) => change.addColumn('users', 'bio', text().optional()) })
    await migrate(db, [users, oneWay])
    await expect(rollback(db, [users, oneWay])).rejects.toMatchObject({
      code: 'MIGRATION_NO_WAY_BACK',
      data: { file: oneWay.name, step: expect.stringContaining('bio') },
    })
    expect(await states([users, oneWay])).toEqual(['0001 applied', '0002 applied'])
  })
})

describe('migrationStatus', () => {
  it('tells what is applied, since when, and what is pending', async () => {
    const before = Date.now()
    await migrate(db, [users])
    const [first, second] = await migrationStatus(db, [users, bio])
    expect(first).toMatchObject({ name: users.name, state: 'applied' })
    expect(first!.appliedAt!.getTime()).toBeGreaterThanOrEqual(before)
    expect(second).toEqual({ name: bio.name, state: 'pending' })
  })

  it('makes no file, and no table', async () => {
    expect(await states([users])).toEqual(['0001 pending'])
    expect(existsSync(join(folder, 'app.db'))).toBe(false)
    await execute(db, 'select 1')
    expect(await states([users])).toEqual(['0001 pending'])
    expect(await execute(db, 'select * from sqlite_schema')).toEqual([])
  })
})

describe('assertMigrated', () => {
  it('names what is pending, and the command', async () => {
    await migrate(db, [users])
    await expect(assertMigrated(db, [users, bio, teams])).rejects.toMatchObject({
      code: 'MIGRATION_PENDING',
      data: { files: [bio.name, teams.name] },
      fix: expect.stringContaining('layer9 db migrate'),
    })
    await migrate(db, [users, bio, teams])
    await assertMigrated(db, [users, bio, teams])
  })

  it('lets the version of before start on what the next one has migrated', async () => {
    await migrate(db, [users, bio, teams])
    await assertMigrated(db, [users])
    await assertMigrated(db, [])
  })
})

describe('a migration that fails', () => {
  it('leaves nothing of itself', async () => {
    const wrong = file('0002_wrong.ts', {
      up: (change) => {
        change.createTable('teams', { id: id() })
        change.data((own) => own.insertInto('users').values({ id: adaId, name: 'Ada' }).execute())
        change.data(async () => {
          throw new Error('It rains.')
        })
      },
    })
    await expect(migrate(db, [users, wrong])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      data: { file: wrong.name, way: 'up', reason: 'It rains.' },
    })
    expect(await tables()).toEqual(['table "users"'])
    expect(await execute(db, 'select * from users')).toEqual([])
    expect(await states([users, wrong])).toEqual(['0001 applied', '0002 pending'])
    expect(await migrate(db, [users, bio])).toEqual([bio.name])
  })
})

describe('the reason of a failure', () => {
  it('names the table whose rule was broken, and not what that is called while it is made anew', async () => {
    const failing = async (up: MigrationWays['up']) =>
      await migrate(db, [users, bio, file('0003_failing.ts', { up })]).catch(({ message }: Error) => message)
    await migrate(db, [users, bio])
    await execute(db, `insert into users values ('${adaId}', 'Ada', null)`)
    expect(await failing((change) => change.changeColumn('users', 'bio', text()))).toContain(
      'A row of "users" was written without bio. In: ',
    )
    const again = { id: adaId, name: 'Ada' }
    expect(
      await failing((change) => change.data(async (own) => await own.insertInto('users').values(again).execute())),
    ).toContain('There is one with this id already, in "users". In: change.data(…)')
  })
})

describe('checksums', () => {
  it('are those of the text, whatever ends its lines', () => {
    expect(checksumOf('a\r\nb\n')).toBe(checksumOf('a\nb\n'))
    expect(checksumOf('a\nb\n')).not.toBe(checksumOf('a\nb'))
    expect(checksumOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('name the file that was changed', async () => {
    await migrate(db, [users, bio])
    const changed = [users, { ...bio, checksum: checksumOf('other') }, teams]
    const error = {
      code: 'MIGRATION_CHANGED',
      data: { file: bio.name },
      message: expect.stringContaining(bio.name),
      fix: expect.stringContaining('layer9 db generate'),
    }
    expect(await states(changed)).toEqual(['0001 applied', '0002 changed', '0003 pending'])
    for (const work of [migrate, rollback, assertMigrated])
      await expect(work(db, changed), work.name).rejects.toMatchObject(error)
    expect(await tables()).toEqual(['table "users"'])
  })
})

describe('files', () => {
  it('that are missing or out of order', async () => {
    await migrate(db, [users, teams])
    const outOfOrder = { code: 'MIGRATION_OUT_OF_ORDER', data: { file: bio.name, after: teams.name } }
    const missing = { code: 'MIGRATION_MISSING', data: { file: teams.name } }
    expect(await states([users, bio, teams])).toEqual(['0001 applied', '0002 out-of-order', '0003 applied'])
    expect(await states([users])).toEqual(['0001 applied', '0003 missing'])
    for (const work of [migrate, rollback, assertMigrated]) {
      await expect(work(db, [users, bio, teams]), work.name).rejects.toMatchObject(outOfOrder)
      await expect(work(db, [teams]), work.name).rejects.toMatchObject({ ...missing, data: { file: users.name } })
    }
    for (const work of [migrate, rollback]) await expect(work(db, [users]), work.name).rejects.toMatchObject(missing)
    expect(await tables()).toEqual(['table "teams"', 'table "users"'])
  })

  it('that only a later version has are let be by a build of before', async () => {
    await migrate(db, [users, teams])
    expect(await migrate(db, [users], { takesLater: true })).toEqual([])
    // A number between those that are applied is none of a later version.
    const outOfOrder = { code: 'MIGRATION_OUT_OF_ORDER', data: { file: bio.name, after: teams.name } }
    await expect(migrate(db, [users, bio], { takesLater: true })).rejects.toMatchObject(outOfOrder)
    await expect(migrate(db, [teams], { takesLater: true })).rejects.toMatchObject({ code: 'MIGRATION_MISSING' })
  })
})
