// `database()`: the tables of an app, as `db`.
import type { QueryCompiler } from 'kysely'
import { connect } from './connect.ts'
import { Converter } from './convert.ts'
import type { Database } from './kysely.ts'
import { type Model, readModel } from './model.ts'
import { dialectOf } from './open.ts'
import type { DatabaseTables, Table } from './table.ts'
import { type Depends, Reach } from './track/reach.ts'

/** What is set for a database. */
export interface DatabaseOptions<Name extends string = string> {
  /** `postgres://…`, the path of a SQLite file, or `:memory:`. Default: DATABASE_URL, else a SQLite file. */
  readonly url?: string
  /** What views and functions read and triggers write, so that what follows tables knows of it. */
  readonly depends?: Depends<Name>
}

const models = new WeakMap<object, Model>()

/**
 * The database of an app: Kysely, typed by the entities, the same on SQLite and Postgres. It is opened by the first query.
 *
 * @throws DATA_TABLE_NAME, DATA_COLUMN_TWICE, DATA_COLUMN_UNKNOWN, DATA_COLUMN_UNORDERED, DATA_COLUMN_JOIN,
 * DATA_REFERENCE_UNKNOWN, DATA_REFERENCE_KEY, DATA_REFERENCE_NULL, DATA_SEARCH_KIND,
 * DATA_TABLE_UNKNOWN
 * @example
 * export const db = database({ posts: table(Post, { index: [['status', 'createdAt']] }) })
 */
export function database<const Tables extends Readonly<Record<string, Table>>>(
  tables: Tables,
  { url, depends }: DatabaseOptions<keyof DatabaseTables<Tables> & string> = {},
): Database<DatabaseTables<Tables>> {
  // Nothing is opened before the tables are known to be right.
  const dialect = dialectOf(url)
  const model = readModel(tables, dialect)
  const reach = new Reach(model, depends)
  const converter = new Converter(model, dialect, reach)
  const compiler = (inner: QueryCompiler): QueryCompiler => converter.compiler(inner)
  const db = connect<DatabaseTables<Tables>>(url, { plugins: [converter], compiler, reach })
  models.set(db, model)
  return db
}

/** The model of a database that `database()` made. */
export function modelOf(db: object): Model {
  const model = models.get(db)
  if (!model) throw new TypeError('This is no database that database() made.')
  return model
}
