// A moment of a migration: a step with the shapes before and after it, and what is done about indexes then.
import type { Dialect } from '../codec.ts'
import { type Index, indexesOf } from '../create.ts'
import { type Shape, toTableModel } from './shape.ts'
import type { DataRun, Step } from './step.ts'

/** One thing to do: a statement, or a step of the user's own with the shape that it meets. */
export type Action = { readonly sql: string } | { readonly run: DataRun; readonly shape: Shape }

/** A step between the shapes before and after it. */
export interface Moment {
  readonly step: Step
  readonly before: Shape
  readonly after: Shape
}

/** What has to be done to indexes around a step: those that are other ones, or nowhere, go before it. */
export function indexChanges(
  { before, after }: Moment,
  table: readonly [string | undefined, string | undefined],
  dialect: Dialect,
): { readonly dropped: string[]; readonly created: string[] } {
  const [old, wanted] = [indexesIn(before, table[0], dialect), indexesIn(after, table[1], dialect)]
  const isIn = (list: readonly Index[], { name, create }: Index): boolean =>
    list.some((one) => one.name === name && one.create.join() === create.join())
  return {
    dropped: old.filter((one) => !isIn(wanted, one)).flatMap(({ drop }) => drop),
    created: wanted.filter((one) => !isIn(old, one)).flatMap(({ create }) => create),
  }
}

/** The indexes of a table, where it is there. */
export function indexesIn(shape: Shape, table: string | undefined, dialect: Dialect): Index[] {
  return table === undefined || !shape.has(table) ? [] : indexesOf(toTableModel(table, shape, dialect), dialect)
}
