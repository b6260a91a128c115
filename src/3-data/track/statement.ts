// Which tables a statement reads and writes, and which rows of them where it says so. It is read from its tree, after it
// has been rewritten: then ids that are made have their places among the parameters as well.
import {
  AggregateFunctionNode,
  AliasNode,
  type DeleteQueryNode,
  FunctionNode,
  IdentifierNode,
  type InsertQueryNode,
  JoinNode,
  ListNode,
  type MergeQueryNode,
  type OnConflictNode,
  type OperationNode,
  ParensNode,
  RawNode,
  SelectModifierNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  WhenNode,
  type WithNode,
} from 'kysely'
import type { Model } from '../model.ts'
import { isQuery } from '../scope.ts'
import { isWrittenSearch } from '../search-query.ts'
import type { PatternPart, Patterns } from './access.ts'
import { keysOfInsert, keysWhere, type PlaceOf, type Source } from './keys.ts'
import { effectsOf, namesIn, tableIn } from './raw-text.ts'
import type { Effect, Reach } from './reach.ts'

/** What is known where a statement is read. */
export interface StatementContext {
  readonly model: Model
  readonly reach: Reach
  readonly placeOf: PlaceOf
}

/** Common table expressions that are seen. */
type Names = ReadonlySet<string>

type AnyQuery = SelectQueryNode | InsertQueryNode | UpdateQueryNode | DeleteQueryNode | MergeQueryNode

const none: Names = new Set()
const noEffect: Effect = { isDelete: false, changesKey: false }
const ofDelete: Effect = { isDelete: true, changesKey: false }

/** What a statement reads and writes. Every kind of statement but a query may do anything. */
export function readStatement(node: OperationNode, context: StatementContext): Patterns {
  if (!isQuery(node)) return { reads: { parts: [], unknown: 'raw' }, writes: { parts: [], unknown: 'raw' } }
  return new StatementReader(context).read(node)
}

class StatementReader {
  readonly #context: StatementContext
  readonly #reads: PatternPart[] = []
  readonly #writes: PatternPart[] = []
  #unknownRead: 'raw' | 'table' | undefined
  #unknownWrite: 'raw' | 'table' | undefined

  constructor(context: StatementContext) {
    this.#context = context
  }

  read(query: OperationNode): Patterns {
    this.#visit(query, none)
    return {
      reads: { parts: this.#reads, unknown: this.#unknownRead },
      writes: { parts: this.#writes, unknown: this.#unknownWrite },
    }
  }

  /** An expression, or a part of a query that has no tables of its own. */
  #visit(part: unknown, names: Names): void {
    if (typeof part !== 'object' || part === null) return
    if (Array.isArray(part)) {
      for (const one of part) this.#visit(one, names)
      return
    }
    const node = part as OperationNode
    // What is referred to is seen already, in what it is selected from.
    if (node.kind === 'ReferenceNode' || node.kind === 'ColumnNode' || isWrittenSearch(node)) return
    if (isQuery(node)) this.#query(node as AnyQuery, names)
    else if (TableNode.is(node)) this.#readTable(node, names)
    else if (RawNode.is(node)) this.#raw(node, names)
    else if (SelectModifierNode.is(node)) this.#visit(node.rawModifier, names)
    // `then delete` of a merge is raw SQL to Kysely. What a merge does is known from its table.
    else if (WhenNode.is(node)) this.#visit([node.condition, node.result?.kind === 'RawNode' ? [] : node.result], names)
    else {
      if (FunctionNode.is(node) || AggregateFunctionNode.is(node)) this.#call(node.func)
      for (const one of Object.values(node)) this.#visit(one, names)
    }
  }

  #raw(node: RawNode, names: Names): void {
    const { mayRead, mayWrite } = effectsOf(node)
    if (mayRead) this.#unknownRead = 'raw'
    if (mayWrite) this.#unknownWrite = 'raw'
    for (const name of namesIn(node)) this.#call(name)
    this.#visit(node.parameters, names)
  }

