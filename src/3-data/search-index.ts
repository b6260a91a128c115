// What a database keeps so that a table can be searched by words, and keeps up to date itself, whoever writes.
//
// Postgres has an index over what a function makes of the columns. SQLite has a table of FTS5, which is given the words
// ready made by triggers. FTS5 knows rows by a number that stays: that of a row of ours does not (VACUUM may change it),
// so a table beside it says which number is which row.
import type { Dialect } from './codec.ts'
import { columnType, quoteName } from './columns.ts'
import type { TableModel } from './model.ts'
import { vectorFunction, vectorOnPostgres, wordsOnSqlite } from './words.ts'

/** The statements that make it, those that take it away, and those that do so when its table is gone. */
export interface SearchIndex {
  readonly name: string
  readonly create: readonly string[]
  readonly drop: readonly string[]
  readonly remains: readonly string[]
}

/** The name of the index, and on SQLite of the table of FTS5. No entity has one that begins so. */
export const searchName = (table: string): string => `_${table}_search`

/** The table that says which number of FTS5 is which row. */
export const rowsName = (table: string): string => `${searchName(table)}_rows`

/** Its column with the number. The others are the key of the row. */
export const numberColumn = '_number'

/** Whether a trigger of SQLite is one of these, and no user's. */
export const isSearchTrigger = (name: string): boolean => /^_.*_search_(?:insert|update|delete)$/.test(name)

/** Makes a table searchable by some of its columns. */
export function searchIndex(table: TableModel, columns: readonly string[], dialect: Dialect): SearchIndex {
  return dialect === 'sqlite' ? onSqlite(table, columns) : onPostgres(table.name, columns)
}

/** What is searched on Postgres: an index serves only the very same expression. */
export function vectorOf(columns: readonly string[]): string {
  return columns.map((column) => `${vectorOnPostgres}(${column})`).join(' || ')
}

function onPostgres(table: string, columns: readonly string[]): SearchIndex {
  const name = searchName(table)
  const vector = vectorOf(columns.map(quoteName))
  return {
    name,
    create: [vectorFunction(), `create index ${quoteName(name)} on ${quoteName(table)} using gin ((${vector}))`],
    drop: [`drop index ${quoteName(name)}`],
    remains: [],
  }
}

function onSqlite({ name: table, key, columns: known }: TableModel, columns: readonly string[]): SearchIndex {
  const name = searchName(table)
  const [own, search, rows] = [table, name, rowsName(table)].map(quoteName) as [string, string, string]
  const keys = key.map(quoteName)
  const of = (row: string, names: readonly string[] = keys): string => names.map((one) => `${row}.${one}`).join(', ')
  const isRow = (row: string, other: string): string => `(${of(row)}) = (${of(other)})`
  const words = (row: string): string => columns.map((one) => `${wordsOnSqlite}(${row}.${quoteName(one)})`).join(', ')
  const fields = columns.map((_, at) => fieldName(at))
  const numberOf = (row: string): string =>
    `(select ${numberColumn} from ${rows} where (${keys.join(', ')}) = (${of(row)}))`
  const remove = [
    `delete from ${search} where rowid = ${numberOf('old')};`,
    `delete from ${rows} where (${keys.join(', ')}) = (${of('old')});`,
  ]
  // `insert or replace` deletes what is there without a word: nothing here relies on having been told.
  const add = [
    `insert into ${rows} (${keys.join(', ')}) select ${of('new')} where ${numberOf('new')} is null;`,
    `delete from ${search} where rowid = ${numberOf('new')};`,
    `insert into ${search} (rowid, ${fields.join(', ')}) values (${numberOf('new')}, ${words('new')});`,
  ]
  const trigger = (when: string, on: string, statements: readonly string[]): string =>
    `create trigger ${quoteName(`${name}_${when}`)} after ${on} on ${own} begin ${statements.join(' ')} end`
  const drop = [search, rows].map((one) => `drop table if exists ${one}`)
  // Of the same type, or SQLite would compare without its index.
  const typed = key.map((one) => `${quoteName(one)} ${columnType(known.get(one)!.field, 'sqlite')} not null`)
  return {
    name,
    create: [
      `create table ${rows} (${numberColumn} integer primary key, ${typed.join(', ')}, unique (${keys.join(', ')})) strict`,
      `create virtual table ${search} using fts5(${fields.join(', ')}, content='', contentless_delete=1, detail=column, tokenize='ascii')`,
      trigger('insert', 'insert', add),
      trigger('update', `update of ${[...new Set([...key, ...columns])].map(quoteName).join(', ')}`, [
        ...remove,
        ...add,
      ]),
      trigger('delete', 'delete', remove),
      `insert into ${rows} (${keys.join(', ')}) select ${of(own)} from ${own}`,
      `insert into ${search} (rowid, ${fields.join(', ')}) select r.${numberColumn}, ${words(own)} from ${own} join ${rows} r on ${isRow('r', own)}`,
    ],
    drop: [
      ...['insert', 'update', 'delete'].map((when) => `drop trigger if exists ${quoteName(`${name}_${when}`)}`),
      ...drop,
    ],
    remains: drop,
  }
}

/** A column of FTS5, by its place: names as `rank` mean something there. */
export const fieldName = (place: number): string => `c${place}`
