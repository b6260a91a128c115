// SQLite: what ALTER TABLE cannot do is done by making the table anew and copying its rows (https://sqlite.org/lang_altertable.html,
// section 7).
// Foreign keys have to be off meanwhile, so that a table that is dropped takes no rows of others with it.
import { columnCheck, columnDefault, quoteName } from '../columns.ts'
import { columnDefinition, createTable } from '../create.ts'
import { type Action, indexChanges, indexesIn, type Moment } from './moment.ts'
import { isReference, type Shape, type StoredField, toTableModel } from './shape.ts'
import type { StepOf } from './step.ts'
import { changedValue, fillValue } from './value.ts'

/** The actions of steps on SQLite. */
export function planSqlite(moments: readonly Moment[]): Action[] {
  // A reference may be to a table that comes later, or has just gone: it is known how that one tells its rows apart.
  const known: Shape = new Map([...(moments.at(-1)?.after ?? []), ...(moments[0]?.before ?? [])])
  return moments.flatMap((moment): Action[] =>
    moment.step.kind === 'data'
      ? [{ run: moment.step.run, shape: moment.after }]
      : statementsOf(moment, known).map((sql) => ({ sql })),
  )
}

function statementsOf(moment: Moment, known: Shape): string[] {
  const { step } = moment
  switch (step.kind) {
    case 'data':
      return []
    case 'createTable': {
      const { created } = indexChanges(moment, [undefined, step.table], 'sqlite')
      return [createSql(step.table, moment.after, known), ...created]
    }
    case 'dropTable':
      return [`drop table ${quoteName(step.table)}`, ...remainsOf(moment, step.table)]
    case 'renameTable': {
      const sql = `alter table ${quoteName(step.table)} rename to ${quoteName(step.to)}`
      return aroundIndexes(moment, [step.table, step.to], [sql])
    }
    case 'renameColumn': {
      const sql = `alter table ${quoteName(step.table)} rename column ${quoteName(step.column)} to ${quoteName(step.to)}`
      return aroundIndexes(moment, [step.table, step.table], [sql])
    }
    case 'addColumn':
    case 'dropColumn':
    case 'changeColumn':
    case 'changeKey':
      return isAlterable(moment) ? alter(moment) : rebuildAll(moment, known)
    default:
      return aroundIndexes(moment, [step.table, step.table], [])
  }
}

function aroundIndexes(moment: Moment, table: readonly [string, string], statements: readonly string[]): string[] {
  const { dropped, created } = indexChanges(moment, table, 'sqlite')
  return [...dropped, ...statements, ...created]
}

function createSql(table: string, shape: Shape, known: Shape): string {
  const model = toTableModel(table, new Map([...known, ...shape]), 'sqlite')
  return createTable(model, 'sqlite', model.references)
}

/** Columns without rules come and go without a copy of the table, if rows need nothing in them but a constant. */
function isAlterable({ step, before }: Moment): boolean {
  if (step.kind === 'addColumn') return isPlain(step.field) && isConstant(step)
  if (step.kind !== 'dropColumn') return false
  return isPlain(before.get(step.table)!.columns.get(step.column)!)
}

const isPlain = (field: StoredField): boolean =>
  !isReference(field) && columnCheck('column', field, 'sqlite') === undefined

/** A default in brackets is none. What is filled in once, and is no default, is none either. */
function isConstant(step: StepOf<'addColumn'>): boolean {
  const value = columnDefault(step.field, 'sqlite')
  return !('fill' in step) && (value === undefined ? step.field.null === true : !value.startsWith('('))
}

function alter(moment: Moment): string[] {
  const { step, after } = moment
  if (step.kind === 'dropColumn') {
    const sql = `alter table ${quoteName(step.table)} drop column ${quoteName(step.column)}`
    return aroundIndexes(moment, [step.table, step.table], [sql])
  }
  if (step.kind !== 'addColumn') return []
  const column = toTableModel(step.table, after, 'sqlite').columns.get(step.column)!
  return [`alter table ${quoteName(step.table)} add column ${columnDefinition(column, 'sqlite')}`]
}

/** The table of the step, where it or its values are other ones, and those that refer to it by what was its key. */
function rebuildAll(moment: Moment, known: Shape): string[] {
  const { before, after } = moment
  return [...after.keys()].flatMap((table) => {
    const sql = createSql(table, after, known)
    const isSame = sql === createSql(table, before, known) && !isConverted(table, moment)
    return isSame ? [] : rebuild(table, moment, sql)
  })
}

/** Values may change where the type does not: a decimal with more digits is a greater number of units. */
function isConverted(table: string, moment: Moment): boolean {
  return [...valuesOf(table, moment)].some(([column, value]) => value !== quoteName(column))
}

function rebuild(table: string, moment: Moment, created: string): string[] {
  const [name, made] = [quoteName(table), quoteName(`${table}__new`)]
  const values = valuesOf(table, moment)
  const columns = [...values.keys()].map(quoteName).join(', ')
  return [
    // The rules keep the names of the table that it becomes.
    created.replace(`create table ${name}`, `create table ${made}`),
    `insert into ${made} (${columns}) select ${[...values.values()].join(', ')} from ${name}`,
    `drop table ${name}`,
    // The old way of renaming: what refers to the table, which is not there for a moment, goes on doing so.
    'pragma legacy_alter_table = on',
    `alter table ${made} rename to ${name}`,
    'pragma legacy_alter_table = off',
    ...remainsOf(moment, table),
    ...indexesIn(moment.after, table, 'sqlite').flatMap(({ create }) => create),
  ]
}

/** What does not go with a table. */
function remainsOf({ before }: Moment, table: string): string[] {
  return indexesIn(before, table, 'sqlite').flatMap(({ remains }) => remains)
}

/** The SQL of each column of the new table, from a row of the old one. */
function valuesOf(table: string, { step, before, after }: Moment): Map<string, string> {
  const columns = [...after.get(table)!.columns.keys()]
  const old = before.get(table)!.columns
  const sqlOf = (column: string): string => {
    const isMeant = 'column' in step && step.table === table && step.column === column
    if (isMeant && step.kind === 'addColumn') return fillValue(step, 'sqlite') ?? 'null'
    if (isMeant && step.kind === 'changeColumn') return changedValue(step, old.get(column)!, 'sqlite')
    return quoteName(column)
  }
  return new Map(columns.map((column) => [column, sqlOf(column)]))
}
