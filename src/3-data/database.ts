// `database()`: the tables of an app, as `db`.
import type { QueryCompiler } from 'kysely'
import type { Dialect } from './codec.ts'
import { connect } from './connect.ts'
import { Converter } from './convert.ts'
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

/** What was said of the tables of a database. */
interface Declared {
  readonly model: Model
  readonly depends: Readonly<Record<string, readonly string[]>>
}

const declared = new WeakMap<object, Declared>()

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
  { url, depends = {} }: DatabaseOptions = {},
): Database<DatabaseTables<Tables>> {
  const model = readModel(tables, dialectOf(url))
  const converter = new Converter(model, dialectOf(url))
  const compiler = (inner: QueryCompiler): QueryCompiler => converter.compiler(inner)
  const db = connect<DatabaseTables<Tables>>(url, { plugins: [converter], compiler })
  declared.set(db, { model, depends })
  return db
}

/** As `connect` reads it, which opens nothing before the tables are known to be right. */
function dialectOf(url = process.env['DATABASE_URL'] ?? ''): Dialect {
  return /^postgres(?:ql)?:/i.test(url) ? 'postgres' : 'sqlite'
}

/** The model of a database that `database()` made. */
export function modelOf(db: object): Model {
  return declaredOf(db).model
}

/** The tables that each of its views and triggers reads. */
export function dependsOf(db: object): Declared['depends'] {
  return declaredOf(db).depends
}

function declaredOf(db: object): Declared {
  const found = declared.get(db)
  if (!found) throw new TypeError('This is no database that database() made.')
  return found
}
