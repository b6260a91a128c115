// What the names in a query mean: which tables it sees, and of which kind an expression is. Read from the query's tree,
// inside out as SQL does: a subquery sees its own tables, then those of the queries around it.
import {
  AliasNode,
  type CommonTableExpressionNode,
  IdentifierNode,
  ListNode,
  type OperationNode,
  ParensNode,
  type ReferenceNode,
  SelectAllNode,
  type SelectionNode,
  TableNode,
} from 'kysely'
import type { Codec } from './codec.ts'
import type { Model, TableModel } from './model.ts'
import { tableErrors } from './table-errors.ts'

/** What is known of a value: how it stands in the database, and whether it may be null. Nothing of what is not known. */
export interface Known {
  readonly codec?: Codec | undefined
  readonly isNullable?: boolean
}

/** A table as a query sees it: one of the database, or what another query gives. */
export interface SeenTable {
  readonly model?: TableModel | undefined
  readonly columns: ReadonlyMap<string, Known>
  /** What `selectAll()` takes; undefined where nobody knows. */
  readonly publicNames?: readonly string[] | undefined
}

/** The parts that queries of all kinds have, as far as names are concerned. */
export interface QueryParts extends OperationNode {
  readonly from?: { readonly froms: readonly OperationNode[] }
  readonly into?: OperationNode
  readonly table?: OperationNode
  readonly using?: OperationNode | { readonly tables: readonly OperationNode[] }
  readonly joins?: readonly { readonly joinType: string; readonly table: OperationNode }[]
  readonly with?: { readonly expressions: readonly CommonTableExpressionNode[] }
  readonly selections?: readonly SelectionNode[]
  readonly returning?: { readonly selections: readonly SelectionNode[] }
}

const queries = new Set(['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode'])

/** Whether a node is a query, with tables of its own. */
export function isQuery(node: OperationNode): node is QueryParts {
  return queries.has(node.kind)
}

/** How the kind of an expression is told: see `typeOf`. */
export type TypeOf = (node: OperationNode, scope: Scope) => Known

/** The tables that one query sees. */
export class Scope {
  readonly #model: Model
  readonly #typeOf: TypeOf
  readonly parent: Scope | undefined
  /** By the names that the query knows them by. */
  readonly tables: Map<string, SeenTable> = new Map()
  readonly #named = new Map<string, SeenTable>()
  readonly #query: QueryParts

  constructor(
    query: QueryParts,
    { model, typeOf, parent }: { model: Model; typeOf: TypeOf; parent?: Scope | undefined },
  ) {
    this.#model = model
    this.#typeOf = typeOf
    this.parent = parent
    this.#query = query
    for (const { name, expression } of query.with?.expressions ?? []) {
      this.#named.set(name.table.table.identifier.name, rename(this.#seen(expression), name.columns))
    }
    for (const node of [...(query.from?.froms ?? []), query.into, query.table]) if (node) this.#add(node, false)
    const using = query.using
    if (using) for (const node of 'tables' in using ? using.tables : [using]) this.#add(node, false)
    for (const { joinType, table } of query.joins ?? []) this.#join(joinType, table)
  }

