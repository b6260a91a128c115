// The SQL of what a column holds after a step.
import type { Dialect } from '../codec.ts'
import { columnDefault, quoteName } from '../columns.ts'
import { conversion } from './convert.ts'
import type { StoredField } from './shape.ts'
import type { StepOf } from './step.ts'

/** The value of `fill`, or else the field's default; undefined where there is neither. */
export function fillValue(step: StepOf<'addColumn' | 'changeColumn'>, dialect: Dialect): string | undefined {
  if (!('fill' in step) || step.fill === undefined) return columnDefault(step.field, dialect)
  return step.fill === null ? 'null' : columnDefault({ ...step.field, default: step.fill }, dialect)
}

/**
 * The value of a column that has become one of another field. What was `null` stays so where it may, even if there is a
 * default: that one is for what is left out.
 */
export function changedValue(step: StepOf<'changeColumn'>, before: StoredField, dialect: Dialect): string {
  const way = conversion(before, step.field)
  const old = quoteName(step.column)
  const value = way ? way[dialect](old) : 'null'
  const fill = 'fill' in step || !step.field.null ? fillValue(step, dialect) : undefined
  const isFilled = fill !== undefined && (before.null === true || way?.loses !== undefined || way === undefined)
  return isFilled ? `coalesce(${value}, ${fill})` : value
}
