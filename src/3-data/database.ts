// `database()`: the tables of an app, as `db`.
import type { Dialect } from './codec.ts'
import { connect } from './connect.ts'
import { ConvertPlugin } from './convert.ts'
import type { Database } from './kysely.ts'
import { type Model, readModel } from './model.ts'
import type { DatabaseTables, Table } from './table.ts'

/** What is set for a database. */
export interface DatabaseOptions {
  /** `postgres://…`, the path of a SQLite file, or `:memory:`. Default: DATABASE_URL, else a SQLite file. */
  readonly url?: string
  /** Views and triggers: the tables that each of them reads, by its name. */
  readonly depends?: Readonly<Record<string, readonly string[]>>
}

const models = new WeakMap<object, Model>()

/**
 * The database of an app: Kysely, typed by the entities, the same on SQLite and Postgres. It is opened by the first query.
 *
 * @throws DATA_TABLE_NAME, DATA_COLUMN_TWICE, DATA_COLUMN_UNKNOWN, DATA_COLUMN_JOIN, DATA_REFERENCE_UNKNOWN,
 * DATA_REFERENCE_KEY, DATA_REFERENCE_NULL
 * @example
 * export const db = database({ posts: table(Post, { index: [['status', 'createdAt']] }) })
 */
export function database<const Tables extends Readonly<Record<string, Table>>>(
  tables: Tables,
  { url }: DatabaseOptions = {},
): Database<DatabaseTables<Tables>> {
  const model = readModel(tables, dialectOf(url))
  const db = connect<DatabaseTables<Tables>>(url, { plugins: [new ConvertPlugin(model, dialectOf(url))] })
  models.set(db, model)
  return db
}

function dialectOf(url = process.env['DATABASE_URL'] ?? ''): Dialect {
  return /^postgres(?:ql)?:/.test(url) ? 'postgres' : 'sqlite'
}

/** The model of a database that `database()` made. */
export function modelOf(db: object): Model {
  const model = models.get(db)
  if (!model) throw new TypeError('This is no database that database() made.')
  return model
}
