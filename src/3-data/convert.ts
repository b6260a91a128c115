// Makes rows what their fields say: every query is rewritten before it is compiled, and what comes back is decoded by
// what the query selects. Both are worked out once for all queries of a shape.
import type {
  CompiledQuery,
  KyselyPlugin,
  OperationNode,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryCompiler,
  QueryId,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'
import type { Codec, Dialect } from './codec.ts'
import type { Model } from './model.ts'
import { Recent } from './recent.ts'
import { Rewriter } from './rewrite.ts'
import { isQuery } from './scope.ts'
import { readShape, type Shape, toSlots } from './shape.ts'
import type { Bound } from './slot.ts'
import { Access, type Patterns, withAccess } from './track/access.ts'
import { declaredFor, toRows } from './track/declared.ts'
import { hintAt, type Unknown } from './track/hint.ts'
import { Reach } from './track/reach.ts'
import { readStatement } from './track/statement.ts'

/** The columns of a result that are not yet what they should be. */
type Decoders = readonly (readonly [name: string, decode: NonNullable<Codec['decode']>])[]

/** What is kept of a shape. */
interface Plan {
  readonly sql: string
  readonly parameters: readonly Bound[]
  readonly decoders: Decoders
  readonly patterns: Patterns
}

/** Plans that are kept. */
const mostPlans = 1000
/** Larger queries (bulk inserts, long lists) come in too many sizes to be kept. */
const mostValues = 200

/** Ids are objects of Kysely, one for each query. */
type Marked = Record<symbol, Decoders | undefined>
const marksOf = (queryId: QueryId): Marked => queryId as unknown as Marked

const none: Decoders = []

/** Converts values between an app and its database: as a plugin the results, as a compiler the queries. */
export class Converter implements KyselyPlugin {
  readonly #model: Model
  readonly #reach: Reach
  readonly #rewriter: Rewriter
  readonly #plans = new Recent<Plan>(mostPlans)
  /**
   * Under this an id has how to read what its query gives: of queries that came by as a plugin's, for `withoutPlugins()`
   * is without this one too. A weak map of all queries would take longer than reading their rows does.
   */
  readonly #asked = Symbol('asked')

  constructor(model: Model, dialect: Dialect, reach: Reach = new Reach(model)) {
    this.#model = model
    this.#reach = reach
    this.#rewriter = new Rewriter(model, dialect)
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    marksOf(queryId)[this.#asked] = none
    return node
  }

  /** A compiler that rewrites before another one compiles. It comes last: after all plugins. */
  compiler(inner: QueryCompiler): QueryCompiler {
    return {
      compileQuery: <Result>(node: RootOperationNode, queryId: QueryId): CompiledQuery<Result> => {
        const marks = marksOf(queryId)
        if (!marks[this.#asked] || !(node.kind === 'RawNode' || isQuery(node)))
          return this.#compilePlain(node, queryId, inner)
        const shape = readShape(node)
        const { sql, parameters, decoders, patterns } = this.#planOf(node, shape, (rewritten) =>
          inner.compileQuery(rewritten, queryId),
        )
        marks[this.#asked] = decoders
        const now = new Date()
        // What is told of a query is what was asked: the tables and keys in it are those of the app.
        const bound = { query: node, queryId, sql, parameters: parameters.map((one) => one.bind(shape.values, now)) }
        const unknown = patterns.writes.unknown ?? patterns.reads.unknown
        if (unknown !== undefined && !declaredFor(queryId)) this.hint(unknown, sql)
        return this.withAccess(bound, patterns)
      },
    }
  }

  /** Values as they are given. What it reads and writes is told by tables alone: keys would be texts of other values. */
  #compilePlain<Result>(node: RootOperationNode, queryId: QueryId, inner: QueryCompiler): CompiledQuery<Result> {
    const compiled = inner.compileQuery(node, queryId) as CompiledQuery<Result>
    const patterns = readStatement(node, { model: this.#model, reach: this.#reach, placeOf: () => undefined })
    return this.withAccess(compiled, patterns)
  }

  /** Tells of raw SQL that does not say what it does. */
  protected hint(unknown: Unknown, sql: string): void {
    hintAt(unknown, sql)
  }

  /** Records what a query reads and writes. The benchmark of what that costs leaves it out. */
  protected withAccess<Result>(compiled: CompiledQuery<Result>, patterns: Patterns): CompiledQuery<Result> {
    // What is said counts where the statement does not show it.
    const isKnown = patterns.reads.unknown === undefined && patterns.writes.unknown === undefined
    const declared = isKnown ? undefined : declaredFor(compiled.queryId)
    const access = new Access(patterns, compiled.parameters, declared && toRows(declared, this.#reach))
    return withAccess(compiled, access)
  }

  #planOf(node: RootOperationNode, shape: Shape, compile: (node: RootOperationNode) => CompiledQuery): Plan {
    const { key, values } = shape
    const kept = this.#plans.get(key)
    if (kept) return kept
    const plan = this.#plan(toSlots(node), compile)
    if (values.length <= mostValues) this.#plans.set(key, plan)
    return plan
  }

  #plan(node: RootOperationNode, compile: (node: RootOperationNode) => CompiledQuery): Plan {
    const rewritten = this.#rewriter.rewrite(node)
    const { sql, parameters } = compile(rewritten)
    const places = new Map(parameters.map((one, place) => [one, place]))
    const context = { model: this.#model, reach: this.#reach, placeOf: (value: unknown) => places.get(value) }
    const patterns = readStatement(rewritten, context)
    // All values of a query with slots are bound by the rewriting.
    return { sql, parameters: parameters as readonly Bound[], decoders: this.#decodersOf(node), patterns }
  }

  #decodersOf(node: OperationNode): Decoders {
    if (!isQuery(node)) return []
    const scope = this.#rewriter.scopeOf(node)
    // What a union or a query inside gives under the name of a column may be of another type.
    const isPlain = !('setOperations' in node) && [...scope.tables.values()].every(({ model }) => model !== undefined)
    return [...scope.output().columns].flatMap(([name, known]) => {
      const { codec } = known
      const isRead = isPlain && 'field' in known && codec?.isRead === true
      return codec?.decode && !isRead ? [[name, codec.decode] as const] : []
    })
  }

  async transformResult({ queryId, result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const decoders = marksOf(queryId)[this.#asked]
    if (decoders?.length) for (const row of result.rows) decodeRow(row, decoders)
    return result
  }
}

/** Rows are the driver's own objects, which nobody has seen yet: they are changed in place. */
function decodeRow(row: UnknownRow, decoders: Decoders): void {
  for (const [name, decode] of decoders) {
    const value = row[name]
    if (value !== null && value !== undefined) row[name] = decode(value)
  }
}
