// The plugin that makes rows what their fields say: it rewrites every query, and decodes what comes back by what the
// query selects.
import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryId,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'
import type { Codec, Dialect } from './codec.ts'
import type { Model } from './model.ts'
import { Rewriter } from './rewrite.ts'
import { isQuery } from './scope.ts'

/** The columns of a result that are not yet what they should be. */
type Decoders = readonly (readonly [name: string, decode: NonNullable<Codec['decode']>])[]

/** Converts values between an app and its database. */
export class ConvertPlugin implements KyselyPlugin {
  readonly #rewriter: Rewriter
  readonly #decoders = new WeakMap<QueryId, Decoders>()
  /** Queries that were rewritten: one that is part of another comes by twice. */
  readonly #rewritten = new WeakMap<RootOperationNode, Decoders>()

  constructor(model: Model, dialect: Dialect) {
    this.#rewriter = new Rewriter(model, dialect)
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (!isQuery(node)) return this.#rewriter.rewrite(node)
    const known = this.#rewritten.get(node)
    if (known) return node
    const decoders = this.#read(node)
    const rewritten = this.#rewriter.rewrite(node)
    this.#rewritten.set(rewritten, decoders)
    this.#decoders.set(queryId, decoders)
    return rewritten
  }

  #read(node: RootOperationNode): Decoders {
    const { columns } = this.#rewriter.scopeOf(node).output()
    return [...columns].flatMap(([name, { codec }]) => (codec?.decode ? [[name, codec.decode] as const] : []))
  }

  async transformResult({ queryId, result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const decoders = this.#decoders.get(queryId)
    if (decoders && decoders.length > 0) for (const row of result.rows) decodeRow(row, decoders)
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
