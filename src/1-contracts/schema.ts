// Standard Schema (standardschema.dev), version 1: the few types that let any validator (valibot, zod, arktype) serve.
import { mostProblems } from './most-problems.ts'
import { Invalid } from './outcome.ts'

/** A validator of any library that follows Standard Schema. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** Only for types: never there at run time. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
    /** What text is read by. Not every library has it, some only by a function of their own. */
    readonly jsonSchema?: JsonSchemaConverter | undefined
  }
}

/** A JSON Schema: keywords by name. */
export type JsonSchema = Record<string, unknown>

/** Standard JSON Schema (standardschema.dev/json-schema): a schema in words that other programs know. */
export interface JsonSchemaConverter {
  /** What is taken: before defaults and conversions. */
  readonly input: (options: JsonSchemaOptions) => JsonSchema
  /** What is given. */
  readonly output: (options: JsonSchemaOptions) => JsonSchema
}

/** Which JSON Schema is wanted. */
export interface JsonSchemaOptions {
  /** The dialect; which of them there are, the library says. */
  readonly target: 'draft-2020-12' | 'draft-07' | 'openapi-3.0' | (string & {})
  /** What one library alone knows. */
  readonly libraryOptions?: Record<string, unknown> | undefined
}

/** A Standard Schema that has its JSON Schema: what forms and URLs are read by. */
export interface StandardJsonSchema<Input = unknown, Output = Input> extends StandardSchema<Input, Output> {
  readonly '~standard': StandardSchema<Input, Output>['~standard'] & { readonly jsonSchema: JsonSchemaConverter }
}

/** What a validator answers: a value, or what is wrong. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** One thing that is wrong, and where in the value. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * What a schema gives after validating.
 *
 * @example
 * type Post = Infer<typeof NewPost>
 */
export type Infer<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output']

/** What a schema takes: before defaults and conversions. */
export type InferInput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input']

/**
 * The validated value: at once when the schema is synchronous, else a promise.
 *
 * @throws Invalid with each issue by field path (`address.street`; empty: the whole value), the first of each field, 100
 * at most
 * @example
 * const post = await validate(NewPost, input)
 */
export function validate<Output>(schema: StandardSchema<unknown, Output>, value: unknown): Output | Promise<Output> {
  const result = schema['~standard'].validate(value)
  return isLater(result) ? Promise.resolve(result).then(unwrap) : unwrap(result)
}

/** Whether a result comes later: a promise, of another realm too. */
export const isLater = <Value extends object>(result: Value | PromiseLike<Value>): result is PromiseLike<Value> =>
  'then' in result

function unwrap<Output>(result: SchemaResult<Output>): Output {
  if (!result.issues) return result.value
  // A null prototype: a field may be called `__proto__`.
  const fields: Record<string, string> = Object.create(null)
  for (const issue of result.issues.slice(0, mostProblems)) {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    fields[path] ??= issue.message
  }
  throw new Invalid(fields)
}
