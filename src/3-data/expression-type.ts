// Of which kind an expression is: a column's, or what a function or operator makes of it. What is not known is left to
// the driver: the value of raw SQL is what the database says.
import {
  type AggregateFunctionNode,
  AliasNode,
  type BinaryOperationNode,
  type CaseNode,
  type ColumnNode,
  type FunctionNode,
  type OperationNode,
  OperatorNode,
  ParensNode,
  RawNode,
  type ReferenceNode,
  type SelectQueryNode,
  type UnaryOperationNode,
  type ValueNode,
} from 'kysely'
import {
  booleanCodec,
  type Codec,
  type Dialect,
  integerCodec,
  numberCodec,
  textCodec,
  timestampCodec,
} from './codec.ts'
import type { Known, Scope, TypeOf } from './scope.ts'

const nothing: Known = {}
const arithmetic = new Set(['+', '-', '*', '/', '%'])
/** Functions that give one of their arguments. */
const choosing = new Set([
  'coalesce',
  'ifnull',
  'nullif',
  'greatest',
  'least',
  'min',
  'max',
  'first_value',
  'last_value',
  'nth_value',
  'lag',
  'lead',
])
const textual = new Set(['lower', 'upper', 'trim', 'ltrim', 'rtrim', 'replace', 'substr', 'substring', 'concat'])
const counting = new Set(['count', 'length', 'row_number', 'rank', 'dense_rank', 'ntile'])

/** Makes the function that tells the kind of an expression. */
export function createTypeOf(dialect: Dialect): TypeOf {
  const boolean: Known = { codec: booleanCodec(dialect), isNullable: true }
  const readers: Readonly<Record<string, (node: never, scope: Scope) => Known | undefined>> = {
    AliasNode: ({ node }: AliasNode, scope) => typeOf(node, scope),
    ParensNode: ({ node }: ParensNode, scope) => typeOf(node, scope),
    ColumnNode: ({ column }: ColumnNode, scope) => scope.column(column.name),
    ReferenceNode: ({ column, table }: ReferenceNode, scope) =>
      column.kind === 'ColumnNode' ? scope.column(column.column.name, table?.table.identifier.name) : undefined,
    AndNode: () => boolean,
    OrNode: () => boolean,
    UnaryOperationNode: ({ operator, operand }: UnaryOperationNode, scope) =>
      operatorOf(operator) === '-' ? typeOf(operand, scope) : boolean,
    BinaryOperationNode: (node: BinaryOperationNode, scope) => ofOperation(node, scope),
    AggregateFunctionNode: (node: AggregateFunctionNode, scope) =>
      ofFunction(node.func.toLowerCase(), node.aggregated, scope),
    FunctionNode: (node: FunctionNode, scope) => ofFunction(node.func.toLowerCase(), node.arguments, scope),
    CaseNode: ({ when = [], else: otherwise }: CaseNode, scope) =>
      first([...when.map(({ result }) => result), otherwise], scope),
    // What gives one value is a query with one column.
    SelectQueryNode: (node: SelectQueryNode, scope) => {
      const [only] = scope.nested(node).output().columns.values()
      return only && { ...only, isNullable: true }
    },
    ValueNode: ({ value }: ValueNode) => ofValue(value),
    // `sql.ref(…)` and the like: raw SQL that is one expression.
    RawNode: ({ sqlFragments, parameters }: RawNode, scope) =>
      parameters.length === 1 && sqlFragments.every((part) => part.trim() === '')
        ? typeOf(parameters[0]!, scope)
        : undefined,
  }

  function typeOf(node: OperationNode, scope: Scope): Known {
    // Each reader is under the name of the node that it reads.
    return readers[node.kind]?.(node as never, scope) ?? nothing
  }

  function first(nodes: readonly (OperationNode | undefined)[], scope: Scope): Known {
    for (const node of nodes) {
      const { codec } = node ? typeOf(node, scope) : nothing
      if (codec) return { codec, isNullable: true }
    }
    return nothing
  }

  function ofOperation({ leftOperand, operator, rightOperand }: BinaryOperationNode, scope: Scope): Known {
    const name = operatorOf(operator)
    if (arithmetic.has(name)) return first([leftOperand, rightOperand], scope)
    return name === '||' ? { codec: textCodec, isNullable: true } : name.startsWith('->') ? nothing : boolean
  }

  function ofFunction(name: string, given: readonly OperationNode[], scope: Scope): Known {
    if (choosing.has(name)) return first(given, scope)
    if (textual.has(name)) return { codec: textCodec, isNullable: true }
    if (counting.has(name)) return { codec: integerCodec, isNullable: true }
    if (name === 'sum') return first(given, scope)
    const { codec } = name === 'avg' ? first(given, scope) : nothing
    return codec ? { codec: averageOf(codec), isNullable: true } : nothing
  }

  function ofValue(value: unknown): Known {
    if (typeof value === 'boolean') return boolean
    return value instanceof Date ? { codec: timestampCodec(dialect) } : nothing
  }

  return typeOf
}

/** The average of decimals is one, rounded to their scale; of other numbers a number with a fraction. */
function averageOf(codec: Codec): Codec {
  return codec.kind === 'decimal' ? codec : numberCodec
}

/** The text of an operator. */
export function operatorOf(node: OperationNode): string {
  if (OperatorNode.is(node)) return node.operator
  return RawNode.is(node) ? node.sqlFragments.join('').trim().toLowerCase() : ''
}

/** The argument of a parenthesis, or the node itself. */
export function unwrap(node: OperationNode): OperationNode {
  return ParensNode.is(node) || AliasNode.is(node) ? unwrap(node.node) : node
}