  #join(type: string, table: OperationNode): void {
    if (type === 'RightJoin' || type === 'FullJoin')
      for (const [name, seen] of this.tables) this.tables.set(name, withNull(seen))
    this.#add(table, /^(Lateral)?Left|^Full|^Outer/.test(type))
  }

  #add(node: OperationNode, isOuter: boolean): void {
    if (ListNode.is(node)) {
      for (const item of node.items) this.#add(item, isOuter)
      return
    }
    const name = AliasNode.is(node) ? nameOf(node.alias) : TableNode.is(node) ? node.table.identifier.name : undefined
    const seen = this.#seen(AliasNode.is(node) ? node.node : node)
    if (name !== undefined) this.tables.set(name, isOuter ? withNull(seen) : seen)
  }

  /** What a table expression gives. */
  #seen(node: OperationNode): SeenTable {
    if (ParensNode.is(node)) return this.#seen(node.node)
    if (TableNode.is(node)) {
      const { schema, identifier } = node.table
      return schema ? unknown : (this.expression(identifier.name) ?? seenOf(this.#model.get(identifier.name)))
    }
    return isQuery(node) ? this.nested(node).output() : unknown
  }

  /** What a common table expression of this query, or of one around it, gives. */
  expression(name: string): SeenTable | undefined {
    return this.#named.get(name) ?? this.parent?.expression(name)
  }

  /** The scope of a query inside. */
  nested(query: QueryParts): Scope {
    return new Scope(query, { model: this.#model, typeOf: this.#typeOf, parent: this })
  }

  /** What the query gives: its columns by name. */
  output(): SeenTable {
    const columns = new Map<string, Known>()
    let isWhole = true
    for (const { selection } of this.#query.selections ?? this.#query.returning?.selections ?? []) {
      const all = allOf(selection)
      if (all) {
        for (const seen of all.table === undefined ? this.tables.values() : [this.tables.get(all.table) ?? unknown]) {
          for (const name of seen.publicNames ?? []) columns.set(name, seen.columns.get(name) ?? {})
          isWhole &&= seen.publicNames !== undefined
        }
        continue
      }
      const name = AliasNode.is(selection) ? nameOf(selection.alias) : columnOf(selection)
      if (name === undefined) isWhole = false
      else columns.set(name, this.#typeOf(selection, this))
    }
    return { columns, publicNames: isWhole ? [...columns.keys()] : undefined }
  }

  /**
   * What is known of a column.
   *
   * @throws DATA_NAME_CASE where it differs from a known one in case alone: SQLite would take it, Postgres would not
   */
  column(name: string, table?: string): Known | undefined {
    for (const [key, seen] of this.tables) {
      if (table !== undefined && key !== table) continue
      const known = seen.columns.get(name)
      if (known) return known
      if (seen.model) refuseOtherCase(name, seen.model)
    }
    return this.parent?.column(name, table)
  }

  /** The tables that `selectAll()` means, by the names that the query knows them by. */
  named(table: string): SeenTable | undefined {
    return this.tables.get(table)
  }

  /** A table of this query, or of one around it. */
  visible(table: string): SeenTable | undefined {
    return this.tables.get(table) ?? this.parent?.visible(table)
  }
}

const unknown: SeenTable = { columns: new Map() }
const seenTables = new WeakMap<TableModel, SeenTable>()

function seenOf(model: TableModel | undefined): SeenTable {
  if (!model) return unknown
  let seen = seenTables.get(model)
  if (!seen) {
    const publicNames = [...model.columns.values()].filter(({ isPrivate }) => !isPrivate).map(({ name }) => name)
    seen = { model, columns: model.columns, publicNames }
    seenTables.set(model, seen)
  }
  return seen
}

function withNull(seen: SeenTable): SeenTable {
  const columns = new Map<string, Known>()
  for (const [name, { codec }] of seen.columns) columns.set(name, { codec, isNullable: true })
  return { ...seen, columns }
}

/** `with t(a, b) as (…)`: the columns have these names. */
function rename(seen: SeenTable, names: CommonTableExpressionNode['name']['columns']): SeenTable {
  if (!names) return seen
  const given = [...seen.columns.values()]
  const columns = new Map(names.map(({ column }, at) => [column.name, given[at] ?? {}]))
  return { columns, publicNames: [...columns.keys()] }
}

function refuseOtherCase(given: string, { name: table, columns }: TableModel): void {
  const lower = given.toLowerCase()
  for (const name of columns.keys()) {
    if (name.toLowerCase() === lower) throw tableErrors.DATA_NAME_CASE({ table, given, name })
  }
}

function nameOf(alias: OperationNode): string | undefined {
  return IdentifierNode.is(alias) ? alias.name : undefined
}

function columnOf(node: OperationNode): string | undefined {
  const { column } = node as Partial<ReferenceNode>
  if (node.kind === 'ReferenceNode' && column?.kind === 'ColumnNode') return column.column.name
  return node.kind === 'ColumnNode' ? (node as unknown as { column: IdentifierNode }).column.name : undefined
}

/** `*` or `posts.*` of a selection. */
export function allOf(selection: OperationNode): { table: string | undefined } | undefined {
  if (SelectAllNode.is(selection)) return { table: undefined }
  const { column, table } = selection as Partial<ReferenceNode>
  return column?.kind === 'SelectAllNode' ? { table: table?.table.identifier.name } : undefined
}
