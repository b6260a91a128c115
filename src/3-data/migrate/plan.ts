// What a database is told, statement by statement, so that it does what the steps say.
import type { Dialect } from '../codec.ts'
import { applyStep } from './apply.ts'
import type { Action, Moment } from './moment.ts'
import { planPostgres } from './plan-postgres.ts'
import { planSqlite } from './plan-sqlite.ts'
import type { Shape } from './shape.ts'
import type { Step } from './step.ts'

/** The actions of all steps of a file, which have been applied to the shape without an error. */
export function plan(steps: readonly Step[], before: Shape, dialect: Dialect): Action[] {
  let shape = before
  const moments = steps.map((step): Moment => {
    const moment = { step, before: shape, after: applyStep(step, shape, 'the migration') }
    shape = moment.after
    return moment
  })
  return dialect === 'sqlite' ? planSqlite(moments) : planPostgres(moments)
}
