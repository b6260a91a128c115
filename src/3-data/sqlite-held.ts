// A connection of SQLite in the hands of one user.
import type { CompiledQuery, TransactionSettings } from 'kysely'
import type { Held, Result, Results } from './engine.ts'
import { databaseErrors, quoteStatement } from './errors.ts'
import { patiently, sqliteCode } from './sqlite-busy.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { toConstraintError } from './sqlite-constraints.ts'

/** SQLITE_READONLY: a write on a connection that only reads. */
const READ_ONLY = 8

type Iterated = ReturnType<SqliteConnection['iterate']>

export class SqliteHeld implements Held {
  readonly #connection: SqliteConnection
  readonly #timeout: number
  readonly #giveBack: () => void
  #hasSettings = false
  readonly #streams = new Set<Iterated>()

  constructor(connection: SqliteConnection, timeout: number, giveBack: () => void) {
    this.#connection = connection
    this.#timeout = timeout
    this.#giveBack = giveBack
  }

  async execute(query: CompiledQuery): Promise<Result> {
    this.#hasSettings ||= /^\s*pragma\b/i.test(query.sql)
    try {
      return await patiently(() => this.#connection.execute(query), this.#timeout)
    } catch (error) {
      throw this.#explain(error, query)
    }
  }

  async *stream(query: CompiledQuery, chunkSize: number): Results {
    const iterated = this.#connection.iterate(query)
    this.#streams.add(iterated)
    try {
      for (let isDone = false; !isDone; ) {
        const rows: unknown[] = []
        while (rows.length < chunkSize && !isDone) {
          const next = iterated.next()
          if (next.done) isDone = true
          else rows.push(next.value)
        }
        if (rows.length > 0) yield { rows }
      }
    } catch (error) {
      throw this.#explain(error, query)
    } finally {
      iterated.return(undefined)
      this.#streams.delete(iterated)
    }
  }

  /** One that writes takes the right to do so at once, so that it cannot fail for it half way; one that reads never. */
  async begin({ accessMode }: TransactionSettings): Promise<void> {
    await this.command(accessMode === 'read only' ? 'begin' : 'begin immediate')
  }

  async command(sql: string): Promise<void> {
    await patiently(() => this.#connection.command(sql), this.#timeout)
  }

  release(): void {
    // A statement that nobody reads to its end would keep the connection at what the file was when it began.
    for (const stream of this.#streams) stream.return(undefined)
    // What was begun or set by raw SQL would be the next one's.
    if (this.#connection.isInTransaction) this.#connection.command('rollback')
    if (this.#hasSettings) this.#connection.set()
    this.#giveBack()
  }

  #explain(error: unknown, query: CompiledQuery): unknown {
    if (sqliteCode(error) === READ_ONLY) {
      return databaseErrors.DATABASE_READ_ONLY({ statement: quoteStatement(query.sql) }, { cause: error })
    }
    return toConstraintError(error, query, this.#connection)
  }
}
