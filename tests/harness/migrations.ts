// The folders of migrations: one for each kind of change, with what was before, what is after, the file and the rows.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import * as contracts from '../../src/1-contracts/index.ts'
import { anything, type Migration, migration } from '../../src/3-data/migrate/migration.ts'
import type { Ask } from '../../src/3-data/migrate/rename.ts'
import { table } from '../../src/3-data/table.ts'
import type { Tables } from './schemas.ts'

/** Rows by table. Moments are written as texts. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

/** A folder. */
export interface MigrationCase {
  readonly kind: string
  readonly before: Tables
  readonly after: Tables
  /** The text of the file that is expected. */
  readonly expected: string
  readonly rows: { readonly before: Rows; readonly after: Rows; readonly back: Rows }
}

const folder = fileURLToPath(new URL('../fixtures/migrations', import.meta.url))

/** The names of the folders. */
export const kinds: readonly string[] = readdirSync(folder).sort()

/** Reads a folder. */
export function readCase(kind: string): MigrationCase {
  const read = (file: string): string => readFileSync(join(folder, kind, file), 'utf8')
  return {
    kind,
    before: evaluate(read('before.ts')) as Tables,
    after: evaluate(read('after.ts')) as Tables,
    expected: read('expected.ts'),
    rows: JSON.parse(read('rows.json')) as MigrationCase['rows'],
  }
}

/** What a file of a migration exports. It is run with the sources of now, and needs no build. */
export function readMigration(text: string): Migration {
  return evaluate(text) as Migration
}

const names = { ...contracts, anything, migration, sql, table }

function evaluate(text: string): unknown {
  const body = text.replaceAll(/^import .*$/gm, '').replace('export default', 'return')
  return new Function(...Object.keys(names), body)(...Object.values(names))
}

/** Says yes to everything. */
export const yes: Ask = async () => true
