// Rewrites a query so that both databases do the same with it: values are encoded as the columns that they meet, `*` is
// the public columns, what is left out of an insert is filled in, null sorts first, `like` knows one escape.
import {
  AggregateFunctionNode,
  AliasNode,
  type BinaryOperationNode,
  type CaseNode,
  ColumnNode,
  type ColumnUpdateNode,
  type FunctionNode,
  type InsertQueryNode,
  type LimitNode,
  type OffsetNode,
  type OnConflictNode,
  type OperationNode,
  OperationNodeTransformer,
  type OrderByItemNode,
  type PrimitiveValueListNode,
  type RawNode,
  ReferenceNode,
  type ReturningNode,
  SelectionNode,
  type SelectQueryNode,
  TableNode,
  TupleNode,
  type ValueListNode,
  ValueNode,
} from 'kysely'
import { rewriteAggregate } from './aggregate.ts'
import { type Codec, countCodec, type Dialect, patternCodec, textCodec } from './codec.ts'
import { createTypeOf, operatorOf, unwrap } from './expression-type.ts'
import { fillIn } from './fill-in.ts'
import { rewriteLike } from './like.ts'
import type { Model } from './model.ts'
import { asOne, checkFunction, checkOperator, checkOrdered, isEquality, isMatching } from './operators.ts'
import { collateGiven, inNothing, isInNothing } from './postgres-query.ts'
import { allOf, isQuery, type Known, type QueryParts, Scope, type TypeOf } from './scope.ts'
import { isSearch, rewriteSearch } from './search-query.ts'
import { named, refuseWholeRow } from './selection.ts'
import { Bound, Several, Slot, type Source } from './slot.ts'
import { tableErrors } from './table-errors.ts'
import { refuseNothing } from './writes-nothing.ts'

/** What values are to be encoded as: one kind, one for each place of a tuple, or what JavaScript says of them. */
interface Expected {
  readonly codec?: Codec | undefined
  readonly tuple?: readonly (Codec | undefined)[]
  /** They are compared and not stored. */
  readonly isCompared?: boolean
}

const guess: Expected = {}

/** Rewrites whole queries that have slots for their values. One at a time: it keeps where it is. */
export class Rewriter extends OperationNodeTransformer {
  readonly #model: Model
  readonly #dialect: Dialect
  readonly #typeOf: TypeOf
  #scope: Scope | undefined
  #expected: Expected = guess

  constructor(model: Model, dialect: Dialect) {
    super()
    this.#model = model
    this.#dialect = dialect
    this.#typeOf = createTypeOf(dialect)
  }

  /** Rewrites a whole query or statement. */
  rewrite<Node extends OperationNode>(node: Node): Node {
    try {
      return this.transformNode(node)
    } finally {
      // What was thrown half way leaves its path behind.
      this.nodeStack.length = 0
    }
  }

