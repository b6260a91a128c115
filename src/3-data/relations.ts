// Rows with the rows that belong to them: one more statement for each relation, however many rows there are.
import type { ReferenceExpression, SelectQueryBuilder } from 'kysely'
import { tableErrors } from './table-errors.ts'

/** Any query that selects. Its own types are those of `one` and `many`. */
// biome-ignore lint/suspicious/noExplicitAny: what is asked is of any tables, and is not looked into
type AnySelect = SelectQueryBuilder<any, any, any>

/** Rows of another table that belong to a row. Made by `one()` and `many()`. */
export interface Relation<Result = unknown, From extends string = string> {
  readonly query: AnySelect
  readonly from: From
  readonly to: string
  readonly isMany: boolean
  readonly with: Relations
  /** Only for types. */
  readonly result?: Result
}

/** Relations by the names that they get in a row. */
export type Relations<From extends string = string> = Readonly<Record<string, Relation<unknown, From>>>

/** Rows with what belongs to them, written out when hovered over. */
export type WithRelations<Row, Loaded extends Relations> = {
  [Name in keyof Row | keyof Loaded]: Name extends keyof Loaded
    ? NonNullable<Loaded[Name]['result']> | (Loaded[Name]['isMany'] extends true ? never : null)
    : Name extends keyof Row
      ? Row[Name]
      : never
} & {}

/** How rows belong together. */
export interface RelationOptions<From extends string, To, Inner extends Relations> {
  /** The column of the row that has relations. Of many default `id`. */
  readonly from?: From
  /** The column of the rows that belong to it, which holds the same value. Of one default `id`. */
  readonly to?: To
  /** What belongs to these rows in turn. */
  readonly with?: Inner
}

/** No relations. */
// biome-ignore lint/complexity/noBannedTypes: the empty set, which more may be added to
type None = {}

/**
 * The one row that a row refers to, or null.
 *
 * @example
 * one(db.selectFrom('users').select(['users.id', 'users.name']), { from: 'authorId' })
 */
export function one<
  DB,
  TB extends keyof DB,
  Row,
  const From extends string,
  Inner extends Relations<keyof Row & string> = None,
>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { from, to, with: inner }: RelationOptions<From, ReferenceExpression<DB, TB>, Inner> & { readonly from: From },
): Relation<WithRelations<Row, Inner>, From> & { readonly isMany: false } {
  return { query, from, to: (to as string | undefined) ?? 'id', isMany: false, with: inner ?? {} }
}

/**
 * The rows that refer to a row. Many to many is the same by way of the table between the two.
 *
 * @example
 * many(db.selectFrom('comments').selectAll().orderBy('createdAt'), { to: 'postId' })
 * many(db.selectFrom('tags').innerJoin('posts_tags', 'posts_tags.tags', 'tags.id').selectAll('tags'), { to: 'posts_tags.posts' })
 */
export function many<
  DB,
  TB extends keyof DB,
  Row,
  const From extends string = 'id',
  Inner extends Relations<keyof Row & string> = None,
>(
  query: SelectQueryBuilder<DB, TB, Row>,
  {
    from,
    to,
    with: inner,
  }: RelationOptions<From, ReferenceExpression<DB, TB>, Inner> & {
    readonly to: ReferenceExpression<DB, TB>
  },
): Relation<WithRelations<Row, Inner>[], From> & { readonly isMany: true } {
  // The default of the type is that of the value. References are given as text.
  return { query, from: from ?? ('id' as From), to: to as string, isMany: true, with: inner ?? {} }
}

/**
 * Runs a query and loads what belongs to its rows: one statement for each relation, at any depth.
 *
 * @throws DATA_RELATION_LIMIT where a relation's query has a limit, which would be one of all rows together
 * @example
 * await withRelations(db.selectFrom('posts').selectAll().limit(20), {
 *   author: one(db.selectFrom('users').select(['id', 'name']), { from: 'authorId' }),
 *   comments: many(db.selectFrom('comments').selectAll(), { to: 'postId' }),
 * })
 */
export async function withRelations<DB, TB extends keyof DB, Row, Loaded extends Relations<keyof Row & string>>(
  query: SelectQueryBuilder<DB, TB, Row>,
  relations: Loaded,
): Promise<WithRelations<Row, Loaded>[]> {
  const rows = (await query.execute()) as Loadable[]
  await load(rows, relations)
  return rows as WithRelations<Row, Loaded>[]
}

type Loadable = Record<string, unknown>

/** Where the value stands by which a row belongs to another one. No field has a name that begins so. */
const belonging = '_layer9_to'
/** As many values as both databases take in one statement, with room for those of the query itself. */
const mostKeys = 10_000

/** All relations one after another: inside a transaction there is one connection. */
async function load(rows: readonly Loadable[], relations: Relations): Promise<void> {
  for (const [name, relation] of Object.entries(relations)) {
    const found = await rowsOf(relation, keysOf(rows, relation.from))
    for (const row of rows) {
      const own = found.get(keyOf(row[relation.from])) ?? []
      row[name] = relation.isMany ? own : (own[0] ?? null)
    }
  }
}

function keysOf(rows: readonly Loadable[], from: string): unknown[] {
  const keys = new Map<unknown, unknown>()
  for (const { [from]: value } of rows) if (value !== null && value !== undefined) keys.set(keyOf(value), value)
  return [...keys.values()]
}

/** Equal values are equal keys of a map: moments are objects. */
function keyOf(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value
}

async function rowsOf(
  { query, to, with: inner }: Relation,
  keys: readonly unknown[],
): Promise<Map<unknown, Loadable[]>> {
  const { limit, offset } = query.toOperationNode()
  if (limit || offset) throw tableErrors.DATA_RELATION_LIMIT()
  const all: Loadable[] = []
  for (let at = 0; at < keys.length; at += mostKeys) {
    const some = query.select(`${to} as ${belonging}`).where(to, 'in', keys.slice(at, at + mostKeys))
    all.push(...((await some.execute()) as Loadable[]))
  }
  const found = new Map<unknown, Loadable[]>()
  for (const row of all) {
    const key = keyOf(row[belonging])
    delete row[belonging]
    const own = found.get(key)
    if (own) own.push(row)
    else found.set(key, [row])
  }
  await load(all, inner)
  return found
}