  /** A function that `depends` tells of. Of all others nobody knows more than of those of SQL. */
  #call(called: string): void {
    const { reach } = this.#context
    const name = called.slice(called.lastIndexOf('.') + 1)
    if (!reach.isKnown(name) || this.#context.model.has(name)) return
    for (const table of reach.readBy(name)) this.#reads.push({ table })
  }

  #query(query: AnyQuery, around: Names): void {
    const names = this.#with(query.with, around)
    const targets = targetsOf(query)
    const nodes = [...targets, ...tablesOf(query)]
    const sources = nodes.map(({ table }) => this.#source(table, names))
    for (const { table, joinType, on } of nodes.slice(targets.length))
      this.#from(table, names, { query, joinType, on, sources })
    for (const { table } of targets) this.#target(query, table, sources)
    const { with: _, from, into, table, using, joins, ...rest } = query as unknown as Record<string, unknown>
    for (const { on } of nodes) this.#visit(on, names)
    this.#visit(Object.values(rest), names)
  }

  /** Names of expressions hide tables, from behind them on; those that are recursive see themselves. */
  #with(node: WithNode | undefined, around: Names): Names {
    const names = new Set(around)
    for (const { name, expression } of node?.expressions ?? []) {
      const own = name.table.table.identifier.name
      this.#visit(expression, node?.recursive ? new Set([...names, own]) : new Set(names))
      names.add(own)
    }
    return names
  }

  #source(node: OperationNode, names: Names): Source {
    const table = tableNode(innerOf(node))?.table
    const own = table?.identifier.name
    const name = AliasNode.is(node) && IdentifierNode.is(node.alias) ? node.alias.name : (own ?? '')
    const isTable = own !== undefined && !table?.schema && !names.has(own)
    return { name, table: own, model: isTable ? this.#context.model.get(own) : undefined }
  }

  #from(node: OperationNode, names: Names, place: FromPlace): void {
    const inner = innerOf(node)
    const table = tableNode(inner)
    if (table) this.#readTable(table, names, this.#keys(this.#source(node, names), place))
    else this.#visit(inner, names)
    // Raw SQL in the place of a table is one, whatever it says.
    if (!table && RawNode.is(inner)) this.#unknownRead = 'raw'
  }

  #keys(source: Source, { query, joinType = '', on, sources }: FromPlace): PatternPart['keys'] {
    const { placeOf } = this.#context
    const found = keysWhere(whereOf(query), { source, sources, placeOf })
    // Rows that miss an inner or left join's condition are in no row of what comes out.
    return found ?? (/^(?:Inner|Left)Join$/.test(joinType) ? keysWhere(on, { source, sources, placeOf }) : undefined)
  }

  #readTable({ table: { schema, identifier } }: TableNode, names: Names, keys?: PatternPart['keys']): void {
    const { name } = identifier
    if (!schema && names.has(name)) return
    if (schema || !this.#context.reach.isKnown(name)) this.#unknownRead ??= 'table'
    for (const table of this.#context.reach.readBy(name))
      this.#reads.push({ table, keys: table === name ? keys : undefined })
  }

  #target(query: AnyQuery, node: OperationNode, sources: readonly Source[]): void {
    // What is written is a table of the database, whatever expressions have its name.
    const source = this.#source(node, none)
    const { table, model } = source
    const { reach } = this.#context
    if (table === undefined || !reach.isKnown(table) || tableNode(innerOf(node))?.table.schema)
      this.#unknownWrite ??= 'table'
    if (table === undefined) return
    const { keys, effect, isRead } = this.#effectOf(query, source, sources)
    if (isRead) this.#reads.push({ table, keys })
    this.#writes.push({ table, keys })
    for (const other of reach.writtenBy(table, model ? effect : undefined)) this.#writes.push({ table: other })
  }

  /** Which rows of its table a query writes, and how. What it writes it also reads, but for rows that are new. */
  #effectOf(query: AnyQuery, source: Source, sources: readonly Source[]): TargetEffect {
    const { model } = source
    const { placeOf } = this.#context
    if (!model || query.kind === 'MergeQueryNode') return { effect: { isDelete: true, changesKey: true }, isRead: true }
    if (query.kind === 'InsertQueryNode') {
      const keys = keysOfInsert(query, model, placeOf)
      const { onConflict, orAction, replace } = query
      // `replace` deletes every row that stands in its way, by whatever is unique.
      if (replace || orAction) return { effect: ofDelete, isRead: true }
      if (!onConflict) return { keys, effect: noEffect, isRead: false }
      const changesKey = setsKey(onConflict.updates, model.key)
      const isOfKey = !onConflict.updates || (!changesKey && isByKey(onConflict, model.key))
      return { ...(isOfKey && { keys }), effect: { isDelete: false, changesKey }, isRead: true }
    }
    const keys = keysWhere(whereOf(query), { source, sources, placeOf })
    if (query.kind !== 'UpdateQueryNode') return { keys, effect: ofDelete, isRead: true }
    const changesKey = setsKey(query.updates, model.key)
    return { ...(!changesKey && { keys }), effect: { isDelete: false, changesKey }, isRead: true }
  }
}

