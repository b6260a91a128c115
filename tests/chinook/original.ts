// Chinook as its authors publish it: their scripts, run on plain node:sqlite and pg. It is what everything is compared
// with, and no line of the framework is in the way.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { databases } from '../harness/databases.ts'
import { createDatabase } from '../harness/postgres.ts'

/** The folder of the scripts, beside the repository: they are not ours, and too much to be copied. */
const folder = process.env['CHINOOK'] ?? join(import.meta.dirname, '../../../shared/chinook')

/** Whether the scripts are there. */
export const hasChinook: boolean = existsSync(folder)

/** Why there is no test without them. */
export const whyNot = `Chinook is not there: its scripts (github.com/lerocha/chinook-database) belong into ${folder}.`

/** A row as hand-written SQL gives it. */
export type Row = Readonly<Record<string, unknown>>

/** How the same is written for each of the two, in hand-written SQL. */
export interface Hand {
  /** A number of cents that is exact, as text. */
  readonly money: (expression: string) => string
  /** A text that is sorted by its bytes. */
  readonly bytes: (expression: string) => string
  /** The day of a moment, as text. */
  readonly day: (expression: string) => string
}

/** The original on one database. */
export interface Original {
  readonly hand: Hand
  /** The rows of a statement, in the names of the script for Postgres (`invoice_line`, `track_id`). */
  rows(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** Loads the original. */
export async function openOriginal(name: (typeof databases)[number]): Promise<Original> {
  return name === 'SQLite' ? openSqlite() : await openPostgres()
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

function openSqlite(): Original {
  const database = new DatabaseSync(':memory:')
  database.exec(read('Chinook_Sqlite.sql'))
  // Its names are those of the other script without the underscores: `TrackId` is `track_id`.
  const names = new Map(
    [...read('Chinook_PostgreSql.sql').matchAll(/^(?:CREATE TABLE| {4})\s*([a-z]+(?:_[a-z]+)+)\b/gm)].map(([, one]) => [
      one!,
      one!.replaceAll('_', ''),
    ]),
  )
  return {
    hand: {
      money: (expression) => `printf('%.2f', ${expression})`,
      bytes: (expression) => expression,
      day: (expression) => `date(${expression})`,
    },
    rows: async (sql) => {
      const own = sql.replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) => names.get(word) ?? word)
      return database.prepare(own).all().map(toLower)
    },
    close: async () => database.close(),
  }
}

/** A column that has no other name has that of the script: `Name`. */
const toLower = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [`${name[0]!.toLowerCase()}${name.slice(1)}`, value]))

async function openPostgres(): Promise<Original> {
  const client = new pg.Client({ connectionString: await createDatabase() })
  await client.connect()
  // What comes before is for psql: it makes a database, and moves into it.
  const script = read('Chinook_PostgreSql.sql').split('\\c chinook;')[1]!
  // N'…' is a text of fixed length, of which Postgres forgets the spaces at its end: there is one, behind Edinburgh.
  await client.query(script.replaceAll(/(?<=\(|, )N'(?!')/g, "'"))
  // By itself pg gives counts as text, and moments in the time zone of this machine.
  const types = {
    getTypeParser: (id: number) => (id === 20 ? Number : id === 1114 ? String : pg.types.getTypeParser(id, 'text')),
  }
  return {
    hand: {
      money: (expression) => `(${expression})::numeric(12, 2)::text`,
      bytes: (expression) => `${expression} collate "C"`,
      day: (expression) => `to_char(${expression}, 'YYYY-MM-DD')`,
    },
    rows: async (sql) => (await client.query({ text: sql, types })).rows,
    close: async () => await client.end(),
  }
}
