// One connection to a SQLite file: prepared statements, values in and out.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'
import type { Result } from './engine.ts'
import { checkValues, databaseErrors } from './errors.ts'
import { Recent } from './recent.ts'
import { toWords, wordsOnSqlite } from './words.ts'

/** Values of a statement: SQLITE_MAX_VARIABLE_NUMBER of the SQLite in Node. */
const MOST_VALUES = 32_766

/** Prepared statements that a connection keeps. */
const MOST_STATEMENTS = 500

interface Prepared {
  readonly statement: StatementSync
  /** The names of its columns; none where it gives no rows. */
  readonly columns: readonly string[]
  /** Whether its columns follow the table, which another process may have changed. */
  readonly hasStar: boolean
}

/** How a connection is opened. */
export interface SqliteSettings {
  readonly file: string
  readonly readOnly: boolean
  /** FULL survives a power cut too; NORMAL a crash of every process, which is what is asked by default. */
  readonly synchronous: 'off' | 'normal' | 'full'
}

/** A connection. All its methods are synchronous, as node:sqlite is; a busy file is an error, at once. */
export class SqliteConnection {
  readonly #database: DatabaseSync
  readonly #statements = new Recent<Prepared>(MOST_STATEMENTS)
  readonly #readOnly: boolean
  readonly #synchronous: SqliteSettings['synchronous']

  constructor({ file, readOnly, synchronous }: SqliteSettings) {
    this.#readOnly = readOnly
    this.#synchronous = synchronous
    this.#database = new DatabaseSync(file, { readOnly, timeout: 0 })
    try {
      // Triggers of tables that are searched call it: see search-index.ts.
      this.#database.function(wordsOnSqlite, { deterministic: true }, (text) => toWords(String(text ?? '')))
      // The mode is a property of the file, and asked for by who may write; the others are the connection's.
      if (!readOnly) this.command('pragma journal_mode = wal')
      this.set()
    } catch (error) {
      this.close()
      throw error
    }
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction
  }

  /** Sets the connection up, once more when somebody may have set it otherwise. */
  set(): void {
    this.command(`pragma synchronous = ${this.#synchronous}; pragma foreign_keys = on; pragma defer_foreign_keys = off`)
    // `like` tells upper from lower case, as that of Postgres does.
    this.command('pragma case_sensitive_like = on')
  }

  /** Runs what has neither values nor rows that matter. */
  command(sql: string): void {
    this.#database.exec(sql)
  }

  /** @throws DATABASE_LACKS, DATABASE_VALUES, and errors of SQLite as they are */
  execute(query: CompiledQuery): Result {
    checkValues(query, MOST_VALUES)
    try {
      return this.#execute(query)
    } catch (error) {
      throw explainLack(error)
    }
  }

  #execute(query: CompiledQuery): Result {
    const { statement, columns, hasStar } = this.#prepare(query.sql)
    const values = query.parameters.map(toSqlite)
    if (columns.length === 0) {
      const { changes, lastInsertRowid } = statement.run(...values)
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] }
    }
    const lists = this.#all(statement, values)
    // Read again when it has run: only then SQLite has noticed that the table is another one.
    const rows = toRows(lists, hasStar ? toNames(statement) : columns)
    return { rows, ...(isWrite(query) && { numAffectedRows: BigInt(rows.length) }) }
  }

  /**
   * Rows one after the other. The statement is its own: one that is used again while it is iterated begins anew, and
   * ends the iteration.
   */
  *iterate(query: CompiledQuery): Generator<unknown, void> {
    try {
      const { statement, columns } = this.#compile(query.sql)
      for (const values of statement.iterate(...query.parameters.map(toSqlite))) yield toRow(toValues(values), columns)
    } catch (error) {
      throw explainLack(error)
    }
  }

  close(): void {
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  /** All rows. What only reads may be asked again for integers that no number holds. */
  #all(statement: StatementSync, values: SQLInputValue[]): unknown[] {
    try {
      return statement.all(...values)
    } catch (error) {
      if (!this.#readOnly || (error as { code?: string }).code !== 'ERR_OUT_OF_RANGE') throw error
      statement.setReadBigInts(true)
      return statement.all(...values)
    }
  }

  #prepare(sql: string): Prepared {
    const kept = this.#statements.get(sql)
    if (kept) return kept
    const prepared = this.#compile(sql)
    // As numbers node:sqlite refuses integers beyond 2^53, after the statement has run: what writes cannot run again.
    if (this.#readOnly) prepared.statement.setReadBigInts(false)
    this.#statements.set(sql, prepared)
    return prepared
  }

  #compile(sql: string): Prepared {
    const statement = this.#database.prepare(sql)
    statement.setReadBigInts(true)
    // Lists of values: rows are made here, as plain objects, in less time than node:sqlite takes for its own.
    statement.setReturnArrays(true)
    return { statement, columns: toNames(statement), hasStar: sql.includes('*') }
  }
}

/** DATABASE_LACKS, which SQLite has no code for: when a statement is prepared, and when tables have gone since then. */
function explainLack(error: unknown): unknown {
  // SQLite takes a name in quotation marks that it does not know for a text, which no query of Kysely has.
  const reason = (error as Error).message.replace(/ - should this be a string literal.*$/, '')
  return /^no such (?:table|column): /.test(reason)
    ? databaseErrors.DATABASE_LACKS({ reason }, { cause: error })
    : error
}

const toNames = (statement: StatementSync): string[] => statement.columns().map(({ name }) => name)

const toRows = (rows: readonly unknown[], columns: readonly string[]): unknown[] =>
  rows.map((values) => toRow(toValues(values), columns))

/** The types of node:sqlite know rows as records alone; `setReturnArrays` makes them lists. */
const toValues = (row: unknown): readonly unknown[] => row as readonly unknown[]

function toRow(values: readonly unknown[], columns: readonly string[]): unknown {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index++) {
    const value = values[index]
    row[columns[index]!] = typeof value === 'bigint' ? toInteger(value) : value
  }
  return row
}

/** A number where a number holds it exactly. */
const toInteger = (value: bigint): number | bigint =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value

/** A value as SQLite takes it: it knows no booleans, dates or objects. */
function toSqlite(value: unknown): SQLInputValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  return ArrayBuffer.isView(value) ? (value as Uint8Array) : JSON.stringify(value)
}

/** Whether a statement with rows is a write that returns them. */
const isWrite = ({ query }: CompiledQuery): boolean => query.kind !== 'SelectQueryNode' && query.kind !== 'RawNode'
