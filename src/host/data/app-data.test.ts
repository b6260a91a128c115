import { describe, expect, it } from 'vitest'
import { entity, id, text } from '../../1-contracts/index.ts'
import { database, migration, table } from '../../3-data/index.ts'
import { AppData, type DataModules } from './app-data.ts'

const db = database({ notes: table(entity('notes', { id: id(), title: text() })) }, { url: ':memory:' })
const made = migration({ up: () => {}, down: () => {} })

/** The database of modules that export this. */
const open = (modules: Partial<DataModules>) => new AppData({ db: { db }, migrations: [], ...modules })

const file = (name: string, module: Record<string, unknown>) => ({ name, checksum: '', module })

describe('AppData', () => {
  it.each([
    [{}, 'it exports nothing.'],
    [{ database: db, tables: 1 }, 'it exports database, tables.'],
    [{ db: {} }, 'it exports db.'],
    [{ db: undefined }, 'it exports db.'],
  ])('names what `db` is missing in: %j', (module, says) => {
    const error = expect(() => open({ db: module }))
    error.toThrow(expect.objectContaining({ code: 'DATA_WITHOUT_DB', message: expect.stringContaining(says) }))
  })

  it('names a migration without a default export', () => {
    const error = expect(() => open({ migrations: [file('0001_a.ts', { migration: made })] }))
    error.toThrow(
      expect.objectContaining({ code: 'MIGRATION_WITHOUT_DEFAULT', data: { file: 'app/data/migrations/0001_a.ts' } }),
    )
  })

  it.each(['a.ts', '1_a.ts', '0001-a.ts', 'old/0001_a.ts', '0001_.sql.ts'])('refuses a migration called %s', (name) => {
    const error = expect(() => open({ migrations: [file(name, { default: made })] }))
    error.toThrow(
      expect.objectContaining({ code: 'MIGRATION_NAME_INVALID', data: { file: `app/data/migrations/${name}` } }),
    )
  })

  it('takes what is right', () => {
    const data = open({ migrations: [file('0001_a.ts', { default: made }), file('10000_b.js', { default: made })] })
    expect(data.db).toBe(db)
    expect(data.files.map(({ name }) => name)).toEqual(['0001_a.ts', '10000_b.js'])
    expect(data.hasSeed).toBe(false)
  })
})
