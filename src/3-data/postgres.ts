// Postgres: a pool of connections, by the package `pg`, which an app installs when it moves there.
import { setTimeout } from 'node:timers/promises'
import { checkServerIdentity } from 'node:tls'
import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Client, Pool, PoolClient, PoolConfig, Query } from 'pg'
import { type Engine, type Held, type Result, type Results, TRANSACTION_IDLE } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { isPlainRead } from './plain-read.ts'
import { explain, type FindColumns, isClash, isLost, noteEnd } from './postgres-errors.ts'
import { PostgresHeld } from './postgres-held.ts'
import type { PostgresOptions } from './postgres-url.ts'
import { toTypes } from './postgres-values.ts'
import { findAccess } from './track/access.ts'
import { PostgresFeed, TELLS } from './track/postgres-feed.ts'

/** Milliseconds: how long a connection may lie idle before it is ended. */
const IDLE = 30_000

/** How often a read is sent again when connections break, and the pause before a server is called again. */
const RESENDS = 3
const PAUSE = 100

/** Codes of a server that is about to start or has no place: 57P03, 53300. */
const LATER = new Set(['57P03', '53300'])

export class PostgresEngine implements Engine {
  readonly dialect = 'postgres' as const
  readonly compiler: PostgresQueryCompiler = new PostgresQueryCompiler()
  readonly adapter: PostgresAdapter = new PostgresAdapter()
  /** What is missing on a server is an error of the first statement. */
  readonly isThere = true
  readonly isClash: Engine['isClash'] = isClash
  readonly feed: PostgresFeed = new PostgresFeed(() => this.#connect())
  readonly #options: PostgresOptions
  #pool: Promise<Pooled> | undefined
  #isClosed = false
  /** The columns of rules that were broken, by table and name. */
  readonly #rules = new Map<string, readonly string[]>()

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  createIntrospector: Engine['createIntrospector'] = (db) => new PostgresIntrospector(db)

  async execute(query: CompiledQuery): Promise<Result> {
    for (let sent = 1; ; sent++) {
      const held = await this.hold()
      let failed: unknown
      let isBroken = false
      try {
        return await held.send(query)
      } catch (error) {
        failed = error
        isBroken = isLost(error)
      } finally {
        held.release(isBroken)
      }
      if (isBroken && sent <= RESENDS && isPlainRead(query.query)) continue
      // Now that it is given back: to say what is wrong may take a connection.
      throw await this.#explain(failed, query)
    }
  }

  async *stream(query: CompiledQuery, chunkSize: number): Results {
    // What is written is told of with its own statement, and done whether all of its rows are read or not.
    if (findAccess(query)?.isWrite) return yield await this.execute(query)
    const held = await this.hold()
    let end = 'rollback'
    try {
      // A cursor lives in a transaction; without one the server would keep all of its rows.
      await held.begin({})
      yield* held.stream(query, chunkSize)
      end = 'commit'
    } finally {
      await endStream(held, end)
    }
  }

  async hold(): Promise<PostgresHeld> {
    const { statementTimeout } = this.#options
    const client = await this.#take()
    // It is of the pool that was opened for it.
    const { Query } = await this.#pool!
    const take = () => this.#take()
    return new PostgresHeld(client, { statementTimeout, findColumns: this.#findColumns, take, feed: this.feed, Query })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const pooled = await this.#pool?.catch(() => undefined)
    this.#pool = undefined
    await this.feed.close()
    await pooled?.pool.end()
  }

  /** A connection of its own, outside of the pool. */
  async #connect(): Promise<Client> {
    if (this.#isClosed) throw databaseErrors.DATABASE_CLOSED()
    const { default: pg } = await loadPg()
    const client = new pg.Client(toSettings(this.#options, pg))
    // What breaks it is told by its end too.
    client.on('error', () => {})
    await client.connect()
    return client
  }

  #explain(error: unknown, query: CompiledQuery): Promise<unknown> {
    const { statementTimeout } = this.#options
    return explain(error, { query, statementTimeout, findColumns: this.#findColumns })
  }

  /** A connection: a free one, else a new one. A server that is not there yet is called again for a while. */
  async #take(): Promise<PoolClient> {
    if (this.#isClosed) throw databaseErrors.DATABASE_CLOSED()
    this.#pool ??= createPool(this.#options)
    const { pool } = await this.#pool
    const end = performance.now() + this.#options.connectTimeout
    while (true) {
      try {
        return await pool.connect()
      } catch (error) {
        const isLater = isLost(error) || LATER.has((error as { code?: string }).code ?? '')
        if (!isLater || performance.now() >= end) throw this.#toUnreachable(error, pool)
        await setTimeout(PAUSE)
      }
    }
  }

  #toUnreachable(error: unknown, pool: Pool): Error {
    const { host, port, database, connectTimeout } = this.#options
    if (this.#isClosed) return databaseErrors.DATABASE_CLOSED(undefined, { cause: error })
    if (isFull(pool)) {
      const what = `all ${this.#options.pool} connections are in use`
      return databaseErrors.DATABASE_BUSY({ seconds: connectTimeout / 1000, what }, { cause: error })
    }
    // Some errors of the network have several causes and no text of their own.
    const reason = (error as Error).message || String((error as { code?: string }).code)
    return databaseErrors.DATABASE_UNREACHABLE({ where: `${database} on ${host}:${port}`, reason }, { cause: error })
  }

  /**
   * The columns of a rule, asked of the server once. What cannot be found is worth neither a second error nor a wait: who
   * asks may hold the last connection.
   */
  readonly #findColumns: FindColumns = async (table, rule) => {
    const key = `${table} ${rule}`
    const known = this.#rules.get(key)
    if (known) return known
    const pooled = await this.#pool
    if (!pooled || isFull(pooled.pool)) return []
    const found = await this.execute(CompiledQuery.raw(RULE_COLUMNS, [table, rule])).catch(() => undefined)
    if (!found) return []
    const columns = (found.rows as { name: string }[]).map(({ name }) => name)
    this.#rules.set(key, columns)
    return columns
  }
}

/** Whether all connections are in use, so that whoever wants one has to wait. */
const isFull = ({ options, totalCount, idleCount }: Pool): boolean => totalCount >= options.max && idleCount === 0

/** Also where the consumer leaves early. A connection that cannot even end its transaction is given up. */
async function endStream(held: Held, command: string): Promise<void> {
  try {
    await held.command(command)
    held.release()
  } catch (error) {
    held.release(true)
    if (command === 'commit') throw error
  }
}

/** What is unique is an index, and no constraint. A primary key is both. */
const RULE_COLUMNS = `with rule (relation, name, columns) as (
    select conrelid, conname, conkey from pg_constraint
    union all
    select indrelid, relname, indkey::smallint[] from pg_index join pg_class on pg_class.oid = indexrelid
  )
  select a.attname as name from pg_class t join rule r on r.relation = t.oid,
    unnest(r.columns) with ordinality k(number, place) join pg_attribute a on a.attnum = k.number
  where a.attrelid = t.oid and t.relname = $1 and r.name = $2 group by a.attname, k.place order by k.place`

interface Pooled {
  readonly pool: Pool
  readonly Query: typeof Query
}

async function createPool(options: PostgresOptions): Promise<Pooled> {
  const { default: pg } = await loadPg()
  const pool = new pg.Pool({
    ...toSettings(options, pg),
    max: options.pool,
    idleTimeoutMillis: IDLE,
    // A script that is done ends, as it does on SQLite.
    allowExitOnIdle: true,
  })
  // A connection may break while nobody asks anything of it. The pool forgets it; whoever holds it hears it next time.
  pool.on('error', () => {})
  pool.on('connect', noteEnd)
  return { pool, Query: pg.Query }
}

/** What is set for each connection. */
function toSettings(options: PostgresOptions, { types }: Pick<typeof import('pg'), 'types'>): PoolConfig {
  const { host, port, user, password, database, ssl } = options
  return {
    ...{ host, port, user, password, database },
    // pg compares the certificate of a server that is named by its address with "localhost".
    ssl: ssl && { ...ssl, checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate) },
    connectionTimeoutMillis: options.connectTimeout,
    keepAlive: true,
    statement_timeout: options.statementTimeout,
    idle_in_transaction_session_timeout: TRANSACTION_IDLE,
    application_name: options.applicationName,
    // What SQL makes of dates is to be the same wherever the server stands. Triggers that tell of writes leave these
    // connections out, which do so themselves.
    options: `-c timezone=UTC -c ${TELLS}=on`,
    types: toTypes(types),
  }
}

async function loadPg(): Promise<typeof import('pg')> {
  try {
    return await import('pg')
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw databaseErrors.DATABASE_PACKAGE_MISSING({ package: 'pg' }, { cause: error })
  }
}
