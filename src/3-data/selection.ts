// What is selected, where the databases differ or more would be seen than may be.
import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  ReferenceNode,
  SelectionNode,
  TableNode,
} from 'kysely'
import type { Scope } from './scope.ts'
import { tableErrors } from './table-errors.ts'

/**
 * A table where a value is expected is a row with all its columns: `json_agg(users)` on Postgres. So is its name where no
 * column has it, which may come from a request: `select users`.
 *
 * @throws DATA_ROW_PRIVATE where some of these are private
 */
export function refuseWholeRow(node: OperationNode | undefined, scope: Scope | undefined): void {
  const table = node && rowIn(node, scope)
  if (table === undefined) return
  for (let around = scope; around; around = around.parent) {
    const seen = around.tables.get(table)
    if (seen?.model && seen.columns.size > (seen.publicNames?.length ?? 0))
      throw tableErrors.DATA_ROW_PRIVATE({ table: seen.model.name })
    if (seen) return
  }
}

/** The table whose rows a node may mean. */
function rowIn(node: OperationNode, scope: Scope | undefined): string | undefined {
  if (TableNode.is(node)) return node.table.identifier.name
  if (!ReferenceNode.is(node) || node.table || !ColumnNode.is(node.column)) return undefined
  const { name } = node.column.column
  return scope?.visible(name) && !scope.column(name) ? name : undefined
}

/** SQLite sorts a union by names that are written out alone, and not by those that columns have anyway. */
export function named(node: SelectionNode): SelectionNode {
  const { selection } = node
  const column = ReferenceNode.is(selection) ? selection.column : selection
  if (!ColumnNode.is(column)) return node
  return SelectionNode.create(AliasNode.create(selection, IdentifierNode.create(column.column.name)))
}
