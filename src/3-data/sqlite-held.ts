// A connection of SQLite in the hands of one user.
import type { CompiledQuery, TransactionSettings } from 'kysely'
import { log } from '../2-platform/index.ts'
import { type Held, type Result, type Results, TRANSACTION_IDLE } from './engine.ts'
import { databaseErrors, quoteStatement } from './errors.ts'
import { patiently, sqliteCode } from './sqlite-busy.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import { toConstraintError } from './sqlite-constraints.ts'
import { findAccess } from './track/access.ts'
import type { RowSet } from './track/row-set.ts'
import { inTransaction, type SqliteFeed } from './track/sqlite-feed.ts'

/** SQLITE_READONLY: a write on a connection that only reads. */
const READ_ONLY = 8

type Iterated = ReturnType<SqliteConnection['iterate']>

/** What a held connection needs of the file that it is of. */
interface SqliteUse {
  readonly timeout: number
  readonly giveBack: () => void
  /** Where writes are told; of one that only reads there are none. */
  readonly feed?: SqliteFeed
}

export class SqliteHeld implements Held {
  readonly #connection: SqliteConnection
  readonly #timeout: number
  readonly #giveBack: () => void
  readonly #feed: SqliteFeed | undefined
  /** Whether what is written is told of at the commit. */
  #isBegun = false
  #hasSettings = false
  readonly #streams = new Set<Iterated>()
  /** Runs out when a transaction asks nothing for long. */
  #idle: NodeJS.Timeout | undefined
  /** Why there is no transaction any more, where it was not ended by whoever began it. */
  #givenUp: Error | undefined

  constructor(connection: SqliteConnection, { timeout, giveBack, feed }: SqliteUse) {
    this.#connection = connection
    this.#timeout = timeout
    this.#giveBack = giveBack
    this.#feed = feed
  }

  async execute(query: CompiledQuery): Promise<Result> {
    this.#hasSettings ||= /^\s*pragma\b/i.test(query.sql)
    try {
      return await this.#run(query)
    } catch (error) {
      throw this.#explain(error, query)
    }
  }

  async #run(query: CompiledQuery): Promise<Result> {
    this.#stir()
    const connection = this.#connection
    const execute = () => connection.execute(query)
    const access = this.#isBegun ? undefined : findAccess(query)
    const feed = this.#feed
    if (!feed || !access?.isWrite) return await patiently(execute, this.#timeout)
    const { writes } = access
    const note = () => feed.note(connection, writes)
    // What others are to hear of is written with it. That nobody is there to hear is looked at again behind it.
    const isShared = feed.isShared(connection, query)
    const together = () => inTransaction(connection, () => ({ result: execute(), isNoted: note() }))
    const { result, isNoted } = isShared
      ? await patiently(together, this.#timeout)
      : { result: await patiently(execute, this.#timeout), isNoted: await patiently(note, this.#timeout) }
    feed.committed(writes, isNoted)
    return result
  }

  async *stream(query: CompiledQuery, chunkSize: number): Results {
    if (findAccess(query)?.isWrite) return yield await this.execute(query)
    const iterated = this.#connection.iterate(query)
    this.#streams.add(iterated)
    try {
      for (let isDone = false; !isDone; ) {
        const rows: unknown[] = []
        while (rows.length < chunkSize && !isDone) {
          this.#stir()
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
    this.#isBegun = true
    this.#idle = setTimeout(() => this.#giveUp(), TRANSACTION_IDLE).unref()
  }

  async commit(writes: RowSet): Promise<void> {
    this.#stir()
    const isNoted = (await patiently(() => this.#feed?.note(this.#connection, writes), this.#timeout)) ?? false
    await this.command('commit')
    this.#feed?.committed(writes, isNoted)
  }

  async command(sql: string): Promise<void> {
    this.#stir()
    await patiently(() => this.#connection.command(sql), this.#timeout)
    if (sql !== 'commit' && sql !== 'rollback') return
    this.#isBegun = false
    clearTimeout(this.#idle)
  }

  release(): void {
    clearTimeout(this.#idle)
    if (!this.#givenUp) this.#free()
  }

  /** Something is asked of it. @throws DATABASE_TRANSACTION_IDLE where that comes too late */
  #stir(): void {
    if (this.#givenUp) throw this.#givenUp
    this.#idle?.refresh()
  }

  /** A transaction that waits for something else, perhaps for ever, keeps all others from writing. */
  #giveUp(): void {
    this.#givenUp = databaseErrors.DATABASE_TRANSACTION_IDLE({ seconds: TRANSACTION_IDLE / 1000 })
    log.warn(this.#givenUp.message)
    this.#free()
  }

  #free(): void {
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
