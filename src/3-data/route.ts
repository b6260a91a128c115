// Where a query goes: to the transaction in which it is asked, else to the database. Kysely is handed a connection that
// decides anew for every query, and holds nothing itself.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { CompiledQuery, ConnectionProvider, DatabaseConnection } from 'kysely'
import type { Engine, Held, Result, Results } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { ensureAccess, findAccess } from './track/access.ts'
import type { Changes } from './track/changes.ts'
import type { RowSet } from './track/row-set.ts'
import { Level } from './transaction.ts'

/** An opened database and the transactions that go on in it. */
export class Core {
  readonly engine: Engine
  /** What is known of what changes: of a database whose tables are known. */
  readonly changes: Changes | undefined
  /** The database itself, outside of all transactions. */
  readonly direct: Route
  readonly #levels = new AsyncLocalStorage<Level | undefined>()

  constructor(engine: Engine, changes?: Changes) {
    this.engine = engine
    this.changes = changes
    this.direct = this.#toDirect()
  }

  /** The level in which the caller runs. */
  get current(): Level | undefined {
    return this.#levels.getStore()
  }

  /** Runs something with that level as the current one. */
  within<Value>(level: Level, run: () => Promise<Value>): Promise<Value> {
    return this.#levels.run(level, run)
  }

  /** Takes a connection for the time that something runs. */
  async hold<Value>(readOnly: boolean, use: (level: Level) => Promise<Value>): Promise<Value> {
    const origin = this.current
    const held = await this.engine.hold({ readOnly, inside: origin?.heldAround() ?? [] })
    const level = new Level(held, { origin, changes: this.changes })
    try {
      return await use(level)
    } finally {
      await level.end()
      held.release(level.hasFailed)
      await level.publish()
    }
  }

  /** Tells of rows that were written without a statement: with the transaction that goes on, else at once. */
  async write(rows: RowSet): Promise<void> {
    const { current } = this
    if (current && current.depth > 0) current.wrote(rows)
    else
      await this.hold(false, async (base) => {
        const level = await base.begin()
        level.wrote(rows)
        await level.commit()
      })
  }

  #toDirect(): Route {
    const { engine, changes } = this
    if (!changes) return engine
    const note = (query: CompiledQuery): CompiledQuery => {
      const asked = ensureAccess(query)
      changes.read(findAccess(asked)!)
      return asked
    }
    return {
      execute: (query, inside) => engine.execute(note(query), inside),
      stream: (query, chunkSize) => engine.stream(note(query), chunkSize),
    }
  }
}

/** A connection in the eyes of Kysely. */
interface Route {
  execute(query: CompiledQuery, inside?: readonly Held[]): Promise<Result>
  stream(query: CompiledQuery, chunkSize: number): Results
}

/** The way of `db`: the transaction in which it is used, if any. */
export const toCurrent = (core: Core): ConnectionProvider => provide(() => core.current ?? core.direct)

/** The way of `db.outside`: never a transaction that goes on already. */
export const toOutside = (core: Core): ConnectionProvider => {
  const { direct } = core
  return provide(() => ({
    execute: (query) => direct.execute(query, core.current?.heldAround()),
    stream: (query, chunkSize) => direct.stream(query, chunkSize),
  }))
}

/** The way of a transaction that is named: its own level, or the savepoint inside it in which the caller runs. */
export const toLevel = (core: Core, level: Level): ConnectionProvider =>
  provide(() => (core.current?.isWithin(level) ? core.current : level))

function provide(find: () => Route): ConnectionProvider {
  const connection: DatabaseConnection = {
    // Kysely's types say of rows what the query says; the databases know nothing of it.
    executeQuery: (query) => find().execute(query) as never,
    streamQuery: (query, chunkSize) => find().stream(query, chunkSize) as never,
  }
  return { provideConnection: (consumer) => consumer(connection) }
}

/** A connection that is held until the consumer is done, for transactions that are begun and ended by hand. */
export class HeldConnection implements DatabaseConnection {
  readonly #levels: Level[]
  readonly #names: string[] = []

  constructor(base: Level) {
    this.#levels = [base]
  }

  get #top(): Level {
    return this.#levels.at(-1)!
  }

  executeQuery: DatabaseConnection['executeQuery'] = (query) => this.#top.execute(query) as never

  streamQuery: DatabaseConnection['streamQuery'] = (query, chunkSize) => this.#top.stream(query, chunkSize) as never

  async begin(settings: Parameters<Level['begin']>[0], name = ''): Promise<void> {
    this.#levels.push(await this.#top.begin(settings))
    this.#names.push(name)
  }

  /** Ends levels from the top until the named one has ended; the outermost is named ''. */
  async end(way: 'commit' | 'rollback', name = ''): Promise<void> {
    if (!this.#names.includes(name)) throw databaseErrors.DATABASE_TRANSACTION_OVER({ statement: `${way} ${name}` })
    for (let ended: string | undefined; ended !== name; ) {
      await this.#top[way]()
      this.#levels.pop()
      ended = this.#names.pop()
    }
  }
}