interface FromPlace {
  readonly query: AnyQuery
  readonly joinType: string | undefined
  readonly on: OperationNode | undefined
  readonly sources: readonly Source[]
}

interface TargetEffect {
  readonly keys?: PatternPart['keys']
  readonly effect: Effect
  readonly isRead: boolean
}

interface TablePlace {
  readonly table: OperationNode
  readonly joinType?: string
  readonly on?: OperationNode | undefined
}

const toPlaces = (nodes: readonly OperationNode[]): TablePlace[] =>
  nodes.flatMap((node) => {
    if (ListNode.is(node)) return toPlaces(node.items)
    return JoinNode.is(node) ? [{ table: node.table, joinType: node.joinType, on: node.on?.on }] : [{ table: node }]
  })

/** What a query writes. */
function targetsOf(query: AnyQuery): TablePlace[] {
  if (query.kind === 'SelectQueryNode') return []
  if (query.kind === 'DeleteQueryNode') return toPlaces(query.from.froms)
  const target = query.kind === 'UpdateQueryNode' ? query.table : query.into
  return target ? toPlaces([target]) : []
}

/** What a query reads besides. */
function tablesOf(query: AnyQuery): TablePlace[] {
  if (query.kind === 'InsertQueryNode') return []
  // Its condition is about pairs of rows, and says which of them are written: it leaves out none that are read.
  if (query.kind === 'MergeQueryNode')
    return toPlaces(query.using ? [query.using] : []).map(({ table, on }) => ({ table, on }))
  const others = query.kind === 'DeleteQueryNode' ? (query.using?.tables ?? []) : (query.from?.froms ?? [])
  return toPlaces([...others, ...(query.joins ?? [])])
}

function whereOf(query: AnyQuery): OperationNode | undefined {
  return 'where' in query ? query.where?.where : undefined
}

function innerOf(node: OperationNode): OperationNode {
  return AliasNode.is(node) || ParensNode.is(node) ? innerOf(node.node) : node
}

function tableNode(node: OperationNode): TableNode | undefined {
  return TableNode.is(node) ? node : tableIn(node)
}

function setsKey(updates: UpdateQueryNode['updates'], key: readonly string[]): boolean {
  // What is no plain column may be any.
  return (updates ?? []).some(({ column }) => {
    const name = nameIn(column)
    return name === undefined || key.includes(name)
  })
}

function nameIn(node: OperationNode): string | undefined {
  const { column } = node as { column?: OperationNode & { name?: string } }
  return column === undefined ? undefined : (column.name ?? nameIn(column))
}

function isByKey({ columns }: OnConflictNode, key: readonly string[]): boolean {
  const names = columns?.map(({ column }) => column.name) ?? []
  return names.length === key.length && key.every((one) => names.includes(one))
}
