// A choice among a few texts.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { checkOption } from './limits.ts'

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
 * @throws CONTRACT_OPTION_INVALID
 * @example
 * oneOf('draft', 'published', { label: 'Status' }).default('draft')
 */
export function oneOf<const Given extends readonly [string, ...(string | FieldTexts)[]]>(
  ...given: Given
): ContractField<Extract<Given[number], string>> {
  const last = given.at(-1)
  const texts = typeof last === 'object' ? last : {}
  const rest: readonly (string | FieldTexts)[] = texts === last ? given.slice(0, -1) : given
  const values = rest.filter((one) => typeof one === 'string')
  const isChoice = values.length > 0 && values.length === new Set(rest).size && values.length === rest.length
  const rule = 'one or more texts, each of them once'
  checkOption(isChoice, 'oneOf', { option: 'values', value: rest, rule })
  const description: OneOfDescription = { kind: 'oneOf', values, ...texts }
  return new ContractField(description, oneOfCheck<Extract<Given[number], string>>(description))
}
