// `connect`: a database by its URL, as `db`.
import { DefaultQueryExecutor, type KyselyPlugin, type QueryCompiler } from 'kysely'
import { onDispose } from '../2-platform/index.ts'
import { Database } from './kysely.ts'
import { openDatabase } from './open.ts'
import { Core, toCurrent } from './route.ts'
import { Changes } from './track/changes.ts'
import type { Reach } from './track/reach.ts'

/** What is set when a database is connected. */
export interface ConnectOptions {
  /** Plugins of Kysely, in the order in which they see a query. */
  readonly plugins?: readonly KyselyPlugin[]
  /** Makes the compiler of queries from that of the database. */
  readonly compiler?: (inner: QueryCompiler) => QueryCompiler
  /** Follows what changes. Without it nothing is told of what is written: nobody knows the tables. */
  readonly reach?: Reach | undefined
}

/**
 * A database of these tables. It is opened by the first query, and closed with the app, or by `db.destroy()`.
 * `url` is `postgres://…`, the path of a SQLite file, or `:memory:`; by default that of DATABASE_URL, else `.data/app.db`.
 *
 * Values in rows are the same on both databases as far as they know the types: integers are numbers, or bigints beyond
 * 2^53; text is text; bytes are a Uint8Array. SQLite takes booleans as 1 and 0, dates as milliseconds, lists and objects
 * as JSON, and gives these back; Postgres gives `timestamptz` as a Date, `date` and `numeric` as text, JSON as its value.
 */
export function connect<Tables>(
  url?: string,
  { plugins = [], compiler, reach }: ConnectOptions = {},
): Database<Tables> {
  const engine = openDatabase(url)
  const core = new Core(engine, reach && new Changes(engine.feed, reach))
  const executor = new DefaultQueryExecutor(
    compiler?.(engine.compiler) ?? engine.compiler,
    engine.adapter,
    toCurrent(core),
    [...plugins],
  )
  const db = new Database<Tables>({ core, executor })
  onDispose(() => db.destroy())
  return db
}
