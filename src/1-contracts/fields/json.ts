// A value of any form, typed by a schema.

import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { schemaErrors } from '../errors.ts'
import { ContractField } from '../field.ts'
import { type Infer, isLater, type StandardSchema } from '../schema.ts'
import { isBounded } from './bounded.ts'
import { checkOption } from './limits.ts'

/** A field made by `json()`. */
export interface JsonDescription extends FieldDescription {
  readonly kind: 'json'
  readonly schema: StandardSchema
}

/** The check by another schema. @throws SCHEMA_ASYNCHRONOUS for one that answers later */
export function jsonCheck<Value>({ schema }: Pick<JsonDescription, 'schema'>): Check<Value> {
  return (value, validation) => {
    // A schema of another library may follow the value as deep as it goes.
    if (!isBounded(value, validation)) return undefined
    const { vendor, validate } = schema['~standard']
    const result = validate(value)
    if (isLater(result)) {
      // Nobody waits for it: what it is refused for is no error of the process.
      result.then(undefined, () => {})
      throw schemaErrors.SCHEMA_ASYNCHRONOUS({ vendor })
    }
    if (result.issues) return validation.adopt(result.issues, vendor)
    // What the schema gives is of the type that it says.
    return result.value as Value
  }
}

/**
 * Plain data as a schema of any library describes it, stored as JSON.
 *
 * @throws CONTRACT_OPTION_INVALID for what is no schema
 * @example
 * json(schema({ street: text(), city: text() }))
 */
export function json<One extends StandardSchema>(schema: One, texts: FieldTexts = {}): ContractField<Infer<One>> {
  const isSchema = typeof schema?.['~standard']?.validate === 'function'
  checkOption(isSchema, 'json', { option: 'schema', value: schema, rule: 'a Standard Schema' })
  const description: JsonDescription = { kind: 'json', schema, ...texts }
  return new ContractField(description, jsonCheck<Infer<One>>(description))
}
