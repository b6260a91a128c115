// Renames: something that is gone and something new of the same kind may be one. Only a person knows, so it is asked.
import { applyStep } from './apply.ts'
import { conversion } from './convert.ts'
import { isReference, type Pairs, pairsOf, type Shape, type StoredField, type TableShape } from './shape.ts'
import type { Step, StepOf } from './step.ts'

/** What is asked before a migration is written. */
export interface Question {
  readonly kind: 'rename' | 'loss'
  /** As a person reads it. */
  readonly text: string
  /** The option of `layer9 db generate` that says yes without being asked. */
  readonly option: string
}

/** Answers a question: yes or no. */
export type Ask = (question: Question) => Promise<boolean>

/** A step that renames. */
export type Rename = StepOf<'renameTable'> | StepOf<'renameColumn'>

/** The renames that lead from one shape towards another, as far as the answers say so. */
export async function findRenames(before: Shape, after: Shape, ask: Ask): Promise<Rename[]> {
  const tables = await renamedTables(before, after, ask)
  const renames: Rename[] = [...tables, ...(await renamedPairs(before, after, { tables, ask }))]
  const shape = renameAll(before, renames)
  for (const [name, table] of shape) {
    const wanted = after.get(name)
    if (wanted) renames.push(...(await renamedColumns(name, [table, wanted], ask)))
  }
  return renames
}

/** The same renames, taken back. */
export function takeBack(renames: readonly Rename[]): Rename[] {
  return renames
    .toReversed()
    .map((step) =>
      step.kind === 'renameTable'
        ? { kind: 'renameTable', table: step.to, to: step.table }
        : { kind: 'renameColumn', table: step.table, column: step.to, to: step.column },
    )
}

/** A shape after renames that came from itself. */
export function renameAll(shape: Shape, renames: readonly Rename[]): Shape {
  return renames.reduce((before, step) => applyStep(step, before, 'the renames'), shape)
}

const without = <Item>(one: ReadonlyMap<string, Item>, other: ReadonlyMap<string, Item>): [string, Item][] =>
  [...one].filter(([name]) => !other.has(name))

/** Tables of pairs follow from the names of others, and are none of these. */
async function renamedTables(before: Shape, after: Shape, ask: Ask): Promise<StepOf<'renameTable'>[]> {
  const plain = ([name, table]: [string, TableShape]): boolean => pairsOf(name, table) === undefined
  const gone = without(before, after).filter(plain)
  const renames: StepOf<'renameTable'>[] = []
  for (const [to, table] of without(after, before).filter(plain)) {
    for (const [at, [from, old]] of gone.entries()) {
      if (!isLike(old, table) || !(await ask(renameQuestion(`the table "${from}"`, [from, to])))) continue
      renames.push({ kind: 'renameTable', table: from, to })
      gone.splice(at, 1)
      break
    }
  }
  return renames
}

const renameQuestion = (what: string, [from, to]: readonly [string, string]): Question => ({
  kind: 'rename',
  text: `Was ${what} renamed to "${to.split('.').at(-1)}"?`,
  option: `--rename ${from}=${to.split('.').at(-1)}`,
})

/** Half of the columns have the same names: `id` alone says nothing. */
function isLike({ columns: one }: TableShape, { columns: other }: TableShape): boolean {
  const shared = [...one.keys()].filter((name) => other.has(name)).length
  return shared * 2 >= Math.max(one.size, other.size)
}

interface Known {
  readonly tables: readonly StepOf<'renameTable'>[]
  readonly ask: Ask
}

/** Where the owner was renamed, its table of pairs was too; where the field may have been, it is asked. */
async function renamedPairs(before: Shape, after: Shape, { tables, ask }: Known): Promise<Rename[]> {
  const nameOf = (name: string): string => tables.find(({ table }) => table === name)?.to ?? name
  const gone = pairsAmong(without(before, after))
  const renames: Rename[] = []
  for (const pairs of pairsAmong(without(after, before))) {
    const fits = (old: Pairs): boolean => nameOf(old.owner) === pairs.owner && nameOf(old.to) === pairs.to
    const isOf = async (old: Pairs): Promise<boolean> =>
      old.field === pairs.field ||
      (await ask(renameQuestion(`"${old.field}" of "${pairs.owner}"`, [`${pairs.owner}.${old.field}`, pairs.field])))
    for (const [at, old] of gone.entries()) {
      if (!fits(old) || !(await isOf(old))) continue
      renames.push(...renamePairs(old, pairs))
      gone.splice(at, 1)
      break
    }
  }
  return renames
}

const pairsAmong = (tables: readonly [string, TableShape][]): Pairs[] =>
  tables.flatMap(([name, table]) => pairsOf(name, table) ?? [])

function* renamePairs(old: Pairs, pairs: Pairs): Generator<Rename> {
  const table = `${pairs.owner}_${pairs.field}`
  yield { kind: 'renameTable', table: `${old.owner}_${old.field}`, to: table }
  if (old.owner !== pairs.owner) yield { kind: 'renameColumn', table, column: old.owner, to: pairs.owner }
  if (old.field !== pairs.field) yield { kind: 'renameColumn', table, column: old.field, to: pairs.field }
}

async function renamedColumns(
  table: string,
  [before, after]: readonly [TableShape, TableShape],
  ask: Ask,
): Promise<Step[] & Rename[]> {
  const gone = without(before.columns, after.columns)
  const renames: StepOf<'renameColumn'>[] = []
  for (const [to, field] of without(after.columns, before.columns)) {
    for (const [at, [column, old]] of gone.entries()) {
      const question = renameQuestion(`"${column}" of "${table}"`, [`${table}.${column}`, to])
      if (!isCompatible(old, field) || !(await ask(question))) continue
      renames.push({ kind: 'renameColumn', table, column, to })
      gone.splice(at, 1)
      break
    }
  }
  return renames
}

/** Whether every value of one field is one of the other. */
function isCompatible(one: StoredField, other: StoredField): boolean {
  const way = conversion(one, other)
  const targets = [one, other].map((field) => (isReference(field) ? field.to : ''))
  return way !== undefined && way.loses === undefined && targets[0] === targets[1]
}
