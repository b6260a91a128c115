// Postgres: ALTER TABLE does everything, if what depends on a column is out of the way. References that a step touches are
// dropped before it, and made again when all is done: only then do both sides fit.
import { columnDefault, columnType, quoteName } from '../columns.ts'
import { checkOf, columnDefinition, createTable, foreignKey, keyName, primaryKey, referenceName } from '../create.ts'
import { type Action, indexChanges, indexesIn, type Moment } from './moment.ts'
import { referencesOf, type Shape, type StoredField, toTableModel } from './shape.ts'
import type { StepOf } from './step.ts'
import { changedValue, fillValue } from './value.ts'

/** A reference as a rule of a table. */
interface Rule {
  readonly table: string
  readonly name: string
  readonly column: string
  readonly sql: string
  /** Tells it from what it is when a side of it has changed. */
  readonly form: string
}

/** The actions of steps on Postgres. */
export function planPostgres(moments: readonly Moment[]): Action[] {
  const [first, last] = [moments[0], moments.at(-1)]
  if (!first || !last) return []
  let held = rulesOf(first.before)
  const actions = moments.flatMap((moment): Action[] => {
    const { step } = moment
    if (step.kind === 'data') {
      // Whoever writes a step expects the rules to be there.
      const wanted = rulesOf(moment.after)
      const made = addMissing(held, wanted)
      held = wanted
      return [...made, { run: step.run, shape: moment.after }]
    }
    const { dropped, renamed, kept } = rulesAround(moment, held)
    held = kept
    return [...dropped, ...statementsOf(moment), ...renamed].map((sql) => ({ sql }))
  })
  return [...actions, ...addMissing(held, rulesOf(last.after))]
}

function rulesOf(shape: Shape): Rule[] {
  return [...shape].flatMap(([table, { columns }]) =>
    referencesOf(shape.get(table)!, shape).map((reference) => {
      const target = shape.get(reference.to)!.columns.get(reference.toColumn)!
      const sql = foreignKey({ name: table }, reference)
      const types = [columns.get(reference.column)!, target].map((field) => columnType(field, 'postgres'))
      const name = referenceName(table, reference.column)
      return { table, name, column: reference.column, sql, form: [table, sql, ...types].join(' ') }
    }),
  )
}

const addMissing = (held: readonly Rule[], wanted: readonly Rule[]): Action[] =>
  wanted
    .filter(({ form }) => !held.some((one) => one.form === form))
    .map(({ table, sql }) => ({ sql: `alter table ${quoteName(table)} add ${sql}` }))

interface Around {
  readonly dropped: string[]
  readonly renamed: string[]
  readonly kept: Rule[]
}

/** The rules that a step leaves, and the statements about the others before it and about names after it. */
function rulesAround({ step, before, after }: Moment, held: readonly Rule[]): Around {
  const wanted = rulesOf(after)
  if (step.kind === 'renameTable' || step.kind === 'renameColumn') {
    // A rename changes no order: what is in one place has become what is in the same place.
    const places = rulesOf(before).map(({ form }) => form)
    const kept = held.map(({ form }) => wanted[places.indexOf(form)]!)
    const renamed = kept.flatMap(({ table, name }, at) => renameRule(table, held[at]!.name, name))
    return { dropped: [], renamed, kept }
  }
  const isKept = ({ form }: Rule): boolean => wanted.some((one) => one.form === form)
  // What goes with its table or column is not taken away twice.
  const goesAlong = (rule: Rule): boolean =>
    'table' in step &&
    rule.table === step.table &&
    (step.kind === 'dropTable' || (step.kind === 'dropColumn' && rule.column === step.column))
  const gone = held.filter((rule) => !isKept(rule) && !goesAlong(rule))
  const dropped = gone.map(({ table, name }) => dropRule(table, name))
  return { dropped, renamed: [], kept: held.filter(isKept) }
}

const alter = (table: string, change: string): string => `alter table ${quoteName(table)} ${change}`
const dropRule = (table: string, name: string): string => alter(table, `drop constraint ${quoteName(name)}`)
const renameRule = (table: string, name: string, to: string): string[] =>
  name === to ? [] : [alter(table, `rename constraint ${quoteName(name)} to ${quoteName(to)}`)]

