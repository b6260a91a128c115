// `like` of SQLite as Postgres has it. Upper and lower case differ (a setting of every connection), `ilike` folds ASCII
// alone on both (Postgres compares by bytes), and "\" takes its meaning from what follows it.
import { type BinaryOperationNode, FunctionNode, type OperationNode, OperatorNode, RawNode } from 'kysely'

/** Rewrites an operation by its operator. */
export function rewriteLike(node: BinaryOperationNode, operator: string): BinaryOperationNode {
  const isFolding = operator.endsWith('ilike')
  const [left, right] = [node.leftOperand, node.rightOperand].map((one) =>
    isFolding ? FunctionNode.create('lower', [one]) : one,
  ) as [OperationNode, OperationNode]
  return {
    ...node,
    leftOperand: left,
    operator: isFolding ? OperatorNode.create(operator.startsWith('not') ? 'not like' : 'like') : node.operator,
    rightOperand: RawNode.create(['', " escape '\\'"], [right]),
  }
}
