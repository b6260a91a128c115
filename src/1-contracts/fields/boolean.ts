// Yes or no.
import type { Check, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'

/** Checks a truth value. */
export const checkBoolean: Check<boolean> = (value, validation) =>
  typeof value === 'boolean' ? value : validation.say('boolean', 'Choose yes or no.')

/**
 * Yes or no: a checkbox in a form, where one that is not checked is `false`.
 *
 * @example
 * boolean({ label: 'Keep me signed in' }).default(false)
 */
export function boolean(texts: FieldTexts = {}): ContractField<boolean> {
  return new ContractField({ kind: 'boolean', ...texts }, checkBoolean)
}