  /** The scope of a query that stands alone. */
  scopeOf(query: QueryParts): Scope {
    return new Scope(query, { model: this.#model, typeOf: this.#typeOf })
  }

  protected override transformNodeImpl<Node extends OperationNode>(node: Node): Node {
    // What stands for an aggregate is an expression as well.
    if (AggregateFunctionNode.is(node)) return this.#transformAggregate(node) as unknown as Node
    if (this.#dialect === 'postgres' && isInNothing(node)) return inNothing(node) as unknown as Node
    if (ReferenceNode.is(node)) refuseWholeRow(node, this.#scope)
    if (isSearch(node)) return rewriteSearch(node, this.#scope, this.#dialect) as unknown as Node
    if (!isQuery(node)) return super.transformNodeImpl(node)
    const outer = this.#scope
    this.#scope = outer ? outer.nested(node) : this.scopeOf(node)
    try {
      return this.#expecting(guess, () => super.transformNodeImpl(refuseNothing(node, this.#scope!)))
    } finally {
      this.#scope = outer
    }
  }

  #expecting<Result>(expected: Expected, transform: () => Result): Result {
    const before = this.#expected
    this.#expected = expected
    try {
      return transform()
    } finally {
      this.#expected = before
    }
  }

  #codecOf(node: OperationNode | undefined): Codec | undefined {
    return node && this.#scope ? this.#typeOf(node, this.#scope).codec : undefined
  }

  // What is selected.

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    if (!node.selections) return super.transformSelectQuery(node)
    const selections = this.#public(node.selections)
    const isSortedSet = node.setOperations !== undefined && node.orderBy !== undefined
    return super.transformSelectQuery({ ...node, selections: isSortedSet ? selections.map(named) : selections })
  }

  protected override transformReturning(node: ReturningNode): ReturningNode {
    return super.transformReturning({ ...node, selections: this.#public(node.selections) })
  }

  /** `*` as the public columns of the tables that are known. */
  #public(selections: readonly SelectionNode[]): SelectionNode[] {
    return selections.flatMap((node) => {
      const all = allOf(node.selection)
      if (AliasNode.is(node.selection)) refuseWholeRow(node.selection.node, this.#scope)
      if (!all) return [node]
      const tables = all.table === undefined ? [...this.#scope!.tables.keys()] : [all.table]
      return tables.flatMap((name) => {
        const table = TableNode.create(name)
        const names = this.#scope!.tables.get(name)?.publicNames
        if (!names) return [SelectionNode.createSelectAllFromTable(table)]
        return names.map((column) => SelectionNode.create(ReferenceNode.create(ColumnNode.create(column), table)))
      })
    })
  }

  // What is written.

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const model = node.into && this.#scope!.named(node.into.table.identifier.name)?.model
    const filled = model ? fillIn(node, model) : node
    const tuple = filled.columns?.map(({ column }) => model?.columns.get(column.name)?.codec) ?? []
    return this.#expecting({ tuple }, () => super.transformInsertQuery(filled))
  }

  /** What is changed on a conflict sees the row that is there and, as `excluded`, the one that was refused. */
  protected override transformOnConflict(node: OnConflictNode): OnConflictNode {
    const [table] = this.#scope!.tables.values()
    if (table) this.#scope!.tables.set('excluded', table)
    try {
      return this.#expecting(guess, () => super.transformOnConflict(node))
    } finally {
      this.#scope!.tables.delete('excluded')
    }
  }

  protected override transformColumnUpdate(node: ColumnUpdateNode): ColumnUpdateNode {
    const codec = this.#codecOf(node.column)
    const value = codec?.isOrdered === false ? asOne(node.value) : node.value
    return this.#expecting({ codec }, () => super.transformColumnUpdate({ ...node, value }))
  }

  // What is compared.

  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const operator = operatorOf(node.operator)
    const [left, right] = [this.#codecOf(node.leftOperand), this.#codecOf(node.rightOperand)]
    const codec = left ?? right
    if (isMatching(operator)) {
      const leftOperand = this.#expecting({ codec: textCodec }, () => this.transformNode(node.leftOperand))
      const rightOperand = this.#expecting({ codec: patternCodec }, () => this.transformNode(node.rightOperand))
      const operands = { ...node, leftOperand, rightOperand }
      return this.#dialect === 'sqlite' ? rewriteLike(operands, operator) : operands
    }
    checkOperator(operator, codec)
    if (operator === '*' && (codec?.kind === 'decimal' || right?.kind === 'decimal')) return this.#multiply(node)
    if (!operator.startsWith('between')) this.#refuseScales(node, operator)
    const isCompared = isEquality(operator)
    // `=` of a list of values is `in` for all but columns that hold a list.
    const isOne = codec?.isOrdered === false && operator !== 'in' && operator !== 'not in'
    const given = isOne ? { ...node, rightOperand: asOne(node.rightOperand) } : node
    const places = TupleNode.is(node.leftOperand) ? node.leftOperand.values : undefined
    const expected = { codec, isCompared, ...(places && { tuple: places.map((one) => this.#codecOf(one)) }) }
    return this.#expecting(expected, () => super.transformBinaryOperation(given))
  }

  /** On SQLite a decimal is a count of units: beside another number, or other units, it would mean something else. */
  #refuseScales({ leftOperand, rightOperand }: BinaryOperationNode, operator: string): void {
    const sides = [leftOperand, rightOperand].filter((one) => !ValueNode.is(unwrap(one)))
    const [left, right] = sides.map((one) => this.#codecOf(one))
    if (left && right && left.scale !== right.scale) throw tableErrors.DATA_DECIMAL_ARITHMETIC({ operator })
  }

  /** Of two factors one may be a decimal: the scale of the product is its own. */
  #multiply(node: BinaryOperationNode): BinaryOperationNode {
    for (const factor of [node.leftOperand, node.rightOperand].map(unwrap)) {
      if (this.#codecOf(factor)?.kind === 'integer')
        return this.#expecting(guess, () => super.transformBinaryOperation(node))
    }
    throw tableErrors.DATA_DECIMAL_ARITHMETIC({ operator: '*' })
  }

  protected override transformFunction(node: FunctionNode): FunctionNode {
    const codec = this.#codecOf(node)
    checkFunction(node.func, codec)
    for (const one of node.arguments) refuseWholeRow(one, this.#scope)
    const rewritten = this.#expecting({ codec }, () => super.transformFunction(node))
    return this.#dialect === 'postgres' ? collateGiven(node, rewritten) : rewritten
  }

  protected override transformLimit(node: LimitNode): LimitNode {
    return this.#expecting({ codec: countCodec }, () => super.transformLimit(node))
  }

  protected override transformOffset(node: OffsetNode): OffsetNode {
    return this.#expecting({ codec: countCodec }, () => super.transformOffset(node))
  }

  #transformAggregate(node: AggregateFunctionNode): OperationNode {
    const codec = this.#codecOf(node.aggregated[0])
    if (/^(?:min|max)$/i.test(node.func)) checkOrdered(codec)
    for (const one of node.aggregated) refuseWholeRow(one, this.#scope)
    const inner = this.#expecting({ codec }, () => super.transformAggregateFunction(node))
    return rewriteAggregate(inner, codec, this.#dialect)
  }

  protected override transformCase(node: CaseNode): CaseNode {
    const codec = this.#codecOf(node) ?? this.#expected.codec
    return this.#expecting({ codec }, () => super.transformCase(node))
  }

  protected override transformRaw(node: RawNode): RawNode {
    return this.#expecting(guess, () => super.transformRaw(node))
  }

  protected override transformOrderByItem(node: OrderByItemNode): OrderByItemNode {
    const { codec, isNullable = true } = this.#sorted(node.orderBy)
    checkOrdered(codec)
    const rewritten = super.transformOrderByItem(node)
    if (this.#dialect === 'sqlite' || node.nulls || !isNullable) return rewritten
    // Null is less than everything, as SQLite has it; where there is none the order of an index serves as it is.
    const isDescending = node.direction !== undefined && operatorOf(node.direction) === 'desc'
    return { ...rewritten, nulls: isDescending ? 'last' : 'first' }
  }

  /** An order is by a column, or by what the query itself selects under a name. */
  #sorted(node: OperationNode): Known {
    const known = this.#typeOf(node, this.#scope!)
    if (known.codec || !ReferenceNode.is(node) || node.table || node.column.kind !== 'ColumnNode') return known
    return this.#scope!.output().columns.get(node.column.column.name) ?? known
  }

  /** A value of a query with slots: where it comes from, and how it is encoded. */
  #bind(value: unknown, codec: Codec | undefined): Bound {
    // A list of sources is what `asOne` makes; everything else is one.
    const source = Array.isArray(value) ? new Several(value as Source[]) : (value as Source)
    if (!codec) return new Bound(source, this.#guess(source))
    return new Bound(source, (this.#expected.isCompared && codec.encodeCompared) || codec.encode)
  }

  /** Of a value that meets no column only its own type is known. */
  #guess(source: Source): (value: unknown) => unknown {
    if (!(source instanceof Slot)) return (value) => value
    const { codec } = this.#typeOf(ValueNode.create(source), this.#scope ?? this.scopeOf({ kind: 'SelectQueryNode' }))
    return codec?.encode ?? (typeof source.value === 'string' ? textCodec.encode : (value) => value)
  }

  protected override transformValue(node: ValueNode): ValueNode {
    return node.immediate ? node : { ...node, value: this.#bind(node.value, this.#expected.codec) }
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    const { codec, tuple } = this.#expected
    return { ...node, values: node.values.map((one, at) => this.#bind(one, tuple ? tuple[at] : codec)) }
  }

  protected override transformValueList(node: ValueListNode): ValueListNode {
    return { ...node, values: this.#transformPlaces(node.values) }
  }

  protected override transformTuple(node: TupleNode): TupleNode {
    return { ...node, values: this.#transformPlaces(node.values) }
  }

  /** A row of an insert and a tuple have a kind for each place; a list of tuples has it inside. */
  #transformPlaces(values: readonly OperationNode[]): OperationNode[] {
    const { tuple } = this.#expected
    return values.map((one, at) => {
      if (!tuple || TupleNode.is(one)) return this.transformNode(one)
      return this.#expecting({ ...this.#expected, codec: tuple[at], tuple: undefined! }, () => this.transformNode(one))
    })
  }
}
