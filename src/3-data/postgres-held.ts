// A connection of Postgres in the hands of one user.
import { CompiledQuery, type TransactionSettings } from 'kysely'
import type { PoolClient } from 'pg'
import type { Held, Result, Results } from './engine.ts'
import { explain, type FindColumns, isLost } from './postgres-errors.ts'
import { toPostgres } from './postgres-values.ts'

/** What a held connection needs of the pool that it comes from. */
export interface PoolUse {
  readonly statementTimeout: number
  readonly findColumns: FindColumns
  /** Takes another connection. */
  readonly take: () => Promise<PoolClient>
}

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
      throw await explain(error, { query, ...this.#use })
    }
  }

  /** Sends a statement; errors are those of pg. */
  async send({ sql, parameters }: CompiledQuery): Promise<Result> {
    const { command, rowCount, rows } = await this.#client.query(sql, parameters.map(toPostgres))
    return { rows, ...(WRITES.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) }
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

  async command(sql: string): Promise<void> {
    await this.execute(CompiledQuery.raw(sql))
    if (sql === 'commit' || sql === 'rollback') this.#inTransaction = false
  }

  release(broken = false): void {
    this.#client.release(broken)
  }
}

/** Whether the server takes it for a cursor: reads alone, and none that write in a `with`. */
const hasCursor = ({ query, sql }: CompiledQuery): boolean =>
  query.kind === 'SelectQueryNode'
    ? !('with' in query && query.with)
    : query.kind === 'RawNode' && /^\s*(select|values)\b/i.test(sql)
