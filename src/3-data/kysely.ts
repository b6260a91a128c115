// `db`: a Kysely whose queries go to the transaction in which they are asked.
import {
  type ConnectionProvider,
  ControlledTransactionBuilder,
  DefaultQueryExecutor,
  type DrainOuterGeneric,
  Kysely,
  type KyselyPlugin,
  type QueryCompiler,
  type QueryExecutor,
} from 'kysely'
import { toDialect, toDriver } from './dialect.ts'
import type { DialectName } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { type Core, HeldConnection, toCurrent, toLevel, toOutside } from './route.ts'
import { Declaring, type RawAccess } from './track/declared.ts'
import type { CommitHook } from './transaction.ts'
import { AmbientConnectionBuilder, type AmbientProps, AmbientTransactionBuilder } from './transaction-builder.ts'

/** What a database is made of. */
export interface DatabaseParts {
  readonly core: Core
  readonly executor: QueryExecutor
  readonly isOutside?: boolean
}

/** What makes values what their columns say: a compiler around that of the database, and a plugin for what comes back. */
export interface Converting extends KyselyPlugin {
  compiler(inner: QueryCompiler): QueryCompiler
}

const cores = new WeakMap<object, Core>()

/** What a database, or a part of it such as `db.outside`, works with. */
export function coreOf(db: object): Core {
  const core = cores.get(db)
  if (!core) throw new TypeError('This is no database that database() made.')
  return core
}

/**
 * A database of these tables: Kysely, with nothing of it hidden. Inside `db.transaction().execute(…)` it is that
 * transaction, in whatever function it is used.
 */
export class Database<Tables> extends Kysely<Tables> {
  /** Which database it is. Queries need not know; raw SQL may. */
  readonly dialect: DialectName
  readonly #props: AmbientProps

  constructor({ core, executor, isOutside = false }: DatabaseParts) {
    const dialect = toDialect(core.engine)
    const props = { config: { dialect }, dialect, driver: toDriver(core.engine), executor, core, isOutside }
    super(props)
    cores.set(this, core)
    this.dialect = core.engine.dialect
    this.#props = props
  }

  /** Whether there is a database to ask: a SQLite file is made by the first query. */
  get isThere(): boolean {
    return this.#props.core.engine.isThere
  }

  /** The same database outside of the transaction that goes on: its queries do not see what that has written. */
  get outside(): Database<Tables> {
    const { core, executor } = this.#props
    return new Database({ core, executor: executor.withConnectionProvider(toOutside(core)), isOutside: true })
  }

  /** Whether the caller runs inside a transaction of it. */
  override get isTransaction(): boolean {
    return !this.#props.isOutside && (this.#props.core.current?.depth ?? 0) > 0
  }

  /**
   * A transaction: what happens in `execute` is committed together, or, when something is thrown, not at all. Inside
   * another one it is a savepoint, and rolls back alone.
   *
   * @throws Layer9Error DATABASE_TRANSACTION_FAILED, DATABASE_TRANSACTION_SETTINGS, DATABASE_BUSY
   */
  override transaction(): AmbientTransactionBuilder<Tables> {
    return new AmbientTransactionBuilder(this.#props)
  }

  /** A transaction that is ended by hand. Only what it gives is in it; `db` itself stays outside. */
  override startTransaction(): ControlledTransactionBuilder<Tables> {
    const { core, executor } = this.#props
    if (this.isTransaction) throw databaseErrors.DATABASE_TRANSACTION_INSIDE()
    const held: ConnectionProvider = {
      provideConnection: (use) => core.hold(false, (level) => use(new HeldConnection(level))),
    }
    return new ControlledTransactionBuilder({ ...this.#props, executor: executor.withConnectionProvider(held) })
  }

  /** One connection for several statements; `db` itself uses it too while the callback runs. */
  override connection(): AmbientConnectionBuilder<Tables> {
    const { core, executor } = this.#props
    const bind = (provider: ConnectionProvider) => this.#with<Tables>(executor.withConnectionProvider(provider))
    return new AmbientConnectionBuilder(this.#props, (level) => bind(toLevel(core, level)))
  }

  /**
   * Has something done when the outermost transaction around the caller is committed, on no connection; outside of
   * transactions at once. A rollback, also of a savepoint alone, forgets it.
   */
  async afterCommit(hook: CommitHook): Promise<void> {
    const { current } = this.#props.core
    if (current && this.isTransaction) current.afterCommit(hook)
    else await hook()
  }

  /** As `afterCommit`, but inside the transaction, as the last thing before it is committed. */
  async beforeCommit(hook: CommitHook): Promise<void> {
    const { current } = this.#props.core
    if (current && this.isTransaction) current.beforeCommit(hook)
    else await hook()
  }

  /**
   * The same database for raw SQL that says which tables it reads and writes. What is left out it does not do; raw SQL
   * that says neither counts as reading and writing everything.
   *
   * @example
   * import { sql } from 'kysely'
   * await sql`update posts set title = lower(title)`.execute(db.raw({ writes: ['posts'] }))
   */
  raw(access: RawAccess<keyof Tables & string>): Database<Tables> {
    return this.withPlugin(new Declaring(access))
  }

  /** The same database, current transaction included, whose values are converted by this alone: that of other tables. */
  withConverter<Other>(converter: Converting): Database<Other> {
    const { core } = this.#props
    const { compiler, adapter } = core.engine
    return this.#with(new DefaultQueryExecutor(converter.compiler(compiler), adapter, toCurrent(core), [converter]))
  }

  override withPlugin(plugin: KyselyPlugin): Database<Tables> {
    return this.#with(this.#props.executor.withPlugin(plugin))
  }

  override withoutPlugins(): Database<Tables> {
    return this.#with(this.#props.executor.withoutPlugins())
  }

  override withSchema(schema: string): Database<Tables> {
    return this.#with(super.withSchema(schema).getExecutor())
  }

  override $extendTables<Added extends Record<string, Record<string, unknown>>>(): Database<
    DrainOuterGeneric<Tables & Added>
  > {
    return this.#with(this.#props.executor)
  }

  override withTables<Added extends Record<string, Record<string, unknown>>>(): Database<
    DrainOuterGeneric<Tables & Added>
  > {
    return this.#with(this.#props.executor)
  }

  override $omitTables<Name extends keyof Tables>(): Database<Tables extends object ? Omit<Tables, Name> : Tables> {
    return this.#with(this.#props.executor)
  }

  override $pickTables<Name extends keyof Tables>(): Database<Tables extends object ? Pick<Tables, Name> : Tables> {
    return this.#with(this.#props.executor)
  }

  #with<Other>(executor: QueryExecutor): Database<Other> {
    return new Database({ core: this.#props.core, executor, isOutside: this.#props.isOutside })
  }
}
