// The shape of a database: its tables as plain data, the same for SQLite and Postgres. That of the migrations is what all
// of them together make of nothing; that of the entities is read from the model. What differs is to be migrated.
import { isDeepStrictEqual } from 'node:util'
import type { ArrayDescription, FieldDescription, Fields, ReferenceDescription } from '../../1-contracts/index.ts'
import { createCodec, type Dialect } from '../codec.ts'
import type { Column, Model, Reference, TableModel } from '../model.ts'

/**
 * A field as a column keeps it: its kind, and `null`, `default`, and what else the database is told. How long a text may
 * be, and what it is called in forms, is the validator's business: a change of it changes no table.
 */
export type StoredField = FieldDescription

/** Columns that belong together: an index, or what is unique. */
export type ColumnList = readonly string[]

/** A table. */
export interface TableShape {
  readonly columns: ReadonlyMap<string, StoredField>
  readonly key: ColumnList
  readonly index: readonly ColumnList[]
  readonly unique: readonly ColumnList[]
  /** What is searched by words: one list, or none. */
  readonly search: readonly ColumnList[]
}

/** The lists of columns that a table has. */
export type Lists = 'index' | 'unique' | 'search'

/** All tables by their names. */
export type Shape = ReadonlyMap<string, TableShape>

/** The shape of nothing. */
export const emptyShape: Shape = new Map()

/** What a database is told of each kind, besides what all kinds have. */
const toldOf: Readonly<Record<string, readonly string[]>> = {
  decimal: ['scale'],
  oneOf: ['values'],
  reference: ['to', 'onDelete'],
}

/** The part of a field that a column keeps. */
export function toStored(field: FieldDescription): StoredField {
  const given = field as unknown as Record<string, unknown>
  const told = (toldOf[field.kind] ?? []).map((name) => [name, given[name]])
  const isNullable = field.null === true || (field.absent === true && !('default' in field))
  return {
    kind: field.kind,
    ...Object.fromEntries(told),
    ...(field.kind === 'array' ? { item: toItem((field as ArrayDescription).item) } : {}),
    ...(field.kind === 'reference' ? { key: toKind((field as ReferenceDescription).key) } : {}),
    ...(isNullable ? { null: true } : {}),
    ...('default' in field ? { default: field.default } : {}),
  }
}

/** The kind of a key, without what else is said of it: whoever refers to it says that anew. */
function toKind(key: FieldDescription): StoredField {
  const { null: _null, default: _default, ...kind } = toStored(key)
  return kind
}

/** No database checks the items of a list. */
function toItem(item: FieldDescription): StoredField {
  return item.kind === 'oneOf' ? { kind: 'text' } : toStored(item)
}

/** Fields that are columns, as these keep them. */
export function toColumns(fields: Fields): Map<string, StoredField> {
  return new Map(Object.entries(fields).map(([name, { description }]) => [name, toStored(description)]))
}

/** The shape that entities ask for. */
export function shapeOf(model: Model): Shape {
  return new Map([...model].map(([name, table]) => [name, tableShape(table)]))
}

function tableShape({ columns, references, key, index, unique, search }: TableModel): TableShape {
  const stored = [...columns.values()].map(({ name, field }): [string, StoredField] => {
    const { to, onDelete } = references.find(({ column }) => column === name) ?? {}
    // In a table of pairs no field says what its columns refer to.
    return [name, { ...toStored(field), ...(to === undefined ? {} : { to, onDelete }) }]
  })
  return { columns: new Map(stored), key, index: distinct(index), unique: distinct(unique), search }
}

/** Lists of columns, each once: two indexes over the same are one. */
export function distinct(lists: readonly ColumnList[]): readonly ColumnList[] {
  return [...new Map(lists.map((list) => [list.join(), list])).values()]
}

/** All tables of a shape as the statements of a database need them. */
export function toModel(shape: Shape, dialect: Dialect): Model {
  return new Map([...shape.keys()].map((name) => [name, toTableModel(name, shape, dialect)]))
}

/** A table as the statements of a database need it. `shape` has the tables that it refers to. */
export function toTableModel(name: string, shape: Shape, dialect: Dialect): TableModel {
  const table = shape.get(name)!
  const columns = [...table.columns].map(([column, stored]): [string, Column] => {
    // Rows that a migration writes get their ids as those of an app do.
    const field = stored.kind === 'id' ? { ...stored, made: true } : stored
    return [
      column,
      { name: column, field, codec: createCodec(field, dialect), isNullable: field.null === true, isPrivate: false },
    ]
  })
  return { ...table, name, columns: new Map(columns), references: referencesOf(table, shape), isJoin: false }
}

/** What a table refers to, as far as it is there and known by one column. */
export function referencesOf(table: TableShape, shape: Shape): Reference[] {
  return [...table.columns].flatMap(([column, field]) => {
    if (!isReference(field)) return []
    const { to, onDelete } = field
    const [toColumn, second] = shape.get(to)?.key ?? []
    return toColumn === undefined || second !== undefined ? [] : [{ column, to, toColumn, onDelete }]
  })
}

/** Whether a field is a column that refers to rows. */
export function isReference(field: StoredField): field is ReferenceDescription {
  return field.kind === 'reference'
}

/** The kind by which values are stored: of a reference that of the key which it holds. */
export function valueKind(field: StoredField): StoredField {
  if (isReference(field)) return valueKind(field.key)
  const { null: _null, default: _default, ...kind } = field
  // Addresses are texts to a database.
  return kind.kind === 'email' || kind.kind === 'url' ? { kind: 'text' } : kind
}

/** Whether a database keeps both alike. */
export function isSameColumn(one: StoredField, other: StoredField): boolean {
  return isDeepStrictEqual(comparable(one), comparable(other))
}

function comparable(field: StoredField): unknown {
  const { to, onDelete } = field as Partial<ReferenceDescription>
  const { null: isNullable = false, default: value } = field
  return { value: valueKind(field), to, onDelete, isNullable, default: 'default' in field ? [value] : [] }
}

/** Whether both lists have the same columns in the same order. */
export function isSameList(one: ColumnList, other: ColumnList): boolean {
  return one.join() === other.join()
}

/** The table of pairs that a relation of many to many has, as its owner and the field are called. */
export interface Pairs {
  readonly owner: string
  readonly field: string
  readonly to: string
}

/** The relation whose pairs a table holds; undefined for any other table. */
export function pairsOf(name: string, table: TableShape): Pairs | undefined {
  const [first, second, third] = [...table.columns]
  if (!first || !second || third) return undefined
  const [[owner, here], [field, there]] = [first, second]
  if (!isReference(here) || !isReference(there) || here.to !== owner || name !== `${owner}_${field}`) return undefined
  // Another rule in one of them, and it is a table like any other.
  const same = pairsTable({ owner, field, to: there.to }, [here.key, there.key])
  return isDeepStrictEqual(same, table) ? { owner, field, to: there.to } : undefined
}

/** The table of pairs of a relation, from the keys of both sides. */
export function pairsTable({ owner, field, to }: Pairs, keys: readonly [StoredField, StoredField]): TableShape {
  const side = (target: string, key: StoredField): StoredField =>
    ({ kind: 'reference', to: target, onDelete: 'cascade', key: toKind(key) }) as StoredField
  return {
    columns: new Map([
      [owner, side(owner, keys[0])],
      [field, side(to, keys[1])],
    ]),
    key: [owner, field],
    index: [[field]],
    unique: [],
    search: [],
  }
}
