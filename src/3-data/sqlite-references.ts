// Which reference a write broke: SQLite says only that one was. The write is done again with the check put off, in a
// savepoint that is undone, and gives back the keys of its rows; for each reference they are looked up.
import { CompiledQuery } from 'kysely'
import type { SqliteConnection } from './sqlite-connection.ts'
import { writtenTable } from './written-table.ts'

/** A foreign key: columns of a table that refer to those of another one. */
interface Reference {
  readonly table: string
  readonly columns: string[]
  readonly to: string
  readonly toColumns: string[]
}

type Row = Readonly<Record<string, unknown>>

/** Rows of a failed write that are looked at: enough to find one that is wrong among what forms and services write. */
const MOST_ROWS = 1000

/** The reference that a write broke; undefined where that cannot be told. Everything here is synchronous. */
export function findBrokenReference(query: CompiledQuery, connection: SqliteConnection): Reference | undefined {
  const table = writtenTable(query.query)
  if (table === undefined) return undefined
  const own = readReferences(connection, 'm.name = ?', table)
  const toIt = readReferences(connection, 'lower(f."table") = lower(?)', table)
  const columns = [...new Set([...own.flatMap((each) => each.columns), ...toIt.flatMap((each) => each.toColumns)])]
  connection.command('savepoint layer9_rule')
  try {
    connection.command('pragma defer_foreign_keys = on')
    const rows = connection.execute(returning(query, columns)).rows.slice(0, MOST_ROWS) as Row[]
    return query.query.kind === 'DeleteQueryNode'
      ? toIt.find((reference) => rows.some((row) => isReferredTo(connection, reference, row)))
      : (own.find((reference) => rows.some((row) => isMissing(connection, reference, row))) ?? only(toIt))
  } finally {
    connection.command('rollback to savepoint layer9_rule')
    connection.command('release savepoint layer9_rule')
    connection.command('pragma defer_foreign_keys = off')
  }
}

/** The statement, giving back these columns too. Its own `returning` is the last clause, if it has one. */
function returning({ query, sql, parameters }: CompiledQuery, columns: readonly string[]): CompiledQuery {
  const added = columns.map((column) => `${quote(column)} as ${quote(column)}`).join(', ')
  const isReturning = 'returning' in query && query.returning !== undefined
  return CompiledQuery.raw(`${sql}${isReturning ? ',' : ' returning'} ${added}`, [...parameters])
}

function readReferences(connection: SqliteConnection, where: string, table: string): Reference[] {
  const { rows } = connection.execute(
    CompiledQuery.raw(
      `select m.name as "table", f.id, f."from", f."table" as "to", coalesce(f."to",
         (select name from pragma_table_info(f."table") where pk = f.seq + 1)) as "toColumn"
       from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table' and ${where} order by 1, f.id, f.seq`,
      [table],
    ),
  )
  const found = new Map<string, Reference>()
  for (const row of rows as Record<'table' | 'id' | 'from' | 'to' | 'toColumn', string>[]) {
    const key = `${row.table} ${row.id}`
    const reference = found.get(key) ?? { table: row.table, columns: [], to: row.to, toColumns: [] }
    reference.columns.push(row.from)
    reference.toColumns.push(row.toColumn)
    found.set(key, reference)
  }
  return [...found.values()]
}

/** Whether a row refers to one that is not there. */
function isMissing(connection: SqliteConnection, { columns, to, toColumns }: Reference, row: Row): boolean {
  const key = columns.map((column, index) => [toColumns[index]!, row[column]] as const)
  return key.every(([, value]) => value !== null) && !exists(connection, to, key)
}

/** Whether a row, which is gone, is referred to by one that is there. */
function isReferredTo(connection: SqliteConnection, { table, columns, toColumns }: Reference, row: Row): boolean {
  const key = columns.map((column, index) => [column, row[toColumns[index]!]] as const)
  return exists(connection, table, key)
}

function exists(connection: SqliteConnection, table: string, key: (readonly [string, unknown])[]): boolean {
  const where = key.map(([column]) => `${quote(column)} = ?`).join(' and ')
  const values = key.map(([, value]) => value)
  return (
    connection.execute(CompiledQuery.raw(`select 1 from ${quote(table)} where ${where} limit 1`, values)).rows.length >
    0
  )
}

const only = (references: readonly Reference[]): Reference | undefined =>
  references.length === 1 ? references[0] : undefined

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
