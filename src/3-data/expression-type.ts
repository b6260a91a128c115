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
import { Slot } from './slot.ts'

const nothing: Known = {}
const text: Known = { codec: textCodec, isNullable: true }
const integer: Known = { codec: integerCodec, isNullable: true }
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
  'abs',
  'round',
  'bool_and',
  'bool_or',
  'first_value',
  'last_value',
  'nth_value',
  'lag',
  'lead',
])
const textual = new Set(['lower', 'upper', 'trim', 'ltrim', 'rtrim', 'replace', 'substr', 'substring', 'concat'])
/** Whether a function gives a text of texts. */
export const isTextual = (name: string): boolean => textual.has(name.toLowerCase())
const counting = new Set(['count', 'length', 'row_number', 'rank', 'dense_rank', 'ntile'])

type Reader = (node: never, scope: Scope) => Known | undefined

/** Makes the function that tells the kind of an expression. */
export function createTypeOf(dialect: Dialect): TypeOf {
  const boolean: Known = { codec: booleanCodec(dialect), isNullable: true }
  const moment: Known = { codec: timestampCodec(dialect) }
  // Postgres takes a parameter that meets nothing for a text.
  const given: Known = { codec: { ...booleanCodec(dialect), decode: (value) => value === 1 || `${value}` === 'true' } }
  // Each reader is under the name of the node that it reads.
  const typeOf: TypeOf = (node, scope) => readers[node.kind]?.(node as never, scope) ?? nothing
  const readers: Readonly<Record<string, Reader>> = {
    ...namesOf(typeOf),
    ...callsOf(typeOf),
    AndNode: () => boolean,
    OrNode: () => boolean,
    UnaryOperationNode: ({ operator, operand }: UnaryOperationNode, scope) =>
      operatorOf(operator) === '-' ? typeOf(operand, scope) : boolean,
    BinaryOperationNode: ({ leftOperand, operator, rightOperand }: BinaryOperationNode, scope) => {
      const name = operatorOf(operator)
      const isCounted = name === '*' && typeOf(rightOperand, scope).codec?.kind === 'decimal'
      // Three times a decimal is one, whichever stands first.
      const operands = isCounted ? [rightOperand] : [leftOperand, rightOperand]
      if (arithmetic.has(name)) return first(typeOf, operands, scope)
      return name === '||' ? text : name.startsWith('->') ? nothing : boolean
    },
    ValueNode: ({ value: slot }: ValueNode) => {
      const value = slot instanceof Slot ? slot.value : slot
      if (typeof value === 'boolean') return given
      if (typeof value === 'bigint' || Number.isSafeInteger(value)) return integer
      return value instanceof Date ? moment : nothing
    },
  }
  return typeOf
}

/** What stands for something else: a name, a parenthesis, a query that gives one value. */
function namesOf(typeOf: TypeOf): Record<string, Reader> {
  return {
    AliasNode: ({ node }: AliasNode, scope) => typeOf(node, scope),
    ParensNode: ({ node }: ParensNode, scope) => typeOf(node, scope),
    ColumnNode: ({ column }: ColumnNode, scope) => scope.column(column.name),
    ReferenceNode: ({ column, table }: ReferenceNode, scope) =>
      column.kind === 'ColumnNode' ? scope.column(column.column.name, table?.table.identifier.name) : undefined,
    SelectQueryNode: (node: SelectQueryNode, scope) => {
      const [only] = scope.nested(node).output().columns.values()
      return only && { ...only, isNullable: true }
    },
    // `sql.ref(…)` and the like: raw SQL that is one expression.
    RawNode: ({ sqlFragments, parameters }: RawNode, scope) => {
      const [only, ...more] = parameters
      return only && more.length === 0 && sqlFragments.every((part) => part.trim() === '')
        ? typeOf(only, scope)
        : undefined
    },
  }
}

function callsOf(typeOf: TypeOf): Record<string, Reader> {
  const ofFunction = (name: string, given: readonly OperationNode[], scope: Scope): Known => {
    if (choosing.has(name) || name === 'sum') return first(typeOf, given, scope)
    if (textual.has(name)) return text
    if (counting.has(name)) return integer
    const { codec } = name === 'avg' ? first(typeOf, given, scope) : nothing
    return codec ? { codec: averageOf(codec), isNullable: true } : nothing
  }
  return {
    AggregateFunctionNode: ({ func, aggregated }: AggregateFunctionNode, scope) =>
      ofFunction(func.toLowerCase(), aggregated, scope),
    FunctionNode: ({ func, arguments: given }: FunctionNode, scope) => ofFunction(func.toLowerCase(), given, scope),
    CaseNode: ({ when = [], else: otherwise }: CaseNode, scope) =>
      first(typeOf, [...when.map(({ result }) => result), otherwise], scope),
  }
}

/** The first of some expressions whose kind is known: they are of one kind. */
function first(typeOf: TypeOf, nodes: readonly (OperationNode | undefined)[], scope: Scope): Known {
  for (const node of nodes) {
    const { codec } = node ? typeOf(node, scope) : nothing
    if (codec) return { codec, isNullable: true }
  }
  return nothing
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
