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
export { type DecodeOptions, type DecodeTags, decode, decodeTrusted } from './decode.ts'
export { type EncodeTag, encode, encodeForHtml, type Json } from './encode.ts'
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
export { Redirect, type RedirectData, type RedirectFunction, redirect } from './redirect.ts'
export {
  type Infer,
  type InferInput,
  type SchemaIssue,
  type SchemaResult,
  type StandardSchema,
  validate,
} from './schema.ts'
