// The model of a database: its tables with all their columns, keys and references, as DDL, queries and migrations need
// them. Made once from what `database()` was given; what cannot be stored is said here.

import type { FieldDescription, Fields, ReferenceDescription } from '../1-contracts/index.ts'
import { nearest } from '../1-contracts/server.ts'
import { type Codec, createCodec, type Dialect } from './codec.ts'
import type { Table } from './table.ts'
import { tableErrors } from './table-errors.ts'

/** One column of a table. */
export interface Column {
  readonly name: string
  readonly field: FieldDescription
  readonly codec: Codec
  readonly isNullable: boolean
  readonly isPrivate: boolean
}

/** A column that names rows of a table by their key. */
export interface Reference {
  readonly column: string
  readonly to: string
  readonly toColumn: string
  readonly onDelete: 'cascade' | 'restrict' | 'set null'
}

/** A table with all that is known of it. */
export interface TableModel {
  readonly name: string
  readonly columns: ReadonlyMap<string, Column>
  readonly key: readonly string[]
  /** Those of the table's options, and one of each reference that none of them begins with. */
  readonly index: readonly (readonly string[])[]
  readonly unique: readonly (readonly string[])[]
  /** The columns that are searched by words: one list, or none. */
  readonly search: readonly (readonly string[])[]
  readonly references: readonly Reference[]
  /** It holds the pairs of a field made by `references()`. */
  readonly isJoin: boolean
}

/** All tables by their names. */
export type Model = ReadonlyMap<string, TableModel>

/**
 * Reads the tables of a database.
 *
 * @throws DATA_TABLE_NAME, DATA_COLUMN_TWICE, DATA_COLUMN_UNKNOWN, DATA_COLUMN_UNORDERED, DATA_COLUMN_JOIN,
 * DATA_REFERENCE_UNKNOWN, DATA_REFERENCE_KEY, DATA_REFERENCE_NULL, DATA_SEARCH_KIND
 */
export function readModel(tables: Readonly<Record<string, Table>>, dialect: Dialect): Model {
  const model = new Map<string, TableModel>()
  for (const [given, one] of Object.entries(tables)) {
    const { name } = one.entity
    if (given !== name) throw tableErrors.DATA_TABLE_NAME({ given, name })
    model.set(name, readTable(one, tables, dialect))
  }
  for (const one of Object.values(tables)) {
    for (const pairs of readPairs(one, tables, dialect)) model.set(pairs.name, pairs)
  }
  return model
}

function readTable(one: Table, tables: Readonly<Record<string, Table>>, dialect: Dialect): TableModel {
  const { name, key } = one.entity
  const columns = readColumns(one, dialect)
  const references: Reference[] = []
  for (const { name: column, field } of columns.values()) {
    if (isReference(field)) references.push(readReference({ table: name, column, field }, tables))
  }
  // A key is unique without being told.
  const alone = [...columns.values()].filter(({ name: own, field }) => field.unique && own !== key.join())
  const unique = [...alone.map((column) => [column.name]), ...one.unique]
  for (const column of [...one.index, ...unique].flat()) checkListed(name, column, columns)
  for (const column of one.search) checkSearched(name, column, columns)
  const led = [key, ...one.index, ...unique].map(([first]) => first)
  // A row that is deleted is looked for in all that refer to it.
  const own = references.filter(({ column }) => !led.includes(column)).map(({ column }) => [column])
  const search = one.search.length === 0 ? [] : [one.search]
  return { name, columns, key, index: [...one.index, ...own], unique, search, references, isJoin: false }
}

/** Whether a column of this kind has words. */
export function isSearchable(kind: string): boolean {
  return kind === 'text' || kind === 'email' || kind === 'url' || kind === 'oneOf'
}

/** A column that is searched by words. */
function checkSearched(table: string, column: string, columns: ReadonlyMap<string, Column>): void {
  const kind = columns.get(column)?.field.kind
  if (!kind) throw tableErrors.DATA_COLUMN_UNKNOWN({ table, column, nearest: nearest(column, [...columns.keys()]) })
  if (!isSearchable(kind)) throw tableErrors.DATA_SEARCH_KIND({ table, column, kind })
}

