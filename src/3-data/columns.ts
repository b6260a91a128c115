// How each kind of field is stored: the type of its column, its default and what the column is checked for.
import type {
  ArrayDescription,
  DecimalDescription,
  FieldDescription,
  OneOfDescription,
  ReferenceDescription,
} from '../1-contracts/index.ts'
import { createCodec, type Dialect } from './codec.ts'

/** How a kind is stored on SQLite, whose tables are strict: a column takes nothing else. */
const onSqlite: Readonly<Record<string, string>> = {
  integer: 'integer',
  decimal: 'integer',
  boolean: 'integer',
  timestamp: 'integer',
  number: 'real',
}

/**
 * How a kind is stored on Postgres. Texts are compared by their bytes, as SQLite does: an order of words depends on the
 * machine that the server runs on.
 */
const onPostgres: Readonly<Record<string, string>> = {
  id: 'uuid',
  integer: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz(3)',
  json: 'jsonb',
  file: 'jsonb',
}

/**
 * The type of a field's column.
 *
 * @example
 * columnType({ kind: 'timestamp' }, 'postgres') // 'timestamptz(3)'
 */
export function columnType(field: FieldDescription, dialect: Dialect): string {
  if (field.kind === 'reference') return columnType((field as ReferenceDescription).key, dialect)
  if (dialect === 'sqlite') return onSqlite[field.kind] ?? 'text'
  if (field.kind === 'decimal') return `numeric(19, ${(field as DecimalDescription).scale})`
  if (field.kind === 'array') return arrayType((field as ArrayDescription).item)
  return onPostgres[field.kind] ?? 'text collate "C"'
}

/** A collation stands behind the brackets: `text[] collate "C"`. */
function arrayType(item: FieldDescription): string {
  const [type, ...collation] = columnType(item, 'postgres').split(' collate ')
  return [`${type}[]`, ...collation].join(' collate ')
}

/** What a column is checked for by the database itself, as SQL, or nothing. */
export function columnCheck(name: string, field: FieldDescription, dialect: Dialect): string | undefined {
  if (field.kind === 'oneOf') {
    const values = (field as OneOfDescription).values.map(quoteText)
    return `${quoteName(name)} in (${values.join(', ')})`
  }
  return field.kind === 'boolean' && dialect === 'sqlite' ? `${quoteName(name)} in (0, 1)` : undefined
}

/** The moment at which a row is written, as each database says it. */
const now: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  sqlite: { timestamp: `(cast(unixepoch('subsec') * 1000 as integer))`, date: `(date('now'))` },
  postgres: { timestamp: 'now()', date: `((now() at time zone 'utc')::date)` },
}

/**
 * The default of a column as SQL, or nothing. Inserts by the framework bring their own values: this one is for rows that
 * others write, and for columns that are added to a table with rows.
 */
export function columnDefault(field: FieldDescription, dialect: Dialect): string | undefined {
  if (!('default' in field)) return undefined
  if (field.default === 'now' && now[dialect][field.kind]) return now[dialect][field.kind]
  const value = createCodec(field, dialect).encode(field.default)
  if (Array.isArray(value))
    return `array[${value.map(quoteValue).join(', ')}]::${columnType(field, dialect).split(' collate ')[0]}`
  return quoteValue(value)
}

function quoteValue(value: unknown): string {
  return typeof value === 'string' ? quoteText(value) : String(value)
}

/** A text in SQL (both databases: no backslash has a meaning in it). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A name in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
