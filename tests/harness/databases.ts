// The databases that a suite runs on: one body, the tables of `database()` made anew on each.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createStatements } from '../../src/3-data/create.ts'
import { database, modelOf } from '../../src/3-data/database.ts'
import type { Database } from '../../src/3-data/kysely.ts'
import type { DatabaseTables, Table } from '../../src/3-data/table.ts'
import { createDatabase } from './postgres.ts'

/** Each by its name in `on SQLite`, `on Postgres`. */
export const databases = ['SQLite', 'Postgres'] as const

/** The URL of an empty database: a file in a temporary folder, or a database of its own on the server of the run. */
export async function emptyDatabase(name: (typeof databases)[number]): Promise<string> {
  return name === 'Postgres' ? await createDatabase() : join(mkdtempSync(join(tmpdir(), 'layer9-tables-')), 'app.db')
}

/**
 * An empty database with these tables; `url` is that of one that others are to open too.
 *
 * @example
 * const db = await openTables('SQLite', { posts: table(Post) })
 */
export async function openTables<const Tables extends Readonly<Record<string, Table>>>(
  name: (typeof databases)[number],
  tables: Tables,
  url?: string,
): Promise<Database<DatabaseTables<Tables>>> {
  const db = database(tables, { url: url ?? (await emptyDatabase(name)) })
  for (const statement of createStatements(modelOf(db), db.dialect)) await sql.raw(statement).execute(db)
  return db
}