function statementsOf(moment: Moment): string[] {
  const { step, after } = moment
  switch (step.kind) {
    case 'data':
      return []
    case 'createTable': {
      const { created } = indexChanges(moment, [undefined, step.table], 'postgres')
      return [createTable(toTableModel(step.table, after, 'postgres'), 'postgres', []), ...created]
    }
    case 'dropTable':
      return [`drop table ${quoteName(step.table)}`]
    case 'renameTable':
      return [alter(step.table, `rename to ${quoteName(step.to)}`), ...renamedRules(moment, step.table, step.to)]
    case 'renameColumn': {
      const sql = alter(step.table, `rename column ${quoteName(step.column)} to ${quoteName(step.to)}`)
      return [sql, ...renamedRules(moment, step.table, step.table)]
    }
    case 'addColumn':
      return addColumn(step, after)
    case 'dropColumn':
      return [alter(step.table, `drop column ${quoteName(step.column)}`)]
    default: {
      const { dropped, created } = indexChanges(moment, [step.table, step.table], 'postgres')
      const changes = step.kind === 'changeColumn' ? changeColumn(step, moment) : []
      return [...dropped, ...(step.kind === 'changeKey' ? changeKey(step) : changes), ...created]
    }
  }
}

/** Names of rules and indexes follow those of tables and columns, so that later steps find them. */
function renamedRules({ before, after }: Moment, from: string, to: string): string[] {
  const [rules, rulesNow] = [rulesIn(before, from), rulesIn(after, to)]
  const [indexes, indexesNow] = [indexesIn(before, from, 'postgres'), indexesIn(after, to, 'postgres')]
  return [
    ...rules.flatMap((name, at) => renameRule(to, name, rulesNow[at]!)),
    ...indexes.flatMap(({ name }, at) => {
      const other = indexesNow[at]!.name
      return name === other ? [] : [`alter index ${quoteName(name)} rename to ${quoteName(other)}`]
    }),
  ]
}

/** The names of a table's own rules: of its key, and of what its columns are checked for. */
function rulesIn(shape: Shape, table: string): string[] {
  const checks = [...shape.get(table)!.columns].flatMap(
    ([name, field]) => checkOf(table, { name, field }, 'postgres') ?? [],
  )
  return [keyName(table), ...checks.map(({ name }) => name)]
}

function addColumn(step: StepOf<'addColumn'>, after: Shape): string[] {
  const { table, column: name, field } = step
  const own = toTableModel(table, after, 'postgres').columns.get(name)!
  const [value, fill] = [columnDefault(field, 'postgres'), fillValue(step, 'postgres')]
  const check = checkOf(table, own, 'postgres')
  // Rows that are there get the default of the moment when the column comes.
  const isOnce = fill !== undefined && fill !== value
  const filled = isOnce ? { ...own, field: { ...field, default: step.fill } } : own
  return [
    alter(table, `add column ${columnDefinition(filled, 'postgres')}`),
    ...(isOnce ? [alter(table, `alter column ${quoteName(name)} ${defaultChange(value)}`)] : []),
    ...(check === undefined ? [] : [alter(table, `add ${check.sql}`)]),
  ]
}

const defaultChange = (value: string | undefined): string =>
  value === undefined ? 'drop default' : `set default ${value}`

function changeKey({ table, key }: StepOf<'changeKey'>): string[] {
  return [dropRule(table, keyName(table)), alter(table, `add ${primaryKey({ name: table, key })}`)]
}

/** Default and check go before the type changes, of which they are; values are there before they have to be. */
function changeColumn(step: StepOf<'changeColumn'>, { before }: Moment): string[] {
  const { table, column: name, field } = step
  const old = before.get(table)!.columns.get(name)!
  const change = (what: string): string => alter(table, `alter column ${quoteName(name)} ${what}`)
  const [value, valueBefore] = [field, old].map((one) => columnDefault(one, 'postgres'))
  const [check, checkBefore] = [field, old].map((one) => checkOf(table, { name, field: one }, 'postgres'))
  const isDefaultKept = value === valueBefore && columnType(field, 'postgres') === columnType(old, 'postgres')
  const isCheckKept = check?.sql === checkBefore?.sql
  return [
    ...(checkBefore === undefined || isCheckKept ? [] : [dropRule(table, checkBefore.name)]),
    ...(valueBefore === undefined || isDefaultKept ? [] : [change('drop default')]),
    ...(field.null && !old.null ? [change('drop not null')] : []),
    ...typeChange(step, old).map(change),
    ...(old.null && !field.null ? [change('set not null')] : []),
    ...(value === undefined || isDefaultKept ? [] : [change(`set default ${value}`)]),
    ...(check === undefined || isCheckKept ? [] : [alter(table, `add ${check.sql}`)]),
  ]
}

/** Nothing, where no value becomes another one. */
function typeChange(step: StepOf<'changeColumn'>, before: StoredField): string[] {
  const [type, typeBefore] = [step.field, before].map((field) => columnType(field, 'postgres'))
  const value = changedValue(step, before, 'postgres')
  return type === typeBefore && value === quoteName(step.column) ? [] : [`type ${type} using ${value}`]
}
