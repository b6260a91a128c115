// The statements that make a whole database from its tables.
import { createHash } from 'node:crypto'
import type { Dialect } from './codec.ts'
import { columnCheck, columnDefault, columnType, quoteName } from './columns.ts'
import type { Column, Model, Reference, TableModel } from './model.ts'
import { searchIndex } from './search-index.ts'

/**
 * All statements, in an order in which they can run one by one. Postgres refuses a reference to a table that is not there
 * yet: of two that refer to each other one gets it afterwards. SQLite asks when rows come.
 */
export function createStatements(model: Model, dialect: Dialect): string[] {
  const created = new Set<string>()
  const statements: string[] = []
  const later: string[] = []
  for (const table of inOrder(model)) {
    created.add(table.name)
    const isThere = (reference: Reference): boolean => dialect === 'sqlite' || created.has(reference.to)
    statements.push(createTable(table, dialect, table.references.filter(isThere)))
    statements.push(...indexesOf(table, dialect).flatMap(({ create }) => create))
    for (const reference of table.references.filter((one) => !isThere(one)))
      later.push(`alter table ${quoteName(table.name)} add ${foreignKey(table, reference)}`)
  }
  return [...statements, ...later]
}

/** Tables after those that they refer to, as far as there is such an order. */
function inOrder(model: Model): TableModel[] {
  const ordered = new Set<TableModel>()
  const begun = new Set<TableModel>()
  const visit = (table: TableModel): void => {
    if (begun.has(table)) return
    begun.add(table)
    // The model has no reference to a table that is not in it.
    for (const { to } of table.references) visit(model.get(to)!)
    ordered.add(table)
  }
  for (const table of model.values()) visit(table)
  return [...ordered]
}

/** A table with some of its references. Its rules have names, by which migrations find them. */
export function createTable(table: TableModel, dialect: Dialect, references: readonly Reference[]): string {
  const columns = [...table.columns.values()]
  const parts = [
    ...columns.map((column) => columnDefinition(column, dialect)),
    primaryKey(table),
    ...columns.flatMap((column) => checkOf(table.name, column, dialect)?.sql ?? []),
    ...references.map((reference) => foreignKey(table, reference)),
  ]
  const end = dialect === 'sqlite' ? ' strict' : ''
  return `create table ${quoteName(table.name)} (\n  ${parts.join(',\n  ')}\n)${end}`
}

/** One column, as it stands in a table: `"title" text not null`. */
export function columnDefinition({ name, field, isNullable }: Column, dialect: Dialect): string {
  const value = columnDefault(field, dialect)
  return [
    `${quoteName(name)} ${columnType(field, dialect)}`,
    ...(isNullable ? [] : ['not null']),
    ...(value === undefined ? [] : [`default ${value}`]),
  ].join(' ')
}

/** The rule that rows are told apart by their key. */
export function primaryKey({ name, key }: Pick<TableModel, 'name' | 'key'>): string {
  return `constraint ${quoteName(keyName(name))} primary key (${key.map(quoteName).join(', ')})`
}

/** The name of the rule about a table's key. */
export function keyName(table: string): string {
  return shortName(`${table}_pkey`)
}

/** The rule that a column's values keep, if there is one. */
export function checkOf(
  table: string,
  { name: column, field }: Pick<Column, 'name' | 'field'>,
  dialect: Dialect,
): { readonly name: string; readonly sql: string } | undefined {
  const check = columnCheck(column, field, dialect)
  const name = shortName(`${table}_${column}_check`)
  return check === undefined ? undefined : { name, sql: `constraint ${quoteName(name)} check (${check})` }
}

/** The name of the rule that a column refers to rows. */
export function referenceName(table: string, column: string): string {
  return shortName(`${table}_${column}_reference`)
}

/** The rule that a column refers to rows. */
export function foreignKey({ name }: Pick<TableModel, 'name'>, { column, to, toColumn, onDelete }: Reference): string {
  const constraint = quoteName(referenceName(name, column))
  const target = `${quoteName(to)} (${quoteName(toColumn)})`
  return `constraint ${constraint} foreign key (${quoteName(column)}) references ${target} on delete ${onDelete}`
}

/** An index: its name, and the statements that make it and take it away. */
export interface Index {
  readonly name: string
  readonly create: readonly string[]
  readonly drop: readonly string[]
  /** Those that are needed even where its table is gone. */
  readonly remains: readonly string[]
}

/** The indexes of a table. What is unique is an index too: it can be added and dropped without touching the table. */
export function indexesOf(table: TableModel, dialect: Dialect): Index[] {
  return [
    ...table.unique.map((columns) => createIndex(table, columns, { dialect, isUnique: true })),
    ...table.index.map((columns) => createIndex(table, columns, { dialect, isUnique: false })),
    ...table.search.map((columns) => searchIndex(table, columns, dialect)),
  ]
}

function createIndex(
  table: TableModel,
  columns: readonly string[],
  { dialect, isUnique }: { dialect: Dialect; isUnique: boolean },
): Index {
  const name = shortName(`${table.name}_${columns.join('_')}_${isUnique ? 'unique' : 'index'}`)
  const parts = columns.map((column) => {
    // As queries sort, so that they can use it.
    const isNullFirst = dialect === 'postgres' && table.columns.get(column)?.isNullable
    return `${quoteName(column)}${isNullFirst ? ' nulls first' : ''}`
  })
  const what = `${isUnique ? 'unique ' : ''}index`
  const sql = `create ${what} ${quoteName(name)} on ${quoteName(table.name)} (${parts.join(', ')})`
  return { name, create: [sql], drop: [`drop index ${quoteName(name)}`], remains: [] }
}

/** Postgres cuts names off at 63 bytes: longer ones end in a hash of the whole, so that two stay two. */
function shortName(name: string): string {
  if (name.length <= 63) return name
  return `${name.slice(0, 54)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
