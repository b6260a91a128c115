// The door of the contracts: what both sides agree on and may see. Runs anywhere.

export { appBase, provideBase, underBase } from './base.ts'
export {
  catalogue,
  defineErrors,
  drawError,
  drawFrame,
  type ErrorCatalogue,
  type ErrorEntry,
  type ErrorOptions,
  Layer9Error,
  type Place,
} from './catalogue.ts'
export {
  Contract,
  type ContractInput,
  type ContractOutput,
  type Extended,
  type Fields,
  Schema,
  type StoredValue,
  schema,
} from './contract.ts'
export { type DecodeOptions, type DecodeTags, decode, decodeTrusted } from './decode.ts'
export type { Check, FieldDescription, FieldTexts } from './description.ts'
export { type EncodeTag, encode, encodeForHtml, type Json } from './encode.ts'
export { Entity, type EntityOptions, entity, type Insert, type Row, type Update } from './entity.ts'
export { type AnyField, ContractField, type FieldFlag } from './field.ts'
export { type ArrayDescription, type ArrayOptions, array } from './fields/array.ts'
export { boolean } from './fields/boolean.ts'
export { type DecimalDescription, type DecimalOptions, decimal, fromUnits, toUnits } from './fields/decimal.ts'
export { email } from './fields/email.ts'
export { type FileDescription, type FileOptions, file, type StoredFile } from './fields/file.ts'
export { createId, id } from './fields/id.ts'
export { type JsonDescription, json } from './fields/json.ts'
export { integer, type NumberDescription, type NumberOptions, number } from './fields/number.ts'
export { type OneOfDescription, oneOf } from './fields/one-of.ts'
export {
  type ReferenceDescription,
  type ReferenceOptions,
  type ReferencesOptions,
  reference,
  references,
} from './fields/reference.ts'
export { type TextDescription, type TextOptions, text } from './fields/text.ts'
export { date, timestamp } from './fields/time.ts'
export { url } from './fields/url.ts'
export {
  type HrefOptions,
  type HrefParam,
  type HrefParams,
  href,
  type RoutePattern,
  type Routes,
} from './href.ts'
export {
  Conflict,
  Forbidden,
  Invalid,
  isOutcome,
  NotFound,
  Outcome,
  type OutcomeWire,
  PayloadTooLarge,
  serialise,
  TooManyRequests,
  Unauthorized,
} from './outcome.ts'
export { deserialise } from './outcome-wire.ts'
export { type PublicName, providePublicEnv, publicEnv } from './public-env.ts'
export { type ReadTextOptions, readText } from './read-text.ts'
export { Redirect, type RedirectData, type RedirectFunction, redirect } from './redirect.ts'
export {
  type Infer,
  type InferInput,
  type JsonSchema,
  type JsonSchemaConverter,
  type JsonSchemaOptions,
  type SchemaIssue,
  type SchemaResult,
  type StandardJsonSchema,
  type StandardSchema,
  validate,
} from './schema.ts'
export type { ContractResult, ContractStandard, Problem, ProblemData, Validation } from './validation.ts'
