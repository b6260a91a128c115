// A field: what one value of an entity or an input is. A description that is data, and the check of its kind.
import { fieldErrors } from './errors.ts'
import { fieldConverter } from './json-schema.ts'
import type { SchemaResult, StandardJsonSchema } from './schema.ts'
import { Validation } from './validation.ts'

/** What a field says for people. */
export interface FieldTexts {
  /** What it is called in a form. Default: its name, in words. */
  readonly label?: string
  /** A sentence beside the field. */
  readonly help?: string
  /** An example in an empty field. */
  readonly placeholder?: string
}

/** What is known of every field. Each kind adds its own: see the functions that make them. */
export interface FieldDescription extends FieldTexts {
  readonly kind: string
  /** It may be left out: nothing is read, and nothing stands in its place. */
  readonly absent?: boolean
  /** It may be `null`. */
  readonly null?: boolean
  /** What stands in its place when it is left out; `now` of a time is the moment when it is written. */
  readonly default?: unknown
  /** The framework gives it when it is left out: an id, the time. */
  readonly made?: boolean
  /** No two rows of a table have the same. */
  readonly unique?: boolean
}

/** Reads a value that is there; whatever is wrong is said, and then there is no result. */
export type Check<Value> = (value: unknown, validation: Validation) => Value | undefined

/** How a field may be given: left out, `null`, with a default, made by the framework; `join`: it is no column of a row. */
export type FieldFlag = 'absent' | 'null' | 'default' | 'made' | 'join'

/** A field of any kind: what those need of it who only pass it on. */
export interface AnyField {
  readonly '~types': { readonly value: unknown; readonly flags: FieldFlag }
  readonly description: FieldDescription
  readonly check: Check<unknown>
}

/**
 * One value of an entity or input. Fields are made by `text()`, `integer()` and the like, and are never changed: each
 * method returns another field.
 *
 * Each is a Standard Schema of its own, with a JSON Schema.
 *
 * @example
 * const bio = text({ max: 500, multiline: true }).optional()
 */
export class ContractField<Value = unknown, Flags extends FieldFlag = never>
  implements StandardJsonSchema<FieldInput<Value, Flags>, FieldOutput<Value, Flags>>
{
  /** Only for types. */
  declare readonly '~types': { readonly value: Value; readonly flags: Flags }
  readonly description: FieldDescription
  readonly check: Check<Value>

  constructor(description: FieldDescription, check: Check<Value>) {
    this.description = description
    this.check = check
  }

  get '~standard'(): StandardJsonSchema<FieldInput<Value, Flags>, FieldOutput<Value, Flags>>['~standard'] {
    return {
      version: 1,
      vendor: 'layer9',
      validate: (value) => readOnce(this, value),
      jsonSchema: fieldConverter(this.description),
    }
  }

  /** It may be left out or `null`. In a row it is `null` then. */
  optional(): ContractField<Value, Flags | 'absent' | 'null'> {
    return this.#with({ absent: true, null: true })
  }

  /** It has to be given, and may be `null`. */
  nullable(): ContractField<Value, Flags | 'null'> {
    return this.#with({ null: true })
  }

  /**
   * What stands in its place when it is left out.
   *
   * @param value `'now'` for times and dates: the moment when it is read or written
   * @throws CONTRACT_DEFAULT_INVALID where the field would refuse it
   * @example
   * oneOf('draft', 'published').default('draft')
   */
  default(value: Value | (Value extends Date ? 'now' : never)): ContractField<Value, Flags | 'default'> {
    const { kind } = this.description
    if (value === 'now' && moments.has(kind)) return this.#with({ default: 'now' })
    const validation = new Validation()
    const read = this.check(value, validation)
    const [problem] = validation.problems
    if (problem) throw fieldErrors.CONTRACT_DEFAULT_INVALID({ kind, value: String(value), problem: problem.message })
    return this.#with({ default: read })
  }

  /** No two rows of a table have the same value; `null` is no value. */
  unique(): ContractField<Value, Flags> {
    return this.#with({ unique: true })
  }

  #with<More extends FieldFlag>(more: Partial<FieldDescription>): ContractField<Value, Flags | More> {
    // The flags are only types: the description says the same.
    return new ContractField({ ...this.description, ...more }, this.check) as unknown as ContractField<
      Value,
      Flags | More
    >
  }
}

/** Kinds that know what `now` is. */
const moments = new Map<string, () => unknown>([
  ['timestamp', () => new Date()],
  // The calendar's day in UTC: which day it is elsewhere, only the app can say.
  ['date', () => new Date().toISOString().slice(0, 10)],
])

/**
 * Reads the value of a field, which may be missing. Where it is absent and may be, the result is `undefined`.
 */
export function readField({ description, check }: AnyField, value: unknown, validation: Validation): unknown {
  if (value === undefined) {
    if ('default' in description) return defaultOf(description)
    return description.absent || description.made ? undefined : sayRequired(validation)
  }
  if (value === null) return description.null ? null : sayRequired(validation)
  return check(value, validation)
}

function defaultOf(description: FieldDescription): unknown {
  const now = moments.get(description.kind)
  return description.default === 'now' && now ? now() : description.default
}

function sayRequired(validation: Validation): undefined {
  validation.say('required', 'Fill this in.')
}

function readOnce<Output>(field: AnyField, value: unknown): SchemaResult<Output> {
  const validation = new Validation()
  const read = readField(field, value, validation)
  // The type says what the description does: what is read is what the field's flags tell.
  return validation.problems.length > 0 ? { issues: validation.problems } : { value: read as Output }
}

/** What a field takes. */
export type FieldInput<Value, Flags extends FieldFlag> =
  | Value
  | ('null' extends Flags ? null : never)
  | (Flags & ('absent' | 'default' | 'made') extends never ? never : undefined)

/** What a field gives. */
export type FieldOutput<Value, Flags extends FieldFlag> =
  | Value
  | ('null' extends Flags ? null : never)
  | (Flags & ('absent' | 'made') extends never ? never : undefined)
