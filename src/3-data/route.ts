// Where a query goes: to the transaction in which it is asked, else to the database. Kysely is handed a connection that
// decides anew for every query, and holds nothing itself.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { CompiledQuery, ConnectionProvider, DatabaseConnection } from 'kysely'
import type { Engine, Result, Results } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { Level } from './transaction.ts'

/** An opened database and the transactions that go on in it. */
export class Core {
  readonly engine: Engine
  readonly #levels = new AsyncLocalStorage<Level | undefined>()

  constructor(engine: Engine) {
    this.engine = engine
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
    const level = new Level(held, { origin })
    try {
      return await use(level)
    } finally {
      await level.end()
      held.release(level.hasFailed)
      await level.publish()
    }
  }
}

/** A connection in the eyes of Kysely. */
interface Route {
  execute(query: CompiledQuery): Promise<Result>
  stream(query: CompiledQuery, chunkSize: number): Results
}

/** The way of `db`: the transaction in which it is used, if any. */
export const toCurrent = (core: Core): ConnectionProvider => provide(() => core.current ?? core.engine)

/** The way of `db.outside`: never a transaction that goes on already. */
export const toOutside = (core: Core): ConnectionProvider => {
  const { engine } = core
  return provide(() => ({
    execute: (query) => engine.execute(query, core.current?.heldAround()),
    stream: (query, chunkSize) => engine.stream(query, chunkSize),
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
