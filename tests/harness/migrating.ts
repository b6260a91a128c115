// Databases that are migrated in tests: made, filled, read and compared.
import type { FieldDescription, ReferenceDescription } from '../../src/1-contracts/index.ts'
import { connect } from '../../src/3-data/connect.ts'
import { Converter } from '../../src/3-data/convert.ts'
import { createStatements } from '../../src/3-data/create.ts'
import { type AnyDatabase, areFree, execute, runSteps, withoutReferences } from '../../src/3-data/migrate/run.ts'
import { isReference, type Shape, type StoredField, shapeOf, toModel } from '../../src/3-data/migrate/shape.ts'
import type { Step } from '../../src/3-data/migrate/step.ts'
import { readStructure, type Structure } from '../../src/3-data/migrate/structure.ts'
import type { Ways } from '../../src/3-data/migrate/text.ts'
import { readModel } from '../../src/3-data/model.ts'
import type { Rows } from './migrations.ts'
import type { Random } from './random.ts'
import type { Tables } from './schemas.ts'

/** Gives empty databases, one after the other: one may be the last one, emptied. */
export interface EmptyDatabases {
  open(): Promise<AnyDatabase>
  /** Gives back what was opened. */
  close(db: AnyDatabase): Promise<void>
}

/** The shape of entities. */
export const shape = (tables: Tables): Shape => shapeOf(readModel(tables, 'sqlite'))

/** Makes all tables at once, as a database without migrations does. */
export async function makeAnew(db: AnyDatabase, of: Shape): Promise<void> {
  for (const statement of createStatements(toModel(of, db.dialect), db.dialect)) await execute(db, statement)
}

/** What a database is like that is made at once. */
export async function structureOf(databases: EmptyDatabases, of: Shape): Promise<Structure> {
  const db = await databases.open()
  await makeAnew(db, of)
  const structure = await readStructure(db)
  await databases.close(db)
  return structure
}

/** The database with values as the columns of a shape have them. */
export const typed = (db: AnyDatabase, of: Shape): AnyDatabase =>
  db.withConverter(new Converter(toModel(of, db.dialect), db.dialect))

/** Runs the steps of one way. */
export async function migrate(db: AnyDatabase, steps: readonly Step[], before: Shape, way: 'up' | 'down' = 'up') {
  await withoutReferences(db, areFree(steps), (own) =>
    own.transaction().execute(() => runSteps(own, { file: '0001_test.ts', way, steps, before })),
  )
}

/** Writes rows, tables in the order in which they are given. */
export async function insert(db: AnyDatabase, of: Shape, rows: Rows): Promise<void> {
  for (const [table, list] of Object.entries(rows)) {
    const { columns } = of.get(table)!
    for (const row of list) {
      const values = Object.entries(row).map(([name, value]) => [name, revive(value, columns.get(name)!)])
      await typed(db, of).insertInto(table).values(Object.fromEntries(values)).execute()
    }
  }
}

const revive = (value: unknown, { kind }: StoredField): unknown =>
  kind === 'timestamp' && typeof value === 'string' ? new Date(value) : value

/** Reads all rows, sorted by their keys, with moments as texts. */
export async function readRows(db: AnyDatabase, of: Shape): Promise<Rows> {
  const rows: Record<string, Record<string, unknown>[]> = {}
  for (const [table, { key }] of of) {
    const query = typed(db, of).selectFrom(table).selectAll()
    rows[table] = await key.reduce((all, column) => all.orderBy(column), query).execute()
  }
  return JSON.parse(JSON.stringify(rows)) as Rows
}

/** Rows for the tables that can have some whichever way is gone: two each, which differ in every column. */
export function randomRows(random: Random, ways: Ways): Rows {
  const empty = new Set([...emptied(ways.up, ways.before, ways.after), ...emptied(ways.down, ways.after, ways.before)])
  const rows: Record<string, Record<string, unknown>[]> = {}
  // Those come first that others refer to. Who needs a row that cannot be has none.
  for (let left = ways.before.size; left > 0; left--) {
    for (const [table, { columns }] of ways.before) {
      if (rows[table] || empty.has(table)) continue
      const made = [0, 1].map((at) => randomRow(random, [...columns], { at, table, rows }))
      if (made.every((row) => row !== undefined)) rows[table] = made
    }
  }
  return rows
}

/** Tables that a step can do nothing with while they have rows: these would need values of their own, or other ones. */
function* emptied(steps: readonly Step[], before: Shape, after: Shape): Generator<string> {
  const names = new Map<string, string>()
  for (const step of steps) {
    if (step.kind === 'renameTable') names.set(step.to, names.get(step.table) ?? step.table)
    if (step.kind === 'changeKey') yield* [step.table, names.get(step.table) ?? '']
    if (step.kind !== 'addColumn' && step.kind !== 'changeColumn') continue
    const table = after.get(step.table)!
    const isTold = [table.key, ...table.unique].some((list) => list.includes(step.column))
    const isEmpty = !step.field.null && !('default' in step.field) && !('fill' in step)
    const old = before.get(names.get(step.table) ?? step.table)?.columns.get(step.column)
    const refersElse = (old && targetOf(old)) !== targetOf(step.field)
    if (refersElse || isTold || isEmpty) yield* [step.table, names.get(step.table) ?? '']
  }
}

const targetOf = (field: StoredField): string => (isReference(field) ? field.to : '')

interface At {
  readonly at: number
  readonly table: string
  readonly rows: Rows
}

function randomRow(
  random: Random,
  columns: readonly [string, StoredField][],
  { at, table, rows }: At,
): Record<string, unknown> | undefined {
  const row: Record<string, unknown> = {}
  for (const [name, field] of columns) {
    const value = isReference(field) ? keyAt(field, { at, table, rows }) : valueAt(field, at)
    if (value === undefined && !field.null) return undefined
    row[name] = field.null && at === 1 && random.below(2) === 0 ? null : (value ?? null)
  }
  return row
}

/** The key of a row of another table, or of this one itself. */
function keyAt({ to, key }: ReferenceDescription, { at, table, rows }: At): unknown {
  return to === table || rows[to] ? valueAt(key, at) : undefined
}

const values: Readonly<Record<string, (at: number, field: FieldDescription) => unknown>> = {
  id: (at) => `01900000-0000-7000-8000-00000000000${at}`,
  text: (at) => `it's "${at}" \\ ü`,
  email: (at) => `a${at}@example.org`,
  integer: (at) => at * 9_007_199_254_740_991,
  number: (at) => at + 0.25,
  boolean: (at) => at === 1,
  date: (at) => `20${at}0-02-28`,
  timestamp: (at) => `20${at}0-02-28T23:59:59.999Z`,
  json: (at) => ({ a: [at, null], b: "it's" }),
  file: (at) => ({ key: `k${at}`, name: 'a', type: 'text/plain', size: at }),
}

/** The value of a field in a row: the same for the same row, so that rows can be referred to. */
function valueAt(field: StoredField, at: number): unknown {
  if (field.kind === 'decimal') return `${at ? '-9007199254' : '0'}.${'5'.repeat((field as { scale?: number }).scale!)}`
  if (field.kind === 'oneOf') return (field as { values?: readonly string[] }).values![at]
  if (field.kind === 'array') return [valueAt((field as { item?: StoredField }).item!, at)]
  return values[field.kind]!(at, field)
}

/** Opens SQLite in memory. */
export const openSqlite = (): AnyDatabase => connect(':memory:') as AnyDatabase
