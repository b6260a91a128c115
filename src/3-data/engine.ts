// What a database can do, whatever it is: the one contract of SQLite and Postgres.
import type {
  CompiledQuery,
  DatabaseIntrospector,
  DialectAdapter,
  Kysely,
  QueryCompiler,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import type { Feed } from './track/feed.ts'
import type { RowSet } from './track/row-set.ts'

/** The databases that are known. */
export type DialectName = 'sqlite' | 'postgres'

/** Milliseconds for which a transaction may ask nothing before it is ended: of SQLite nobody else could write until then. */
export const TRANSACTION_IDLE = 60_000

/** What a statement gave. */
export type Result = QueryResult<unknown>

/** Rows as they come, in pieces. */
export type Results = AsyncIterableIterator<Result>

/**
 * A connection that one user has to himself until `release`. He sends one statement at a time. What a statement outside of
 * a transaction writes (`track/access.ts`) all that listen hear of.
 */
export interface Held {
  execute(query: CompiledQuery): Promise<Result>
  stream(query: CompiledQuery, chunkSize: number): Results
  begin(settings: TransactionSettings): Promise<void>
  /** Commits what was begun, and has all that listen hear of what it wrote. */
  commit(writes: RowSet): Promise<void>
  /** Rollback, savepoint: what has neither rows nor values. */
  command(sql: string): Promise<void>
  /** Gives it back; `broken` when nothing can be expected of it any more. */
  release(broken?: boolean): void
}

/** How a connection is held. */
export interface HoldOptions {
  /** It is only read from. */
  readonly readOnly: boolean
  /** What the caller holds already, and keeps while waiting. */
  readonly inside: readonly Held[]
}

/** A database that is open, or opens itself when it is first asked. */
export interface Engine {
  readonly dialect: DialectName
  readonly compiler: QueryCompiler
  readonly adapter: DialectAdapter
  /** Whether there is something to be asked: a SQLite file is made by the first statement. */
  readonly isThere: boolean
  /** What is heard of writes. */
  readonly feed: Feed
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector
  /** One statement by itself, outside of transactions; `inside` as in HoldOptions. */
  execute(query: CompiledQuery, inside?: readonly Held[]): Promise<Result>
  stream(query: CompiledQuery, chunkSize: number): Results
  hold(options: HoldOptions): Promise<Held>
  /** Whether a whole transaction that failed so may be run anew: it clashed with another one. */
  isClash(error: unknown): boolean
  close(): Promise<void>
}
