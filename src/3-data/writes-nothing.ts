// Inserts and updates that have nothing in them, of which SQL knows no form.
import { InsertQueryNode, type OperationNode, UpdateQueryNode, ValuesNode } from 'kysely'
import type { Scope } from './scope.ts'
import { tableErrors } from './table-errors.ts'

/**
 * The query, as it was given.
 *
 * @throws DATA_WRITES_NOTHING for an update without columns, and an insert of an empty list
 */
export function refuseNothing<Node extends OperationNode>(node: Node, { tables }: Pick<Scope, 'tables'>): Node {
  const [table = ''] = tables.keys()
  if (UpdateQueryNode.is(node) && !node.updates?.length)
    throw tableErrors.DATA_WRITES_NOTHING({ table, lacks: 'columns' })
  if (InsertQueryNode.is(node) && node.values && ValuesNode.is(node.values) && node.values.values.length === 0)
    throw tableErrors.DATA_WRITES_NOTHING({ table, lacks: 'rows' })
  return node
}
