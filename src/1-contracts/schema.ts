// Standard Schema (standardschema.dev), version 1: the few types that let any validator (valibot, zod, arktype) serve.
import { Invalid } from './outcome.ts'

/** A validator of any library that follows Standard Schema. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** Only for types: never there at run time. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
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
 * @throws Invalid with each issue by field path (`address.street`; empty: the whole value), the first of each field
 * @example
 * const post = await validate(NewPost, input)
 */
export function validate<Output>(schema: StandardSchema<unknown, Output>, value: unknown): Output | Promise<Output> {
  const result = schema['~standard'].validate(value)
  return result instanceof Promise ? result.then(unwrap) : unwrap(result)
}

function unwrap<Output>(result: SchemaResult<Output>): Output {
  if (!result.issues) return result.value
  // A null prototype: a field may be called `__proto__`.
  const fields: Record<string, string> = Object.create(null)
  for (const issue of result.issues) {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    fields[path] ??= issue.message
  }
  throw new Invalid(fields)
}
