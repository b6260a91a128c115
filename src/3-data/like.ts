// `like` of SQLite as Postgres has it. Upper and lower case differ (a setting of every connection), `ilike` folds ASCII
// alone on both (Postgres compares by bytes), and "\" takes its meaning from what follows it.
import { type BinaryOperationNode, FunctionNode, type OperationNode, OperatorNode, RawNode } from 'kysely'

const escaping = new WeakSet<OperationNode>()

/** Rewrites an operation by its operator. */
export function rewriteLike(node: BinaryOperationNode, operator: string): BinaryOperationNode {
  if (escaping.has(node.rightOperand)) return node
  const isFolding = operator.endsWith('ilike')
  const [left, right] = [node.leftOperand, node.rightOperand].map((one) =>
    isFolding ? FunctionNode.create('lower', [one]) : one,
  ) as [OperationNode, OperationNode]
  const escaped = RawNode.create(['', " escape '\\'"], [right])
  escaping.add(escaped)
  return {
    ...node,
    leftOperand: left,
    operator: isFolding ? OperatorNode.create(operator.startsWith('not') ? 'not like' : 'like') : node.operator,
    rightOperand: escaped,
  }
}
