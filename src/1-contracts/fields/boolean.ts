// Yes or no.
import { type Check, Field, type FieldTexts } from '../field.ts'

/** Checks a truth value. */
export const checkBoolean: Check<boolean> = (value, reading) =>
  typeof value === 'boolean' ? value : reading.say('boolean', 'Choose yes or no.')

/**
 * Yes or no: a checkbox in a form, where one that is not checked is `false`.
 *
 * @example
 * boolean({ label: 'Keep me signed in' }).default(false)
 */
export function boolean(texts: FieldTexts = {}): Field<boolean> {
  return new Field({ kind: 'boolean', ...texts }, checkBoolean)
}
