// A choice among a few texts.
import { type Check, ContractField, type FieldDescription, type FieldTexts } from '../field.ts'

/** A field made by `oneOf()`. */
export interface OneOfDescription extends FieldDescription {
  readonly kind: 'oneOf'
  readonly values: readonly string[]
}

/** The check of a choice. */
export function oneOfCheck<Value extends string>({ values }: OneOfDescription): Check<Value> {
  return (value, validation) =>
    // What is among the values is one of them.
    values.includes(value as string) ? (value as Value) : validation.say('oneOf', 'Choose one of these.')
}

/**
 * One of a few texts.
 *
 * @param given the texts, and at the end, where there is something to say, what it is called
 * @example
 * oneOf('draft', 'published', { label: 'Status' }).default('draft')
 */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  ...given: Values | readonly [...Values, FieldTexts]
): ContractField<Values[number]> {
  const values = given.filter((one) => typeof one === 'string')
  const texts = given.find((one) => typeof one === 'object')
  const description: OneOfDescription = { kind: 'oneOf', values, ...texts }
  return new ContractField(description, oneOfCheck<Values[number]>(description))
}
