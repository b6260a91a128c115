// Which keys a condition leaves: constants that every part of a key has to be equal to. A condition that could be met by
// other rows too, of whatever form, leaves them all.
import {
  AndNode,
  BinaryOperationNode,
  type InsertQueryNode,
  type OperationNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
} from 'kysely'
import { operatorOf } from '../expression-type.ts'
import type { TableModel } from '../model.ts'
import { MOST_KEYS } from './row-set.ts'

/** A table as a query names it. Nothing is known of the columns of what another query gives. */
export interface Source {
  readonly name: string
  /** Its name in the database; undefined of what is no table. */
  readonly table: string | undefined
  readonly model?: TableModel | undefined
}

/** Places of values among the parameters of a statement. */
export type PlaceOf = (value: unknown) => number | undefined

type KeyPlaces = readonly (readonly number[])[]

/**
 * The keys that rows of a source have where a condition holds. `where id = ?1 and status = ?2` leaves the key ?1, and
 * `where a = ?1 and b in (?2, ?3)` of the key (a, b) the two (?1, ?2) and (?1, ?3).
 */
export function keysWhere(
  condition: OperationNode | undefined,
  { source, sources, placeOf }: { source: Source; sources: readonly Source[]; placeOf: PlaceOf },
): KeyPlaces | undefined {
  const { model } = source
  if (!condition || !model) return undefined
  const equal = new Map<string, readonly number[]>()
  for (const one of conjuncts(condition)) {
    for (const [left, right] of [
      [one.leftOperand, one.rightOperand],
      [one.rightOperand, one.leftOperand],
    ] as const) {
      const column = columnOf(left, source, sources)
      const places = column === undefined ? undefined : placesIn(right, placeOf)
      if (column !== undefined && places && model.columns.get(column)?.codec.isOrdered) equal.set(column, places)
    }
  }
  return combine(model.key.map((column) => equal.get(column)))
}

/** The equalities that all have to hold. */
function conjuncts(node: OperationNode): BinaryOperationNode[] {
  if (ParensNode.is(node)) return conjuncts(node.node)
  if (AndNode.is(node)) return [...conjuncts(node.left), ...conjuncts(node.right)]
  return BinaryOperationNode.is(node) && /^(?:=|==|in)$/.test(operatorOf(node.operator)) ? [node] : []
}

/** The column of this source that an expression is, and nothing else. */
function columnOf(node: OperationNode, { name, model }: Source, sources: readonly Source[]): string | undefined {
  if (!ReferenceNode.is(node) || node.column.kind !== 'ColumnNode') return undefined
  const { name: column } = node.column.column
  if (!model?.columns.has(column)) return undefined
  if (node.table) return node.table.table.schema || node.table.table.identifier.name !== name ? undefined : column
  // Without a table it is of the only one that has such a column.
  const having = sources.filter((one) => one.model === undefined || one.model.columns.has(column))
  return having.length === 1 ? column : undefined
}

function placesIn(node: OperationNode, placeOf: PlaceOf): readonly number[] | undefined {
  if (ParensNode.is(node)) return placesIn(node.node, placeOf)
  if (ValueNode.is(node)) return whole([placeOf(node.value)])
  if (PrimitiveValueListNode.is(node)) return whole(node.values.map(placeOf))
  if (!ValueListNode.is(node)) return undefined
  return whole(node.values.map((one) => (ValueNode.is(one) ? placeOf(one.value) : undefined)))
}

function whole(places: readonly (number | undefined)[]): readonly number[] | undefined {
  return places.every((place) => place !== undefined) ? places : undefined
}

function combine(parts: readonly (readonly number[] | undefined)[]): KeyPlaces | undefined {
  let keys: KeyPlaces = [[]]
  for (const part of parts) {
    if (!part || keys.length * part.length > MOST_KEYS) return undefined
    keys = keys.flatMap((key) => part.map((place) => [...key, place]))
  }
  return keys
}

/** The keys that an insert gives its rows, those among them that are made. */
export function keysOfInsert(
  { columns, values }: InsertQueryNode,
  model: TableModel,
  placeOf: PlaceOf,
): KeyPlaces | undefined {
  const rows = values && ValuesNode.is(values) ? values.values : undefined
  const names = columns?.map(({ column }) => column.name) ?? []
  if (!rows || rows.length > MOST_KEYS) return undefined
  const keys = rows.map((row) => {
    const given = PrimitiveValueListNode.is(row)
      ? row.values
      : row.values.map((one) => (ValueNode.is(one) ? one.value : undefined))
    return whole(model.key.map((column) => placeOf(given[names.indexOf(column)])))
  })
  return keys.every((key) => key !== undefined) ? keys : undefined
}
