// Random statements on a few tables that refer to each other, for what has to be so whatever is asked.
import { type Expression, expressionBuilder, type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { entity, id, integer, reference, references, text } from '../../src/1-contracts/index.ts'
import { table } from '../../src/3-data/table.ts'
import type { Random } from './random.ts'

const User = entity('users', {
  id: id(),
  name: text(),
  bossId: reference('users', { onDelete: 'set null' }).optional(),
})
const Post = entity('posts', {
  id: id(),
  authorId: reference('users', { onDelete: 'cascade' }),
  name: text(),
  votes: integer().default(0),
  tags: references('tags'),
})
const Tag = entity('tags', { id: id(), name: text().unique(), votes: integer().default(0) })
const Comment = entity('comments', {
  id: id(),
  postId: reference('posts', { onDelete: 'cascade' }),
  authorId: reference('users', { onDelete: 'set null' }).optional(),
  name: text(),
})

/** Their tables, by which `database()` is made. */
export const statementTables = { users: table(User), posts: table(Post), tags: table(Tag), comments: table(Comment) }

/** Of each table its key, its columns that refer to ids, and the others. */
const known = {
  users: { key: ['id'], ids: ['id', 'bossId'], names: ['name'] },
  posts: { key: ['id'], ids: ['id', 'authorId'], names: ['name'] },
  tags: { key: ['id'], ids: ['id'], names: ['name'] },
  comments: { key: ['id'], ids: ['id', 'postId', 'authorId'], names: ['name'] },
  posts_tags: { key: ['posts', 'tags'], ids: ['posts', 'tags'], names: [] },
} as const
type Name = keyof typeof known
const names = Object.keys(known) as Name[]

// biome-ignore-start lint/suspicious/noExplicitAny: what is asked is made up at random, so that no type knows it
type AnyDb = Kysely<any>
type AnySelect = SelectQueryBuilder<any, any, any>
const eb = expressionBuilder<any, any>()
// biome-ignore-end lint/suspicious/noExplicitAny: see above

/** The joins, which all take the same. */
type Joining = Record<
  string,
  (table: string, on: (joined: { on(condition: unknown): unknown }) => unknown) => AnySelect
>

/** A statement that writes, before it is sent. */
interface AnyWrite {
  where(condition: unknown): AnyWrite
  compile: AnySelect['compile']
  execute(): Promise<unknown>
}

/** The key of a row as it is recorded. */
export function keyOfRow(name: string, row: Readonly<Record<string, unknown>>): string {
  const { key } = known[name as Name]
  return key.length === 1 ? String(row[key[0]]) : JSON.stringify(key.map((column) => row[column]))
}

/** All rows of all tables, by table and key: as one statement, for it is asked often. */
export async function snapshot(db: AnyDb, dialect: 'sqlite' | 'postgres'): Promise<Map<string, string>> {
  const rowsOf = (name: Name) => {
    const pairs = columnsOf(name).map((column) => sql`${sql.lit(column)}, ${sql.ref(column)}`)
    const row =
      dialect === 'sqlite' ? sql`json_object(${sql.join(pairs)})` : sql`json_build_object(${sql.join(pairs)})::text`
    return sql`select ${sql.lit(name)} as name, ${row} as row from ${sql.table(name)}`
  }
  const all = sql<{ name: string; row: string }>`${sql.join(names.map(rowsOf), sql` union all `)}`
  const { rows } = await all.execute(db)
  return new Map(rows.map(({ name, row }) => [`${name} ${keyOfRow(name, JSON.parse(row))}`, row]))
}

const numbersOf = (name: Name): string[] => (name === 'posts' || name === 'tags' ? ['votes'] : [])

const columnsOf = (name: Name): string[] => [...new Set([...known[name].ids, ...known[name].names, ...numbersOf(name)])]

/** The few ids that there are, of rows of any table, so that conditions meet some. */
const ids = Array.from({ length: 4 }, (_, at) => `01900000-0000-7000-8000-00000000000${at}`)
const words = ['x', 'y', 'z', 'w']

/** Fills the tables: each has most of the ids. */
export async function fill(db: AnyDb, random: Random): Promise<void> {
  const some = () => ids.filter(() => random.below(5) > 0)
  const users = ids.slice(0, 3)
  await db
    .insertInto('users')
    .values(
      users.map((one, at) => ({
        id: one,
        name: random.pick(words),
        bossId: at === 0 ? null : users[random.below(at)],
      })),
    )
    .execute()
  const posts = ['', ...some()].filter(Boolean)
  const tags = some()
  const postRow = (one: string) => ({ id: one, authorId: random.pick(users), name: random.pick(words), votes: 1 })
  if (posts.length > 0) await db.insertInto('posts').values(posts.map(postRow)).execute()
  if (tags.length > 0)
    await db
      .insertInto('tags')
      .values(tags.map((one, at) => ({ id: one, name: words[at] })))
      .execute()
  const pairs = posts.flatMap((one) => tags.filter(() => random.below(2) > 0).map((tag) => ({ posts: one, tags: tag })))
  if (pairs.length > 0) await db.insertInto('posts_tags').values(pairs).execute()
  if (posts.length === 0) return
  const comment = (one: string) => ({
    id: one,
    postId: random.pick(posts),
    authorId: random.pick(users),
    name: random.pick(words),
  })
  await db.insertInto('comments').values(ids.map(comment)).execute()
}

/** A table in a query, under a name. */
interface Seen {
  readonly name: Name
  readonly as: string
}

/** Writes statements. */
export class Statements {
  readonly #db: AnyDb
  readonly #random: Random
  #count = 0

  constructor(db: AnyDb, random: Random) {
    this.#db = db
    this.#random = random
  }

  #see(): Seen {
    const name = this.#random.pick(names)
    // Sometimes under its own name, or that of another table.
    const as = this.#random.below(3) === 0 ? name : `${this.#random.pick(names)}_${this.#count++}`
    return { name, as }
  }

  #column({ name, as }: Seen): string {
    return `${as}.${this.#random.pick(known[name].ids)}`
  }

  /** A condition about some of these tables. */
  #condition(seen: readonly Seen[], depth: number): Expression<SqlBool> {
    const { pick, below } = this.#random
    const one = pick(seen)
    const kind = depth > 0 ? below(9) : below(5)
    if (kind === 0) return eb(this.#column(one), '=', pick(ids))
    if (kind === 1) return eb.and(known[one.name].key.map((column) => eb(`${one.as}.${column}`, '=', pick(ids))))
    if (kind === 2) return eb(`${one.as}.${known[one.name].key[0]}`, 'in', [pick(ids), pick(ids)])
    if (kind === 3) return eb(this.#column(one), pick(['<', '!=', '>'] as const), pick(ids))
    if (kind === 4) return eb(this.#column(one), '=', eb.ref(this.#column(pick(seen))))
    if (kind === 5) return eb.or([this.#condition(seen, depth - 1), this.#condition(seen, depth - 1)])
    if (kind === 6) return eb.not(this.#condition(seen, depth - 1))
    const inner = this.#see()
    const around = [...seen.filter(({ as }) => as !== inner.as), inner]
    const query = this.#db
      .selectFrom(`${inner.name} as ${inner.as}`)
      .select(this.#column(inner))
      .where(this.#condition(around, depth - 1))
    return kind === 7 ? eb.exists(query) : eb(this.#column(one), 'in', query)
  }

  /** A select, whose rows have a few columns under names of their own. */
  select(depth = 2): AnySelect {
    const { pick, below } = this.#random
    const first = this.#see()
    const seen = [first]
    let query = this.#db.selectFrom(`${first.name} as ${first.as}`) as AnySelect
    for (let left = below(3); left > 0; left--) {
      const next = this.#see()
      if (seen.some(({ as }) => as === next.as)) continue
      const all = [...seen, next]
      const on = () => this.#condition(all, 0)
      const join = pick(['innerJoin', 'leftJoin', 'rightJoin', 'fullJoin'])
      // A full join takes no condition but an equality, on Postgres.
      const same = eb(this.#column(next), '=', eb.ref(this.#column(pick(seen))))
      const condition = join === 'fullJoin' ? same : below(2) ? eb.and([same, on()]) : on()
      query = (query as unknown as Joining)[join]!(`${next.name} as ${next.as}`, (joined) => joined.on(condition))
      seen.push(next)
    }
    for (let left = below(3); left > 0; left--) query = query.where(this.#condition(seen, depth))
    if (below(5) === 0) return query.select(sql`count(*)`.as('one')).select(sql`1`.as('two'))
    query = query.select(`${this.#column(pick(seen))} as one`).select(`${this.#column(pick(seen))} as two`)
    const more = below(6)
    if (depth > 0 && more === 0) return query[pick(['union', 'except', 'intersect'] as const)](this.select(0))
    if (depth > 0 && more === 1) {
      // A table expression that has the name of a table.
      const hidden = pick(names)
      const part = this.select(0)
      return this.#db
        .with(hidden, () => part)
        .selectFrom(hidden)
        .select([`${hidden}.one as one`, `${hidden}.two as two`])
        .where(`${hidden}.one`, '=', pick(ids)) as AnySelect
    }
    if (more === 2) return query.orderBy('one').orderBy('two').limit(2)
    return query
  }

  /** A statement that writes, with the rows that it gives back. */
  write(dialect: 'sqlite' | 'postgres'): AnyWrite {
    const { pick, below } = this.#random
    const name = pick(names)
    const seen = { name, as: name }
    const kind = below(7)
    if (kind === 0) return this.#insert(name)
    if (kind === 1 && name !== 'posts_tags') return this.#copy(name)
    if (kind === 2) {
      const other = this.#see()
      const from = other.as === name ? { ...other, as: 'other' } : other
      const where = this.#condition([seen, from], 1)
      if (dialect === 'postgres' && below(2)) {
        return this.#db.deleteFrom(name).using(`${from.name} as ${from.as}`).where(where) as AnyWrite
      }
      return this.#db
        .updateTable(name)
        .from(`${from.name} as ${from.as}`)
        .set(this.#change(name))
        .where(where) as AnyWrite
    }
    if (kind === 3 && dialect === 'postgres') {
      return this.#db
        .mergeInto(name)
        .using('users as u', (on) => on.on(eb(`${name}.${known[name].key[0]}`, '=', eb.ref('u.id'))))
        .whenMatchedAnd(eb('u.id', '=', pick(ids)))
        .thenDelete() as unknown as AnyWrite
    }
    const change = kind < 5 ? this.#db.updateTable(name).set(this.#change(name)) : this.#db.deleteFrom(name)
    return (change as AnyWrite).where(this.#condition([seen], 2))
  }

  #row(name: Name): Record<string, unknown> {
    const row: Record<string, unknown> = {}
    for (const column of known[name].ids) row[column] = this.#random.pick(ids)
    for (const column of known[name].names) row[column] = this.#random.pick(words)
    return row
  }

  #insert(name: Name): AnyWrite {
    const { below } = this.#random
    const rows = Array.from({ length: 1 + below(2) }, () => this.#row(name))
    // Ids that are made.
    if (name !== 'posts_tags' && below(2)) for (const row of rows) delete row['id']
    const insert = this.#db.insertInto(name).values(rows)
    if (name === 'posts_tags') return insert.onConflict((on) => on.doNothing()) as unknown as AnyWrite
    const by = name === 'tags' && below(2) ? 'name' : 'id'
    const change = this.#change(name)
    if (below(2)) return insert.onConflict((on) => on.column(by).doUpdateSet(change)) as unknown as AnyWrite
    return insert.onConflict((on) => on.doNothing()) as unknown as AnyWrite
  }

  /** Rows that another table's are made of. */
  #copy(name: Name): AnyWrite {
    const from = this.#see()
    const columns = Object.keys(this.#row(name))
    const selected = columns.map((column) =>
      column === 'name' ? sql.lit(this.#random.pick(words)).as(column) : `${this.#column(from)} as ${column}`,
    )
    const query = this.#db
      .selectFrom(`${from.name} as ${from.as}`)
      .select(selected)
      .where(this.#condition([from], 1))
    return this.#db.insertInto(name).columns(columns).expression(query) as unknown as AnyWrite
  }

  /** New values for some columns, a key among them now and then. */
  #change(name: Name): Record<string, unknown> {
    const row: Record<string, unknown> = { ...this.#row(name) }
    for (const column of numbersOf(name)) row[column] = this.#random.below(5)
    const columns = Object.keys(row).filter((column) => !(known[name].key as readonly string[]).includes(column))
    const keys = this.#random.below(4) === 0 || columns.length === 0 ? known[name].key : []
    return Object.fromEntries(
      [this.#random.pick([...columns, ...keys]), ...keys].map((column) => [column, row[column]]),
    )
  }
}
