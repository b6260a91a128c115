// What a step loses, in words: the same for the question before a file is written, the comment in it, and the error about
// a step that loses data without saying so.
import { conversion } from './convert.ts'
import { pairsOf, type Shape, type StoredField } from './shape.ts'
import type { Step, StepOf } from './step.ts'

/** What is lost, as the object of "loses"; undefined where nothing is. */
export function lossOf(step: Step, before: Shape): string | undefined {
  if (step.kind === 'dropTable') return tableLoss(step.table, before)
  if (step.kind === 'dropColumn') return `what "${step.column}" of "${step.table}" holds`
  if (step.kind !== 'changeColumn') return undefined
  const field = before.get(step.table)?.columns.get(step.column)
  const lost = field && columnLoss(field, step)
  return lost && `${lost}, in "${step.column}" of "${step.table}"`
}

function tableLoss(name: string, shape: Shape): string {
  const table = shape.get(name)
  const pairs = table && pairsOf(name, table)
  return pairs ? `the pairs of "${pairs.field}" of "${pairs.owner}"` : `all rows of "${name}"`
}

function columnLoss(before: StoredField, { field: after, ...step }: StepOf<'changeColumn'>): string | undefined {
  const way = conversion(before, after)
  // Where nothing takes the place of null the step fails, and loses nothing.
  const isFilled = 'fill' in step || 'default' in after
  const lost = [
    ...(way ? (way.loses === undefined ? [] : [way.loses]) : ['all that it holds']),
    ...(before.null && !after.null && isFilled ? ['which rows have none'] : []),
  ]
  return lost.length === 0 ? undefined : lost.join(' and ')
}
