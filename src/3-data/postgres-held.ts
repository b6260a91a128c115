// A connection of Postgres in the hands of one user.
import { CompiledQuery, type TransactionSettings } from 'kysely'
import type { PoolClient, Query, QueryResult } from 'pg'
import type { Held, Result, Results } from './engine.ts'
import { checkValues } from './errors.ts'
import { explain, type FindColumns, isLost } from './postgres-errors.ts'
import { toPostgres } from './postgres-values.ts'
import { findAccess } from './track/access.ts'
import type { PostgresFeed } from './track/postgres-feed.ts'
import { canBeTold, sendTold } from './track/postgres-told.ts'
import type { RowSet } from './track/row-set.ts'

/** What a held connection needs of the pool that it comes from. */
export interface PoolUse {
  readonly statementTimeout: number
  readonly findColumns: FindColumns
  /** Takes another connection. */
  readonly take: () => Promise<PoolClient>
  /** Where writes are told. */
  readonly feed: PostgresFeed
  readonly Query: typeof Query
}

/** Values of a statement, whose number has 16 bits in the protocol: of more, pg would send a number that is too small. */
const MOST_VALUES = 65_535

/** Commands after which `numAffectedRows` means something. */
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

export class PostgresHeld implements Held {
  #client: PoolClient
  readonly #use: PoolUse
  #inTransaction = false
  #streams = 0

  constructor(client: PoolClient, use: PoolUse) {
    this.#client = client
    this.#use = use
  }

  async execute(query: CompiledQuery): Promise<Result> {
    try {
      return await this.send(query)
    } catch (error) {
      throw await explain(error, { query, client: this.#client, ...this.#use })
    }
  }

  /** Sends a statement; errors are those of pg. */
  async send(query: CompiledQuery): Promise<Result> {
    checkValues(query, MOST_VALUES)
    const access = this.#inTransaction ? undefined : findAccess(query)
    const { command, rowCount, rows } = access?.isWrite
      ? await this.#sendTold(query, access.writes)
      : await this.#client.query(query.sql, query.parameters.map(toPostgres))
    return { rows, ...(WRITES.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }

  /** Sends one that writes by itself, with word of it. */
  async #sendTold({ sql, parameters }: CompiledQuery, writes: RowSet): Promise<QueryResult> {
    const { feed, Query } = this.#use
    const notify = feed.notify(writes)
    const values = parameters.map(toPostgres)
    try {
      if (canBeTold(sql, values.length > 0)) return await sendTold(this.#client, Query, { sql, values, notify })
      const result = await this.#client.query(sql, values)
      await this.#client.query(notify)
      return result
    } finally {
      // Whether one that failed was done is not always known. To hear of too much does no harm.
      feed.committed(writes)
    }
  }

  /** Rows through a cursor of the server, which is read with statements of its own: others may come between. */
  async *stream(query: CompiledQuery, chunkSize: number): Results {
    if (!hasCursor(query)) return yield await this.execute(query)
    const cursor = `layer9_stream_${++this.#streams}`
    const hold = this.#inTransaction ? '' : ' with hold'
    await this.execute({ ...query, sql: `declare ${cursor} no scroll cursor${hold} for ${query.sql}` })
    const fetch = { ...query, parameters: [], sql: `fetch ${chunkSize} from ${cursor}` }
    try {
      while (true) {
        const result = await this.execute(fetch)
        if (result.rows.length > 0) yield result
        if (result.rows.length < chunkSize) return
      }
    } finally {
      // A transaction that failed or is over has closed it itself.
      await this.#client.query(`close ${cursor}`).catch(() => {})
    }
  }

  async begin({ isolationLevel, accessMode }: TransactionSettings): Promise<void> {
    const level = isolationLevel && ` isolation level ${isolationLevel}`
    const sql = `start transaction${level ?? ''}${accessMode ? ` ${accessMode}` : ''}`
    try {
      await this.#client.query(sql)
    } catch (error) {
      if (!isLost(error)) throw error
      // Nothing was begun on a connection that had broken while nobody used it.
      this.#client.release(true)
      this.#client = await this.#use.take()
      await this.#client.query(sql)
    }
    this.#inTransaction = true
  }

  async commit(writes: RowSet): Promise<void> {
    if (writes.isEmpty) return await this.command('commit')
    const { feed } = this.#use
    try {
      await this.command(`${feed.notify(writes)}; commit`)
    } finally {
      feed.committed(writes)
    }
    this.#inTransaction = false
  }

  async command(sql: string): Promise<void> {
    await this.execute(CompiledQuery.raw(sql))
    if (sql === 'commit' || sql === 'rollback') this.#inTransaction = false
  }

  release(broken = false): void {
    // What raw SQL has begun and not ended would be the next one's: the server undoes it with the connection.
    const { getTransactionStatus: status } = this.#client as PoolClient & { getTransactionStatus(): string | null }
    this.#client.release(broken || /^[TE]$/.test(status.call(this.#client) ?? ''))
  }
}

/** Whether the server takes it for a cursor: reads alone, and none that write in a `with`. */
const hasCursor = ({ query, sql }: CompiledQuery): boolean =>
  query.kind === 'SelectQueryNode'
    ? !('with' in query && query.with)
    : query.kind === 'RawNode' && /^\s*(select|values)\b/i.test(sql)
