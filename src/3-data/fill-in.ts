// What is left out of an insert: ids and defaults. They are made here and not by the database, so that they are the same
// on both, and all of one insert at the same moment.
import { ColumnNode, type InsertQueryNode, type OperationNode, ValueListNode, ValueNode, ValuesNode } from 'kysely'
import { createId } from '../1-contracts/index.ts'
import type { Column, TableModel } from './model.ts'
import { Made } from './slot.ts'

/** Makes what a column without a value gets. */
type Maker = (now: Date) => unknown

const nothing: Maker = () => null

const makers = new WeakMap<TableModel, ReadonlyMap<string, Maker>>()

function makersOf(model: TableModel): ReadonlyMap<string, Maker> {
  let found = makers.get(model)
  if (!found) {
    const made = [...model.columns.values()].flatMap((column) => {
      const maker = makerOf(column)
      return maker ? [[column.name, maker] as const] : []
    })
    found = new Map(made)
    makers.set(model, found)
  }
  return found
}

function makerOf({ field }: Column): Maker | undefined {
  if (field.kind === 'id' && field.made) return createId
  if (!('default' in field)) return undefined
  if (field.default === 'now' && field.kind === 'timestamp') return (now) => now
  if (field.default === 'now' && field.kind === 'date') return (now) => now.toISOString().slice(0, 10)
  return () => field.default
}

/**
 * An insert with its ids and defaults. Rows that another query selects are the database's business: constants come from
 * the defaults of its columns, an id has to be selected.
 */
export function fillIn(node: InsertQueryNode, model: TableModel): InsertQueryNode {
  const known = makersOf(model)
  const columns = node.columns?.map(({ column }) => column.name) ?? []
  const missing = [...known].filter(([name]) => !columns.includes(name))
  const rows = rowsOf(node)
  if (!rows || (missing.length === 0 && !rows.some((row) => row.kind === 'ValueListNode'))) return node
  const values = rows.map((row) => {
    const given = nodesOf(row).map((one, at) =>
      one.kind === 'DefaultInsertValueNode' ? ValueNode.create(new Made(known.get(columns[at]!) ?? nothing)) : one,
    )
    return ValueListNode.create([...given, ...missing.map(([, maker]) => ValueNode.create(new Made(maker)))])
  })
  const added = missing.map(([name]) => ColumnNode.create(name))
  const { defaultValues: _, ...rest } = node
  return { ...rest, columns: [...(node.columns ?? []), ...added], values: ValuesNode.create(values) }
}

function rowsOf({ values, defaultValues }: InsertQueryNode): readonly OperationNode[] | undefined {
  if (defaultValues) return [ValueListNode.create([])]
  return values && ValuesNode.is(values) ? values.values : undefined
}

function nodesOf(row: OperationNode): readonly OperationNode[] {
  if (ValueListNode.is(row)) return row.values
  // The other kind of row is one of plain values.
  return (row as OperationNode & { values: readonly unknown[] }).values.map((value) => ValueNode.create(value))
}
