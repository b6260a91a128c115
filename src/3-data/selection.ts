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
import { nearest } from '../1-contracts/server.ts'
import type { Scope, SeenTable } from './scope.ts'
import { tableErrors } from './table-errors.ts'

/**
 * A table where a value is expected is a row with all its columns: `json_agg(users)` on Postgres. So is its name where no
 * column has it, which may come from a request: `select users`; and `users.json_agg` is the same as `json_agg(users)`.
 *
 * @throws DATA_ROW_PRIVATE, DATA_COLUMN_UNKNOWN where some of these are private
 */
export function refuseWholeRow(node: OperationNode | undefined, scope: Scope | undefined): void {
  const table = node && rowIn(node, scope)
  if (table === undefined) return
  for (let around = scope; around; around = around.parent) {
    const seen = around.tables.get(table)
    if (seen?.model && hasPrivate(seen)) throw tableErrors.DATA_ROW_PRIVATE({ table: seen.model.name })
    if (seen) return
  }
}

/** The table whose rows a node may mean. */
function rowIn(node: OperationNode, scope: Scope | undefined): string | undefined {
  if (TableNode.is(node)) return node.table.identifier.name
  if (!ReferenceNode.is(node) || !ColumnNode.is(node.column)) return undefined
  const { name } = node.column.column
  if (node.table) return refuseCall(name, node.table.table.identifier.name, scope)
  return scope?.visible(name) && !scope.column(name) ? name : undefined
}

const hasPrivate = ({ columns, publicNames = [] }: SeenTable): boolean => columns.size > publicNames.length

/** What tables have besides: https://www.postgresql.org/docs/current/ddl-system-columns.html, and SQLite's number of a row. */
const systemColumns = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', 'rowid', '_rowid_', 'oid'])

/** @throws DATA_COLUMN_UNKNOWN for what is no column of a table with private ones, and may be a function of its row */
function refuseCall(column: string, table: string, scope: Scope | undefined): undefined {
  const seen = scope?.visible(table)
  if (!seen?.model || !hasPrivate(seen) || systemColumns.has(column) || scope?.column(column, table)) return undefined
  const near = nearest(column, [...seen.columns.keys()])
  throw tableErrors.DATA_COLUMN_UNKNOWN({ table: seen.model.name, column, nearest: near })
}

/** SQLite sorts a union by names that are written out alone, and not by those that columns have anyway. */
export function named(node: SelectionNode): SelectionNode {
  const { selection } = node
  const column = ReferenceNode.is(selection) ? selection.column : selection
  if (!ColumnNode.is(column)) return node
  return SelectionNode.create(AliasNode.create(selection, IdentifierNode.create(column.column.name)))
}
