// Aggregates that the two databases do not have alike: averages of decimals, least and greatest of ids and booleans.
import {
  type AggregateFunctionNode,
  BinaryOperationNode,
  CastNode,
  DataTypeNode,
  FunctionNode,
  type OperationNode,
  OperatorNode,
  ParensNode,
  ValueNode,
} from 'kysely'
import type { Codec, Dialect } from './codec.ts'

/** Rewrites an aggregate of values of a kind. Its argument is rewritten already. */
export function rewriteAggregate(
  node: AggregateFunctionNode,
  codec: Codec | undefined,
  dialect: Dialect,
): OperationNode {
  const func = node.func.toLowerCase()
  if (func === 'avg' && codec?.scale !== undefined)
    return dialect === 'sqlite'
      ? roundedAverage(node)
      : FunctionNode.create('round', [node, ValueNode.createImmediate(codec.scale)])
  if (dialect === 'sqlite' || (func !== 'min' && func !== 'max')) return node
  // Postgres knows neither least nor greatest of these (`min(uuid)` came with version 18).
  if (codec?.kind === 'boolean') return { ...node, func: func === 'min' ? 'bool_and' : 'bool_or' } as OperationNode
  if (codec?.kind !== 'id') return node
  const aggregated = node.aggregated.map((one) => CastNode.create(one, DataTypeNode.create('text')))
  return { ...node, aggregated } as OperationNode
}

/**
 * The average of units as a whole number, half of one away from zero, as `round()` of Postgres. SQLite's own average is a
 * number of 64 bits with a fraction, which holds 53 of them. For five units in two rows: 5 / 2 + (2 * (5 % 2)) / 2 is 3.
 */
function roundedAverage(node: AggregateFunctionNode): OperationNode {
  const sum: AggregateFunctionNode = { ...node, func: 'sum' }
  const count: AggregateFunctionNode = { ...node, func: 'count' }
  const rest = calculate(ValueNode.createImmediate(2), '*', calculate(sum, '%', count))
  return calculate(calculate(sum, '/', count), '+', calculate(rest, '/', count))
}

function calculate(left: OperationNode, operator: '+' | '*' | '/' | '%', right: OperationNode): OperationNode {
  return ParensNode.create(BinaryOperationNode.create(left, OperatorNode.create(operator), right))
}
