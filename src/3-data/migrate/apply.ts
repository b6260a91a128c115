// What a step makes of a shape. The shape of the migrations is the fold of all their steps: there is no other record.
import { isDeepStrictEqual } from 'node:util'
import { nearest } from '../../1-contracts/server.ts'
import { isSearchable } from '../model.ts'
import { migrationErrors } from './errors.ts'
import { lossOf } from './loss.ts'
import {
  type ColumnList,
  distinct,
  isReference,
  isSameList,
  type Lists,
  type Shape,
  type StoredField,
  type TableShape,
  valueKind,
} from './shape.ts'
import { drawStep, type ListChange, type Step, type StepOf } from './step.ts'

/**
 * The shape after all steps of a file.
 *
 * @throws MIGRATION_STEP_INVALID, MIGRATION_LOSS_UNMARKED, MIGRATION_REFERENCE_INVALID
 */
export function applySteps(steps: readonly Step[], shape: Shape, file: string): Shape {
  const after = steps.reduce((before, step) => applyStep(step, before, file), shape)
  checkReferences(after, file)
  return after
}

/** The shape after one step. @throws MIGRATION_STEP_INVALID, MIGRATION_LOSS_UNMARKED */
export function applyStep(step: Step, shape: Shape, file: string): Shape {
  const refuse: Refuse = (reason) => {
    throw migrationErrors.MIGRATION_STEP_INVALID({ file, step: drawStep(step), reason })
  }
  const after = step.kind === 'data' ? shape : change(step, shape, refuse)
  const what = lossOf(step, shape)
  if (what !== undefined && !('losesData' in step && step.losesData))
    throw migrationErrors.MIGRATION_LOSS_UNMARKED({ file, step: drawStep(step), what })
  return after
}

type Refuse = (reason: string) => never

function change(step: Exclude<Step, StepOf<'data'>>, shape: Shape, refuse: Refuse): Shape {
  const { table: name } = step
  if (step.kind === 'createTable') return createTable(step, shape, refuse)
  const table = shape.get(name) ?? refuse(unknown('table', name, shape))
  const put = (changed: TableShape): Shape => new Map(shape).set(name, changed)
  switch (step.kind) {
    case 'dropTable': {
      return new Map([...shape].filter(([one]) => one !== name))
    }
    case 'renameTable': {
      if (shape.has(step.to)) refuse(`there is a table "${step.to}"`)
      return new Map([...shape].map(([one, each]) => [one === name ? step.to : one, referTo(each, name, step.to)]))
    }
    case 'changeKey': {
      for (const column of step.key) known(column, table, refuse)
      return put({ ...table, key: step.key })
    }
    case 'addColumn': {
      if (hasColumn(table, step.column)) refuse(`there is a column "${step.column}"`)
      return put({ ...table, columns: new Map(table.columns).set(step.column, step.field) })
    }
    case 'dropColumn': {
      known(step.column, table, refuse)
      if (table.key.includes(step.column)) refuse('the column belongs to the key; changeKey() comes before')
      return put(dropColumn(table, step.column))
    }
    case 'renameColumn': {
      known(step.column, table, refuse)
      if (hasColumn(dropColumn(table, step.column), step.to)) refuse(`there is a column "${step.to}"`)
      return put(renameColumn(table, step.column, step.to))
    }
    case 'changeColumn': {
      known(step.column, table, refuse)
      if (table.search.flat().includes(step.column) && !isSearchable(step.field.kind))
        refuse('the column is searched by words; dropSearch() comes before')
      return put({ ...table, columns: new Map(table.columns).set(step.column, step.field) })
    }
    default: {
      for (const column of step.columns) known(column, table, refuse)
      return put({ ...table, ...changeLists(step, table, refuse) })
    }
  }
}

function createTable({ table, shape: created }: StepOf<'createTable'>, shape: Shape, refuse: Refuse): Shape {
  if (shape.has(table)) refuse(`there is a table "${table}"`)
  for (const column of [...created.key, ...created.index.flat(), ...created.unique.flat()])
    known(column, created, refuse)
  if (created.key.length === 0) refuse('the table has no key: give it an id(), or { key: [...] }')
  return new Map(shape).set(table, created)
}

const unknown = (what: string, name: string, among: ReadonlyMap<string, unknown>): string => {
  const near = nearest(name, [...among.keys()])
  return `there is no ${what} "${name}"${near === undefined ? '' : `, but "${near}"`}`
}

function known(column: string, table: TableShape, refuse: Refuse): void {
  if (!table.columns.has(column)) refuse(unknown('column', column, table.columns))
}

/** SQLite knows columns in any case. */
function hasColumn(table: TableShape, column: string): boolean {
  return [...table.columns.keys()].some((one) => one.toLowerCase() === column.toLowerCase())
}

function referTo(table: TableShape, from: string, to: string): TableShape {
  const columns = [...table.columns].map(([name, field]): [string, StoredField] => [
    name,
    isReference(field) && field.to === from ? ({ ...field, to } as StoredField) : field,
  ])
  return { ...table, columns: new Map(columns) }
}

/** What names the column goes with it, as Postgres has it. */
function dropColumn(table: TableShape, column: string): TableShape {
  const without = (lists: readonly ColumnList[]): ColumnList[] => lists.filter((list) => !list.includes(column))
  const columns = new Map([...table.columns].filter(([name]) => name !== column))
  return {
    ...table,
    columns,
    index: without(table.index),
    unique: without(table.unique),
    search: without(table.search),
  }
}

function renameColumn({ columns, key, index, unique, search }: TableShape, from: string, to: string): TableShape {
  const rename = (list: ColumnList): ColumnList => list.map((name) => (name === from ? to : name))
  return {
    columns: new Map([...columns].map(([name, field]) => [name === from ? to : name, field])),
    key: rename(key),
    index: index.map(rename),
    unique: unique.map(rename),
    search: search.map(rename),
  }
}

function changeLists(
  { kind, columns }: StepOf<ListChange>,
  table: TableShape,
  refuse: Refuse,
): Partial<Pick<TableShape, Lists>> {
  // `addIndex` is about the list `index`.
  const which = kind.replace(/^add|^drop/, '').toLowerCase() as Lists
  const others = table[which].filter((list) => !isSameList(list, columns))
  const isThere = others.length < table[which].length
  if (kind.startsWith('add')) {
    if (isThere) refuse('it is there')
    if (which === 'search') checkSearch(columns, table, refuse)
    return { [which]: distinct([...table[which], columns]) }
  }
  if (!isThere) refuse('it is not there')
  return { [which]: others }
}

function checkSearch(columns: ColumnList, table: TableShape, refuse: Refuse): void {
  if (table.search.length > 0) refuse('the table is searched by other columns; dropSearch() comes before')
  const other = columns.find((column) => !isSearchable(table.columns.get(column)!.kind))
  if (other !== undefined) refuse(`"${other}" holds no text`)
}

/** Only at the end of a file: in between, tables may refer to what comes later. @throws MIGRATION_REFERENCE_INVALID */
function checkReferences(shape: Shape, file: string): void {
  for (const [table, { columns }] of shape) {
    for (const [column, field] of columns) {
      if (!isReference(field)) continue
      const { key = [], columns: there } = shape.get(field.to) ?? {}
      const target = key.length === 1 ? there?.get(key[0]!) : undefined
      if (!target || !isDeepStrictEqual(valueKind(target), valueKind(field)))
        throw migrationErrors.MIGRATION_REFERENCE_INVALID({ file, table, column, to: field.to })
    }
  }
}
