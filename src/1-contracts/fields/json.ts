// A value of any form, typed by a schema.
import { fieldErrors } from '../errors.ts'
import { type Check, ContractField, type FieldDescription, type FieldTexts } from '../field.ts'
import type { Infer, StandardSchema } from '../schema.ts'

/** A field made by `json()`. */
export interface JsonDescription extends FieldDescription {
  readonly kind: 'json'
  readonly schema: StandardSchema
}

/** The check by another schema. @throws SCHEMA_ASYNCHRONOUS for one that answers later */
export function jsonCheck<Value>({ schema }: JsonDescription): Check<Value> {
  return (value, validation) => {
    const result = schema['~standard'].validate(value)
    if (result instanceof Promise) throw fieldErrors.SCHEMA_ASYNCHRONOUS({ vendor: schema['~standard'].vendor })
    if (result.issues) return validation.adopt(result.issues, 'json') as undefined
    // What the schema gives is of the type that it says.
    return result.value as Value
  }
}

/**
 * Plain data as a schema of any library describes it, stored as JSON.
 *
 * @example
 * json(schema({ street: text(), city: text() }))
 */
export function json<One extends StandardSchema>(schema: One, texts: FieldTexts = {}): ContractField<Infer<One>> {
  const description: JsonDescription = { kind: 'json', schema, ...texts }
  return new ContractField(description, jsonCheck<Infer<One>>(description))
}