/** A column of an index, or of what is unique. */
function checkListed(table: string, column: string, columns: ReadonlyMap<string, Column>): void {
  const codec = columns.get(column)?.codec
  if (!codec) throw tableErrors.DATA_COLUMN_UNKNOWN({ table, column, nearest: nearest(column, [...columns.keys()]) })
  if (!codec.isOrdered) throw tableErrors.DATA_COLUMN_UNORDERED({ table, column, kind: codec.kind })
}

function readColumns({ entity, private: hidden }: Table, dialect: Dialect): Map<string, Column> {
  const columns = new Map<string, Column>()
  const byCase = new Map<string, string>()
  const add = (fields: Fields, isPrivate: boolean): void => {
    for (const [name, { description: field }] of Object.entries(fields)) {
      if (field.kind === 'references') {
        if (isPrivate) throw tableErrors.DATA_COLUMN_JOIN({ table: entity.name, column: name })
        if (field.unique)
          throw tableErrors.DATA_COLUMN_UNORDERED({ table: entity.name, column: name, kind: 'many to many' })
        continue
      }
      // SQLite knows names in any case: two that differ in nothing else would be one.
      const other = byCase.get(name.toLowerCase())
      if (other !== undefined) throw tableErrors.DATA_COLUMN_TWICE({ table: entity.name, column: name, other })
      byCase.set(name.toLowerCase(), name)
      columns.set(name, createColumn(name, field, { isPrivate, dialect }))
    }
  }
  add(entity.fields, false)
  add(hidden, true)
  return columns
}

function createColumn(
  name: string,
  field: FieldDescription,
  { isPrivate, dialect }: { isPrivate: boolean; dialect: Dialect },
): Column {
  // What may be left out has to be something in a row: null.
  const isNullable = field.null === true || (field.absent === true && !('default' in field))
  return { name, field, codec: createCodec(field, dialect), isNullable, isPrivate }
}

function isReference(field: FieldDescription): field is ReferenceDescription {
  return field.kind === 'reference' || field.kind === 'references'
}

interface Where {
  readonly table: string
  readonly column: string
  readonly field: ReferenceDescription
}

function readReference({ table, column, field }: Where, tables: Readonly<Record<string, Table>>): Reference {
  const { to, onDelete } = field
  const target = Object.hasOwn(tables, to) ? tables[to] : undefined
  if (!target)
    throw tableErrors.DATA_REFERENCE_UNKNOWN({ table, column, to, nearest: nearest(to, Object.keys(tables)) })
  const { key, fields } = target.entity
  const [toColumn] = key
  const isOneKey =
    key.length === 1 && toColumn !== undefined && storedKind(fields[toColumn]!.description) === storedKind(field)
  if (!isOneKey) throw tableErrors.DATA_REFERENCE_KEY({ table, column, to, key })
  if (onDelete === 'set null' && field.null !== true) throw tableErrors.DATA_REFERENCE_NULL({ table, column })
  return { column, to, toColumn, onDelete }
}

/** The kind by which a field is stored: of a reference that of the key it holds. */
function storedKind(field: FieldDescription): string {
  return isReference(field) ? storedKind(field.key) : field.kind
}

/** The tables between the entity and those that it has `references()` to. */
function* readPairs(one: Table, tables: Readonly<Record<string, Table>>, dialect: Dialect): Generator<TableModel> {
  const { name: table, fields, key: ownKey } = one.entity
  for (const [column, { description: field }] of Object.entries(fields)) {
    if (field.kind !== 'references' || !isReference(field)) continue
    if (column === table) throw tableErrors.DATA_COLUMN_TWICE({ table: `${table}_${column}`, column, other: table })
    // The key of an entity is made of its fields.
    const own: ReferenceDescription = { ...field, to: table, key: fields[ownKey[0]!]!.description }
    const here = readReference({ table, column: table, field: own }, tables)
    const there = readReference({ table, column, field }, tables)
    const side = (name: string, { key }: ReferenceDescription): [string, Column] => {
      const held: FieldDescription & { key: FieldDescription } = { kind: 'reference', key }
      return [name, createColumn(name, held, { isPrivate: false, dialect })]
    }
    yield {
      name: `${table}_${column}`,
      columns: new Map([side(table, own), side(column, field)]),
      key: [table, column],
      // The key serves the way there; the way back wants an index of its own.
      index: [[column]],
      unique: [],
      search: [],
      references: [here, there],
      isJoin: true,
    }
  }
}
