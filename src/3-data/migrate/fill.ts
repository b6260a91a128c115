// What stands in rows that are there when a column comes that must not be empty.
import { type DecimalDescription, fromUnits, type OneOfDescription } from '../../1-contracts/index.ts'
import { conversion } from './convert.ts'
import type { Shape, StoredField, TableShape } from './shape.ts'
import type { Step } from './step.ts'

/** The value that says least, by kind. An id, a reference and a file have none: any would be a lie. */
const blanks: Readonly<Record<string, (field: StoredField) => unknown>> = {
  text: () => '',
  email: () => '',
  url: () => '',
  integer: () => 0,
  number: () => 0,
  decimal: (field) => fromUnits(0n, (field as DecimalDescription).scale),
  boolean: () => false,
  date: () => '1970-01-01',
  timestamp: () => new Date(0),
  oneOf: (field) => (field as OneOfDescription).values[0],
  json: () => ({}),
  array: () => [],
}

/** What is written into a migration for rows without a value; nothing where they need none, or none will do. */
export function fillFor(column: string, field: StoredField, table: TableShape): { readonly fill?: unknown } {
  const blank = blanks[field.kind]
  return needsValue(field) && blank && !isTold(column, table) ? { fill: blank(field) } : {}
}

/** Whether rows have to have something that no rule gives them. */
const needsValue = (field: StoredField): boolean => !field.null && !('default' in field)

/** Whether rows are told apart by a column: then no two may get the same. */
function isTold(column: string, { key, unique }: TableShape): boolean {
  return [key, ...unique].some((list) => list.includes(column))
}

/** Whether a column may lack values once it has become one of this field. */
export function mayLack(before: StoredField, after: StoredField): boolean {
  return before.null === true || conversion(before, after)?.loses !== undefined
}

/** Whether a step fails where the table has rows, since each would need a value of its own. */
export function needsOwnValues(step: Step, before: Shape): boolean {
  if (step.kind !== 'addColumn' && step.kind !== 'changeColumn') return false
  const old = before.get(step.table)?.columns.get(step.column)
  return needsValue(step.field) && !('fill' in step) && (old === undefined || mayLack(old, step.field))
}
