// The builders of `db.transaction()` and `db.connection()`: Kysely's own, which make what they open the current one.
import {
  type AccessMode,
  ConnectionBuilder,
  type IsolationLevel,
  type Kysely,
  type KyselyProps,
  Transaction,
  TransactionBuilder,
} from 'kysely'
import { type Core, toLevel } from './route.ts'
import type { Level } from './transaction.ts'

/** What a builder needs of the database that made it. */
export interface AmbientProps extends KyselyProps {
  readonly core: Core
  /** Made by `db.outside`: what goes on already is not looked at. */
  readonly isOutside: boolean
}

interface TransactionProps extends AmbientProps {
  readonly accessMode?: AccessMode | undefined
  readonly isolationLevel?: IsolationLevel | undefined
  readonly times?: number | undefined
}

/** Builds a transaction. */
export class AmbientTransactionBuilder<Tables> extends TransactionBuilder<Tables> {
  readonly #props: TransactionProps

  constructor(props: TransactionProps) {
    super(props as KyselyProps)
    this.#props = props
  }

  override setAccessMode(accessMode: AccessMode): AmbientTransactionBuilder<Tables> {
    return new AmbientTransactionBuilder({ ...this.#props, accessMode })
  }

  override setIsolationLevel(isolationLevel: IsolationLevel): AmbientTransactionBuilder<Tables> {
    return new AmbientTransactionBuilder({ ...this.#props, isolationLevel })
  }

  /**
   * Runs the whole transaction again, at most so many times, when the database ended it because it clashed with another
   * one (a serialisation failure or a deadlock of Postgres). What it does besides the database is done again too.
   */
  retry(times: number): AmbientTransactionBuilder<Tables> {
    return new AmbientTransactionBuilder({ ...this.#props, times })
  }

  override async execute<Value>(callback: (trx: Transaction<Tables>) => Promise<Value>): Promise<Value> {
    const { core, isOutside, accessMode, times = 0 } = this.#props
    const outer = isOutside ? undefined : core.current
    if (outer) return await this.#run(outer, callback)
    for (let left = times; ; left--) {
      try {
        return await core.hold(accessMode === 'read only', (base) => this.#run(base, callback))
      } catch (error) {
        if (left <= 0 || !core.engine.isClash(error)) throw error
      }
    }
  }

  async #run<Value>(base: Level, callback: (trx: Transaction<Tables>) => Promise<Value>): Promise<Value> {
    const { core, executor, accessMode, isolationLevel } = this.#props
    const level = await base.begin({ ...(accessMode && { accessMode }), ...(isolationLevel && { isolationLevel }) })
    const own = executor.withConnectionProvider(toLevel(core, level))
    const trx = new Transaction<Tables>({ ...this.#props, executor: own })
    try {
      return await core.within(level, async () => {
        const value = await callback(trx)
        await level.commit()
        return value
      })
    } catch (error) {
      await level.rollback()
      throw error
    }
  }
}

/** Builds the use of one connection; inside a transaction that is the transaction's. */
export class AmbientConnectionBuilder<Tables> extends ConnectionBuilder<Tables> {
  readonly #props: AmbientProps
  readonly #bind: (level: Level) => Kysely<Tables>

  constructor(props: AmbientProps, bind: (level: Level) => Kysely<Tables>) {
    super(props)
    this.#props = props
    this.#bind = bind
  }

  override async execute<Value>(callback: (db: Kysely<Tables>) => Promise<Value>): Promise<Value> {
    const { core, isOutside } = this.#props
    const use = (level: Level) => core.within(level, () => callback(this.#bind(level)))
    return core.current && !isOutside ? await use(core.current) : await core.hold(false, use)
  }
}
