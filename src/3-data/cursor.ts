// Pages by cursor: the next page begins behind the last row of this one, wherever that is by then. A page by offset shows
// a row twice, or never, when others are added or removed meanwhile.
import type { Expression, ExpressionBuilder, ReferenceExpression, SelectQueryBuilder, SqlBool } from 'kysely'
import { decode, encode, Invalid, Layer9Error } from '../1-contracts/index.ts'
import { isBadValue } from './postgres-errors.ts'

type Direction = 'asc' | 'desc'

/** Which page is wanted. */
export interface PageOptions<Column = string> {
  /** The order, first things first. It ends with a key: rows that are equal in all of these have no order. */
  readonly orderBy: readonly (readonly [column: Column, direction?: Direction])[]
  /** Rows of a page. */
  readonly size: number
  /** The cursor behind which it begins: `next` of the page before. Default: the first page. */
  readonly after?: string | undefined
}

/** Some rows, and where the next ones begin. */
export interface Page<Row> {
  readonly rows: Row[]
  /** The cursor of the next page; undefined on the last one. It is text for a URL, and tells what it was sorted by. */
  readonly next: string | undefined
}

/**
 * One page of a query.
 *
 * @throws Invalid where the cursor is none, or belongs to another order
 * @example
 * const recent = db.selectFrom('posts').selectAll().where('status', '=', 'published')
 * await paginate(recent, { orderBy: [['createdAt', 'desc'], ['id']], size: 20, after })
 */
export async function paginate<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { orderBy, size, after }: PageOptions<ReferenceExpression<DB, TB>>,
): Promise<Page<Row>> {
  // Columns are given as text, and of which tables they are does not matter from here on.
  const order = orderBy.map(([column, direction = 'asc']) => ({ column: column as string, direction }))
  const base = query as unknown as AnyQuery
  const asked = after === undefined ? base : afterCursor(base, order, after)
  const sorted = order.reduce((sum, { column, direction }) => sum.orderBy(column, direction), asked)
  const marked = order.reduce((sum, { column }, at) => sum.select(`${column} as ${mark(at)}`), sorted)
  // One row more tells whether there is a next page.
  const found = await marked
    .limit(size + 1)
    .execute()
    .catch((error: unknown) => {
      // A value of what no field is known of: only the database could tell that somebody wrote the cursor.
      throw after !== undefined && isBadValue(error) ? refused() : error
    })
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  const next = found.length > size && last ? writeCursor(order, last) : undefined
  for (const row of rows) for (let at = 0; at < order.length; at++) delete row[mark(at)]
  return { rows: rows as Row[], next }
}

type AnyTables = Record<string, Record<string, unknown>>
type AnyQuery = SelectQueryBuilder<AnyTables, string, Record<string, unknown>>

interface Sorted {
  readonly column: string
  readonly direction: Direction
}

/** No field has a name that begins so. */
const mark = (at: number): string => `_layer9_${at}`

/** Longer than what anybody sorts by. */
const longest = 8192

function writeCursor(order: readonly Sorted[], row: Record<string, unknown>): string {
  const values = order.map((_, at) => row[mark(at)])
  return Buffer.from(encode([nameOf(order), values])).toString('base64url')
}

/** The order that a cursor belongs to. */
function nameOf(order: readonly Sorted[]): string {
  return order.map(({ column, direction }) => `${column} ${direction}`).join()
}

/** @throws Invalid */
function readCursor(order: readonly Sorted[], cursor: string): unknown[] {
  if (cursor.length > longest) throw refused()
  let read: unknown
  try {
    read = decode(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw refused()
  }
  const [name, values] = Array.isArray(read) ? read : []
  if (name !== nameOf(order) || !Array.isArray(values) || values.length !== order.length) throw refused()
  // A list would be several values to Kysely.
  if (values.some((one) => typeof one === 'object' && one !== null && !(one instanceof Date))) throw refused()
  return values
}

function refused(): Invalid {
  return new Invalid({ after: 'This page is not there any more: begin with the first one.' })
}

function afterCursor(query: AnyQuery, order: readonly Sorted[], cursor: string): AnyQuery {
  const values = readCursor(order, cursor)
  const asked = query.where((eb) => isBehind(eb, order, values))
  try {
    asked.compile()
  } catch (error) {
    // A value that the column does not have: somebody wrote the cursor. What is wrong without it is the query's own.
    if (!(error instanceof Layer9Error) || error.code !== 'DATA_VALUE') throw error
    query.compile()
    throw refused()
  }
  return asked
}

/**
 * Behind these values: greater in the first column, or equal there and behind in the rest. Null is less than everything.
 *
 *   a asc, b desc behind (1, 2):   a > 1 or (a = 1 and (b < 2 or b is null))
 */
function isBehind(
  eb: ExpressionBuilder<AnyTables, string>,
  order: readonly Sorted[],
  values: readonly unknown[],
): Expression<SqlBool> {
  const [first, ...rest] = order
  const [value, ...others] = values
  const { column, direction } = first!
  const isNull = eb(column, 'is', null)
  const further =
    value === null
      ? // Nothing is less than null; everything else is greater.
        direction === 'asc'
        ? [eb(column, 'is not', null)]
        : []
      : direction === 'asc'
        ? [eb(column, '>', value)]
        : [eb(column, '<', value), isNull]
  if (rest.length === 0) return eb.or(further)
  const same = value === null ? isNull : eb(column, '=', value)
  return eb.or([...further, eb.and([same, isBehind(eb, rest, others)])])
}
