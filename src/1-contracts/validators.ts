// What a browser validates by where its code does no more with a contract: the build writes these calls in its place.
import type { CheckedField } from './description.ts'
import { readField, readFields } from './read-field.ts'
import type { StandardSchema } from './schema.ts'
import { type ContractResult, validator } from './validation.ts'

/** What `validate` of a contract's Standard Schema is. */
export type Validator = (value: unknown) => ContractResult<unknown>

/**
 * Validates one value.
 *
 * @example
 * const validate = fieldValidator({ description: { kind: 'boolean' }, check: checkBoolean })
 */
export function fieldValidator(field: CheckedField): Validator {
  return validator((value, validation) => readField(field, value, validation))
}

/**
 * Validates fields by their names.
 *
 * @example
 * const validate = fieldsValidator({ open: { description: { kind: 'boolean' }, check: checkBoolean } })
 */
export function fieldsValidator(fields: Readonly<Record<string, CheckedField>>): Validator {
  return validator((value, validation) => readFields(fields, value, validation))
}

/**
 * As much of a Standard Schema as `validate()` and `json()` look at.
 *
 * @example
 * validate(validatedBy(fieldsValidator({})), input)
 */
export function validatedBy(validate: Validator): StandardSchema<unknown, unknown> {
  return { '~standard': { version: 1, vendor: 'layer9', validate } }
}
