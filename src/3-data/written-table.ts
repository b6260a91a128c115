// Which table a statement writes.
import { AliasNode, type OperationNode, TableNode } from 'kysely'

/** The table that an insert, update or delete of the query builder writes; undefined for reads and for raw SQL. */
export function writtenTable(query: OperationNode): string | undefined {
  const target = targetOf(query)
  const table = target && AliasNode.is(target) ? target.node : target
  return table && TableNode.is(table) ? table.table.identifier.name : undefined
}

function targetOf(query: OperationNode): OperationNode | undefined {
  // The kind tells which node it is; the types of the nodes are an open set.
  const { into, table, from } = query as {
    into?: OperationNode
    table?: OperationNode
    from?: { froms: OperationNode[] }
  }
  if (query.kind === 'InsertQueryNode') return into
  if (query.kind === 'UpdateQueryNode') return table
  return query.kind === 'DeleteQueryNode' ? from?.froms[0] : undefined
}
