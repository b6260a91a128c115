// What a query reads and writes: worked out once for all queries of a shape as a pattern, whose keys are places among the
// parameters, and bound to the values of one query only when somebody wants to know.
import type { CompiledQuery } from 'kysely'
import { keyText, RowSet } from './row-set.ts'

/** Rows of a table: each key by the places of its parts among the parameters; all rows where there are no keys. */
export interface PatternPart {
  readonly table: string
  readonly keys?: readonly (readonly number[])[] | undefined
}

/** Rows that are read or written by all queries of a shape. */
export interface Pattern {
  readonly parts: readonly PatternPart[]
  /** What cannot be told from the statement: raw SQL, or a table that nobody knows. */
  readonly unknown?: 'raw' | 'table' | undefined
}

/** What queries of a shape do. */
export interface Patterns {
  readonly reads: Pattern
  readonly writes: Pattern
}

/** What is said of raw SQL where the statement does not show it. */
export interface DeclaredRows {
  readonly reads: RowSet
  readonly writes: RowSet
}

/** What one query reads and writes. */
export class Access {
  readonly #patterns: Patterns
  readonly #parameters: readonly unknown[]
  readonly #declared: DeclaredRows | undefined

  constructor(patterns: Patterns, parameters: readonly unknown[], declared?: DeclaredRows) {
    this.#patterns = patterns
    this.#parameters = parameters
    this.#declared = declared
  }

  /** Whether it writes anything, as far as one can tell. */
  get isWrite(): boolean {
    const { parts, unknown } = this.#patterns.writes
    return parts.length > 0 || (unknown !== undefined && !(this.#declared?.writes.isEmpty ?? false))
  }

  get reads(): RowSet {
    return this.#bind(this.#patterns.reads, this.#declared?.reads)
  }

  get writes(): RowSet {
    return this.#bind(this.#patterns.writes, this.#declared?.writes)
  }

  #bind({ parts, unknown }: Pattern, declared: RowSet | undefined): RowSet {
    const rows = new RowSet()
    for (const { table, keys } of parts) rows.addTable(table, keys && this.#keys(keys))
    if (unknown !== undefined) rows.add(declared ?? RowSet.everything())
    return rows
  }

  /** A part that is null: no condition meets it, but an insert has the database make a value of its own. */
  #keys(keys: readonly (readonly number[])[]): string[] | undefined {
    const texts = keys.map((places) => keyText(places.map((place) => this.#parameters[place])))
    return texts.every((text) => text !== undefined) ? texts : undefined
  }
}

const access: unique symbol = Symbol('access')

/** A compiled query with what it reads and writes, which goes with it to whoever runs it. */
export function withAccess<Query extends CompiledQuery>(query: Query, own: Access): Query {
  // What the query builder has compiled is frozen. What was made here is not, and a copy would cost more than all else.
  if (Object.isFrozen(query)) return { ...query, [access]: own }
  const made: Query & { [access]?: Access } = query
  made[access] = own
  return made
}

const everything = new Access({ reads: { parts: [], unknown: 'raw' }, writes: { parts: [], unknown: 'raw' } }, [])

/** What a query reads and writes; undefined where nobody has looked. */
export function findAccess(query: CompiledQuery): Access | undefined {
  return (query as { [access]?: Access })[access]
}

/** A query with what it reads and writes: everything, where it was compiled by nobody who knows the tables. */
export function ensureAccess<Query extends CompiledQuery>(query: Query): Query {
  return findAccess(query) ? query : withAccess(query, everything)
}
