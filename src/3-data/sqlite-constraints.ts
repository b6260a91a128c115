// What SQLite says of a broken rule, read.
import type { CompiledQuery } from 'kysely'
import { toRuleError } from './constraints.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { findBrokenReference } from './sqlite-references.ts'
import { writtenTable } from './written-table.ts'

/** https://sqlite.org/rescode.html: SQLITE_CONSTRAINT_… */
const CHECK = 275
const FOREIGN_KEY = 787
const NOT_NULL = 1299
const UNIQUE = [1555, 2067, 2579]

/** The error that a failed statement throws: one that says which rule it broke, or the error as it is. */
export function toConstraintError(error: unknown, query: CompiledQuery, connection: SqliteConnection): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error
  const { errcode: code } = error
  const table = writtenTable(query.query) ?? ''
  // "UNIQUE constraint failed: users.email, users.team": what SQLite names, it names behind the colon.
  const named = error.message.slice(error.message.indexOf(': ') + 2)
  if (code === CHECK) return toRuleError({ rule: 'check', table, columns: [], name: named }, error)
  if (code === FOREIGN_KEY) return toRuleError({ rule: 'reference', ...findReference(query, connection, table) }, error)
  if (code !== NOT_NULL && !UNIQUE.includes(code as number)) return error
  const rule = code === NOT_NULL ? 'null' : 'unique'
  // An index over expressions is named instead: "index 'users_lower_email'".
  if (named.startsWith("index '")) return toRuleError({ rule, table, columns: [], name: named.slice(7, -1) }, error)
  const places = named.split(', ').map((place) => place.split('.'))
  const columns = places.map(([, column = '']) => column)
  return toRuleError({ rule, table: places[0]?.[0] ?? table, columns }, error)
}

/** Which reference it was is worth knowing, but nothing to fail for a second time. */
function findReference(query: CompiledQuery, connection: SqliteConnection, table: string) {
  try {
    const found = findBrokenReference(query, connection)
    if (found) return { table: found.table, columns: found.columns }
  } catch {}
  return { table, columns: [] }
}
