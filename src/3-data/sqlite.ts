// SQLite: one connection that writes, and several that read, so that a transaction never blocks a page.
import { existsSync } from 'node:fs'
import { type CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { Layer9Error } from '../1-contracts/index.ts'
import type { Engine, Held, HoldOptions, Result, Results } from './engine.ts'
import { databaseErrors, quoteStatement } from './errors.ts'
import { patiently, sqliteCode } from './sqlite-busy.ts'
import { SqliteConnection, type SqliteSettings } from './sqlite-connection.ts'
import { prepareFile } from './sqlite-file.ts'
import { SqliteHeld } from './sqlite-held.ts'
import { SqliteFeed } from './track/sqlite-feed.ts'
import { Turns } from './turns.ts'

/** What is set for a SQLite file. */
export interface SqliteOptions {
  /** Its path, or `:memory:`. */
  readonly file: string
  readonly synchronous: SqliteSettings['synchronous']
  /** Milliseconds to wait for who writes: another process, or a transaction of this one. */
  readonly busyTimeout: number
}

/** Connections for streams and transactions that read: the most that are open, and those kept for the next ones. */
const MOST_READERS = 32
const KEPT_READERS = 4

/** SQLITE_READONLY: a statement that looked like a read was none. */
const READ_ONLY = 8

interface Opened {
  readonly writer: SqliteConnection
  /** Reads whole answers at once, so that one is enough for all pages. */
  readonly reader: SqliteConnection
  readonly settings: SqliteSettings
  readonly remove: () => void
}

/** A SQLite file, opened when it is first asked for something. */
export class SqliteEngine implements Engine {
  readonly dialect = 'sqlite' as const
  readonly compiler: SqliteQueryCompiler = new SqliteQueryCompiler()
  readonly adapter: SqliteAdapter = new SqliteAdapter()
  readonly feed: SqliteFeed
  readonly #options: SqliteOptions
  readonly #writeTurns = new Turns()
  readonly #readTurns = new Turns(MOST_READERS)
  readonly #readers = new Set<SqliteConnection>()
  readonly #idle: SqliteConnection[] = []
  #opening: Promise<Opened> | undefined
  /** What came of it: once it is open, nobody waits for a promise. */
  #opened: Opened | undefined
  #isClosed = false
  /** Who has the turn to write. */
  #writing: Held | undefined

  constructor(options: SqliteOptions) {
    this.#options = options
    this.feed = new SqliteFeed({
      isPrivate: options.file === ':memory:',
      reader: () => this.#opened?.reader,
      write: (work) => this.#writeDirectly(work),
    })
  }

  get isThere(): boolean {
    return this.#opened !== undefined || (this.#options.file !== ':memory:' && existsSync(this.#options.file))
  }

  createIntrospector: Engine['createIntrospector'] = (db) => new SqliteIntrospector(db)

  isClash: Engine['isClash'] = () => false

  async execute(query: CompiledQuery, inside: readonly Held[] = []): Promise<Result> {
    if (!looksLikeRead(query)) return await this.#write(query, inside)
    const { reader } = this.#opened ?? (await this.#open())
    try {
      return await patiently(() => reader.execute(query), this.#options.busyTimeout)
    } catch (error) {
      if (sqliteCode(error) !== READ_ONLY) throw error
      return await this.#write(query, inside)
    }
  }

  async *stream(query: CompiledQuery, chunkSize: number): Results {
    const held = await this.hold({ readOnly: looksLikeRead(query), inside: [] })
    try {
      yield* held.stream(query, chunkSize)
    } finally {
      held.release()
    }
  }

  async hold({ readOnly, inside }: HoldOptions): Promise<Held> {
    const opened = this.#opened ?? (await this.#open())
    if (readOnly) return await this.#holdReader(opened)
    if (this.#writing && inside.includes(this.#writing)) {
      throw databaseErrors.DATABASE_OUTSIDE_WRITES({ statement: 'begin' })
    }
    await this.#takeTurn(this.#writeTurns, 'a transaction of this process writes')
    if (this.#isClosed) {
      this.#writeTurns.pass()
      throw databaseErrors.DATABASE_CLOSED()
    }
    const giveBack = () => {
      this.#writing = undefined
      this.#writeTurns.pass()
    }
    this.#writing = new SqliteHeld(opened.writer, { timeout: this.#options.busyTimeout, giveBack, feed: this.feed })
    return this.#writing
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const opened = await this.#opening?.catch(() => undefined)
    this.#opening = undefined
    this.#opened = undefined
    // What goes on is ended before, as far as it ends; whoever waits behind it hears that it is too late.
    const hasTurn = opened !== undefined && (await this.#writeTurns.takeWithin(this.#options.busyTimeout))
    for (const reader of this.#readers) reader.close()
    if (opened) this.feed.close(opened.writer)
    // The writer last: it takes the log of writes into the file and removes it.
    opened?.writer.close()
    opened?.remove()
    if (hasTurn) this.#writeTurns.pass()
  }

  async #write(query: CompiledQuery, inside: readonly Held[]): Promise<Result> {
    if (this.#writing && inside.includes(this.#writing)) {
      throw databaseErrors.DATABASE_OUTSIDE_WRITES({ statement: quoteStatement(query.sql) })
    }
    const held = await this.hold({ readOnly: false, inside })
    try {
      return await held.execute(query)
    } finally {
      held.release()
    }
  }

  async #holdReader({ settings }: Opened): Promise<Held> {
    await this.#takeTurn(this.#readTurns, 'all connections that read are in use')
    const connection = this.#idle.pop() ?? this.#openReader(settings)
    const giveBack = () => {
      if (this.#idle.length < KEPT_READERS && !this.#isClosed) this.#idle.push(connection)
      else this.#closeReader(connection)
      this.#readTurns.pass()
    }
    return new SqliteHeld(connection, { timeout: this.#options.busyTimeout, giveBack })
  }

  /** For what the feed keeps in the file: nobody is told of it. */
  async #writeDirectly<Value>(work: (writer: SqliteConnection) => Value): Promise<Value> {
    const { writer } = this.#opened ?? (await this.#open())
    await this.#takeTurn(this.#writeTurns, 'a transaction of this process writes')
    try {
      return await patiently(() => work(writer), this.#options.busyTimeout)
    } finally {
      this.#writeTurns.pass()
    }
  }

  async #takeTurn(turns: Turns, what: string): Promise<void> {
    const { busyTimeout } = this.#options
    if (await turns.takeWithin(busyTimeout)) return
    throw databaseErrors.DATABASE_BUSY({ seconds: busyTimeout / 1000, what })
  }

  #openReader(settings: SqliteSettings): SqliteConnection {
    const reader = new SqliteConnection({ ...settings, readOnly: true })
    this.#readers.add(reader)
    return reader
  }

  #closeReader(reader: SqliteConnection): void {
    this.#readers.delete(reader)
    reader.close()
  }

  async #open(): Promise<Opened> {
    if (this.#isClosed) throw databaseErrors.DATABASE_CLOSED()
    // One that failed is tried again by the next who asks.
    this.#opening ??= this.#connect().catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    this.#opened = await this.#opening
    return this.#opened
  }

  async #connect(): Promise<Opened> {
    const { busyTimeout, synchronous } = this.#options
    try {
      const { file, remove } = prepareFile(this.#options.file)
      const settings: SqliteSettings = { file, synchronous, readOnly: false }
      const writer = await patiently(() => new SqliteConnection(settings), busyTimeout)
      const reader = await patiently(() => this.#openReader(settings), busyTimeout)
      return { writer, reader, settings, remove }
    } catch (error) {
      if (error instanceof Layer9Error) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw databaseErrors.DATABASE_UNREACHABLE({ where: this.#options.file, reason }, { cause: error })
    }
  }
}

/** Whether a statement may go to a connection that only reads. What is taken for a read and writes is refused there. */
function looksLikeRead({ query, sql }: CompiledQuery): boolean {
  return (
    query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*(select|values|with|explain)\b/i.test(sql))
  )
}
