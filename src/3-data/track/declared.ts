// What an app says of its raw SQL: a plugin, which sees the queries of the `db` that `db.raw(…)` gives, and changes none.
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, QueryId } from 'kysely'
import type { DeclaredRows } from './access.ts'
import { RowSet } from './row-set.ts'

/** Tables that raw SQL reads and writes. What is left out it does not do. */
export interface RawAccess<Name extends string = string> {
  readonly reads?: readonly Name[]
  readonly writes?: readonly Name[]
}

const declared = new WeakMap<QueryId, RawAccess>()

/** Says what the raw SQL in queries reads and writes. */
export class Declaring implements KyselyPlugin {
  readonly #access: RawAccess

  constructor(access: RawAccess) {
    this.#access = access
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    declared.set(queryId, this.#access)
    return node
  }

  transformResult: KyselyPlugin['transformResult'] = async ({ result }: PluginTransformResultArgs) => result
}

/** What was said of a query. */
export function declaredFor(queryId: QueryId): RawAccess | undefined {
  return declared.get(queryId)
}

/** The same with what the database does by itself. */
export function toRows({ reads = [], writes = [] }: RawAccess, reach: ReachOfNames): DeclaredRows {
  const all = { reads: new RowSet(), writes: new RowSet() }
  for (const name of reads) for (const table of reach.readBy(name)) all.reads.addTable(table)
  for (const name of writes) for (const table of [name, ...reach.writtenBy(name)]) all.writes.addTable(table)
  return all
}

interface ReachOfNames {
  readBy(name: string): ReadonlySet<string>
  writtenBy(name: string): ReadonlySet<string>
}
