// What has to be done so that one shape becomes another, in an order in which it can be done. Renames come before: here
// a name stands for the same thing on both sides.
import { applyStep } from './apply.ts'
import { conversion } from './convert.ts'
import { fillFor, mayLack } from './fill.ts'
import { lossOf } from './loss.ts'
import {
  type ColumnList,
  isReference,
  isSameColumn,
  isSameList,
  type Lists,
  pairsOf,
  type Shape,
  type StoredField,
  type TableShape,
} from './shape.ts'
import type { ListChange, Step, StepOf } from './step.ts'

/**
 * The steps from one shape to another. What they lose is marked.
 *
 * Tables are created before columns that refer to them, and dropped after them; indexes go first and come last, so that no
 * step meets one over a column that is changed. Both databases look at references when all is done.
 */
export function diff(before: Shape, after: Shape): Step[] {
  const kept = [...after].flatMap(([name, table]) => {
    const old = before.get(name)
    return old && !isAnew(old, table) ? [{ name, before: old, after: table }] : []
  })
  const names = new Set(kept.map(({ name }) => name))
  const isGone = ([name]: [string, TableShape]): boolean => !names.has(name)
  const gone = inOrder([...before].filter(isGone)).toReversed()
  const created = inOrder([...after].filter(isGone))
  const drop = ([table]: [string, TableShape]): Step => ({ kind: 'dropTable', table })
  const steps: Step[] = [
    ...kept.flatMap(droppedLists),
    ...gone.filter(([name]) => after.has(name)).map(drop),
    ...created.map(createStep),
    ...kept.flatMap(columnSteps),
    ...gone.filter(([name]) => !after.has(name)).map(drop),
    ...created.flatMap(createdLists),
    ...kept.flatMap(addedLists),
  ]
  return mark(steps, before)
}

/** A table in both shapes. */
interface Kept {
  readonly name: string
  readonly before: TableShape
  readonly after: TableShape
}

/** Whether no column can be kept of those that tell its rows apart: then no row can be. */
function isAnew(before: TableShape, after: TableShape): boolean {
  return before.key.some((column) => isMadeAnew(column, before, after))
}

/** Whether a column goes and one of the same name (in any case) comes, which has nothing of its values. */
function isMadeAnew(column: string, before: TableShape, after: TableShape): boolean {
  const field = after.columns.get(column)
  if (field) return conversion(before.columns.get(column)!, field) === undefined
  return [...after.columns.keys()].some((other) => other.toLowerCase() === column.toLowerCase())
}

/** Tables after those that they refer to, as far as there is such an order. */
function inOrder(tables: readonly [string, TableShape][]): [string, TableShape][] {
  const ordered = new Map<string, TableShape>()
  const left = new Map(tables)
  const visit = (name: string): void => {
    const table = left.get(name)
    if (!table) return
    left.delete(name)
    for (const field of table.columns.values()) if (isReference(field)) visit(field.to)
    ordered.set(name, table)
  }
  for (const [name] of tables) visit(name)
  return [...ordered]
}

/** Indexes of new tables are steps of their own, which read better; what is unique alone stands at its field. */
function createStep([table, shape]: [string, TableShape]): Step {
  if (pairsOf(table, shape)) return { kind: 'createTable', table, shape }
  const unique = shape.unique.filter((list) => isAtField(list, shape))
  return { kind: 'createTable', table, shape: { ...shape, index: [], unique, search: [] } }
}

function createdLists([name, after]: [string, TableShape]): Step[] {
  if (pairsOf(name, after)) return []
  const before = { ...after, index: [], search: [], unique: after.unique.filter((list) => isAtField(list, after)) }
  return addedLists({ name, before, after })
}

/** Whether a field says itself that it is unique. */
export function isAtField(list: ColumnList, { columns }: TableShape): boolean {
  return list.length === 1 && columns.get(list[0]!)?.kind !== 'id'
}

const has = (lists: readonly ColumnList[], list: ColumnList): boolean => lists.some((one) => isSameList(one, list))

function listStep(kind: ListChange, table: string): (columns: ColumnList) => Step {
  return (columns) => ({ kind, table, columns })
}

/** Indexes that are wanted no more, and those over columns that go. */
function droppedLists({ name, before, after }: Kept): Step[] {
  const isDropped = (which: Lists) => (list: ColumnList) =>
    !has(after[which], list) || list.some((column) => isMadeAnew(column, before, after))
  return [
    ...before.index.filter(isDropped('index')).map(listStep('dropIndex', name)),
    ...before.unique.filter(isDropped('unique')).map(listStep('dropUnique', name)),
    ...before.search.filter(isDropped('search')).map(listStep('dropSearch', name)),
  ]
}

function addedLists({ name, before, after }: Kept): Step[] {
  const isAdded = (which: Lists) => (list: ColumnList) =>
    !has(before[which], list) || list.some((column) => isMadeAnew(column, before, after))
  return [
    ...after.index.filter(isAdded('index')).map(listStep('addIndex', name)),
    ...after.unique.filter(isAdded('unique')).map(listStep('addUnique', name)),
    ...after.search.filter(isAdded('search')).map(listStep('addSearch', name)),
  ]
}

/**
 * The columns of a table. What joins the key is changed before it does (it must not be null then), what leaves it
 * afterwards; columns go last, so that a step between may still read them.
 */
function columnSteps({ name: table, before, after }: Kept): Step[] {
  const anew = (column: string): boolean => isMadeAnew(column, before, after)
  const drop = (column: string): Step => ({ kind: 'dropColumn', table, column })
  const add = ([column, field]: [string, StoredField]): Step => ({
    ...{ kind: 'addColumn', table, column, field },
    ...fillFor(column, field, after),
  })
  const isKept = (column: string): boolean => before.columns.has(column) && !anew(column)
  const changed = [...after.columns].filter(
    ([column, field]) => isKept(column) && !isSameColumn(before.columns.get(column)!, field),
  )
  const change = ([column, field]: [string, StoredField]): Step =>
    changeStep({ name: table, before, after }, column, field)
  const isInKey = ([column]: [string, StoredField]): boolean => after.key.includes(column)
  const gone = [...before.columns.keys()].filter((column) => !after.columns.has(column) || anew(column))
  return [
    ...gone.filter(anew).map(drop),
    ...[...after.columns].filter(([column]) => !isKept(column)).map(add),
    ...changed.filter(isInKey).map(change),
    ...(isSameList(before.key, after.key) ? [] : [{ kind: 'changeKey', table, key: after.key } as const]),
    ...changed.filter((one) => !isInKey(one)).map(change),
    ...gone.filter((column) => !anew(column)).map(drop),
  ]
}

/** Rows need something where they had nothing, or had what cannot be converted. */
function changeStep({ name: table, before, after }: Kept, column: string, field: StoredField): StepOf<'changeColumn'> {
  const old = before.columns.get(column)!
  return { kind: 'changeColumn', table, column, field, ...(mayLack(old, field) ? fillFor(column, field, after) : {}) }
}

function mark(steps: readonly Step[], before: Shape): Step[] {
  let shape = before
  return steps.map((step) => {
    const marked = lossOf(step, shape) === undefined ? step : ({ ...step, losesData: true } as Step)
    shape = applyStep(marked, shape, 'the difference')
    return marked
  })
}
