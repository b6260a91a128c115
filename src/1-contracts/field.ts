// A field: what one value of an entity or an input is. A description that is data, and the check of its kind.
import type { Check, FieldDescription } from './description.ts'
import { fieldErrors } from './errors.ts'
import { fieldConverter } from './json-schema.ts'
import { copyOf, moments, readField } from './read-field.ts'
import type { StandardJsonSchema } from './schema.ts'
import { type ContractStandard, standard, Validation } from './validation.ts'

/** How a field may be given: left out, `null`, with a default, made by the framework; `join`: it is no column of a row. */
export type FieldFlag = 'absent' | 'null' | 'default' | 'made' | 'join'

// What each flag adds or takes, looked up by the flags of a field. Lookups, since TypeScript sees through them: that a field
// is one of any kind it would not see through conditions.

/** What a flag lets a field be given besides its value. */
type Given = { absent: undefined; null: null; default: undefined; made: undefined; join: never }
/** What a flag lets a field be read as besides its value. */
type Read = { absent: undefined; null: null; default: never; made: undefined; join: never }
/** What a flag lets a field be stored as besides its value. */
type Stored = { absent: never; null: null; default: never; made: never; join: never }
/** What remains of the flags of a field that is made optional. */
type Optional = { absent: 'absent'; null: 'null'; default: never; made: never; join: 'join' }
/** What remains of the flags of a field that gets a default. */
type Defaulted = { absent: never; null: 'null'; default: 'default'; made: never; join: 'join' }

/** What the types of contracts are made of: no name stands in it that a declaration would have to say. */
interface FieldTypes<Value, Flags extends FieldFlag> {
  readonly value: Value
  readonly flags: Flags
  readonly stored: Value | Stored[Flags]
  /** Its flags in `partial()`. */
  readonly partial: Optional[Flags] | 'absent'
}

/**
 * A field of any kind: what those need of it who only pass it on.
 *
 * @example
 * const labels = (fields: readonly AnyField[]) => fields.map(({ description }) => description.label)
 */
export interface AnyField {
  readonly '~types': FieldTypes<unknown, FieldFlag>
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
export class ContractField<out Value = unknown, out Flags extends FieldFlag = never>
  implements StandardJsonSchema<Value | Given[Flags], Value | Read[Flags]>
{
  /** Only for types. */
  declare readonly '~types': FieldTypes<Value, Flags>
  readonly description: FieldDescription
  readonly check: Check<Value>

  constructor(description: FieldDescription, check: Check<Value>) {
    this.description = description
    this.check = check
  }

  get '~standard'(): ContractStandard<Value | Given[Flags], Value | Read[Flags]> {
    // The type says what the description does: what is read is what the field's flags tell.
    const read = (value: unknown, validation: Validation) => readField(this, value, validation) as Value | Read[Flags]
    return standard(read, fieldConverter(this.description))
  }

  /** It may be left out or `null`, and then has no default. In a row it is `null` then. */
  optional(): ContractField<Value, Optional[Flags] | 'absent' | 'null'> {
    const { default: _default, made: _made, ...rest } = this.description
    return this.#as({ ...rest, absent: true, null: true })
  }

  /** It has to be given, and may be `null`. */
  nullable(): ContractField<Value, Flags | 'null'> {
    return this.#as({ ...this.description, null: true })
  }

  /**
   * What stands in its place when it is left out.
   *
   * @param value `'now'` for times and dates: the moment when it is read or written
   * @throws CONTRACT_DEFAULT_INVALID where the field would refuse it
   * @example
   * oneOf('draft', 'published').default('draft')
   */
  default(value: Value | (Value extends Date ? 'now' : never)): ContractField<Value, Defaulted[Flags] | 'default'> {
    const { absent: _absent, made: _made, ...rest } = this.description
    return this.#as({ ...rest, default: this.#readDefault(value) })
  }

  /** No two rows of a table have the same value; `null` is no value. */
  unique(): ContractField<Value, Flags> {
    return this.#as({ ...this.description, unique: true })
  }

  #readDefault(value: unknown): unknown {
    const { kind } = this.description
    if (value === 'now' && moments.has(kind)) return value
    const validation = new Validation()
    const read = this.check(value, validation)
    const [problem] = validation.problems
    if (problem) throw fieldErrors.CONTRACT_DEFAULT_INVALID({ kind, value, problem: problem.message })
    return copyOf(read)
  }

  #as<More extends FieldFlag>(description: FieldDescription): ContractField<Value, More> {
    return new ContractField<Value, More>(description, this.check)
  }
}
