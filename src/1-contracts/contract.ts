// Contracts: named fields together. An entity is one that is stored; any part of it, and any other input, is a schema.
import { fieldErrors } from './errors.ts'
import { type AnyField, ContractField, type FieldFlag, readField } from './field.ts'
import { fieldsConverter } from './json-schema.ts'
import type { SchemaResult, StandardJsonSchema } from './schema.ts'
import { Validation } from './validation.ts'

/** Fields by name. */
export type Fields = Readonly<Record<string, AnyField>>

/** Written out when hovered over, not as what it was made of. */
type Plain<Type> = { [Key in keyof Type]: Type[Key] } & {}

/** What a field holds, without `null`. */
export type ValueOf<One> = One extends AnyField ? One['~types']['value'] : never
/** How a field may be given. */
export type FlagsOf<One> = One extends AnyField ? One['~types']['flags'] : never
/** What a field holds once it is stored. */
export type StoredValue<One> = ValueOf<One> | ('null' extends FlagsOf<One> ? null : never)

/** The names of fields that have one of these flags. */
type NamesWith<Given extends Fields, Flag extends FieldFlag> = {
  [Name in keyof Given]: FlagsOf<Given[Name]> & Flag extends never ? never : Name
}[keyof Given]

type Read<Given extends Fields, Name extends keyof Given> = {
  [Key in Name]: StoredValue<Given[Key]>
}

type MayBeLeftOut = 'absent' | 'default' | 'made'
type MayBeMissing = 'absent' | 'made'

/** What a contract takes: what may be left out is optional. */
export type ContractInput<Given extends Fields> = Plain<
  Read<Given, Exclude<keyof Given, NamesWith<Given, MayBeLeftOut>>> &
    Partial<Read<Given, NamesWith<Given, MayBeLeftOut>>>
>

/** What a contract gives: with its defaults. */
export type ContractOutput<Given extends Fields> = Plain<
  Read<Given, Exclude<keyof Given, NamesWith<Given, MayBeMissing>>> &
    Partial<Read<Given, NamesWith<Given, MayBeMissing>>>
>

type PartialFields<Given extends Fields> = {
  readonly [Name in keyof Given]: ContractField<
    ValueOf<Given[Name]>,
    Exclude<FlagsOf<Given[Name]>, 'default' | 'made'> | 'absent'
  >
}

/**
 * Named fields that are read together: a Standard Schema with a JSON Schema. Validation collects all that is wrong, leaves
 * out what has no field, and touches nobody's prototype.
 */
export abstract class Contract<Given extends Fields = Fields>
  implements StandardJsonSchema<ContractInput<Given>, ContractOutput<Given>>
{
  readonly fields: Given

  constructor(fields: Given) {
    this.fields = fields
  }

  get '~standard'(): StandardJsonSchema<ContractInput<Given>, ContractOutput<Given>>['~standard'] {
    return {
      version: 1,
      vendor: 'layer9',
      validate: (value) => readOnce(this.fields, value),
      jsonSchema: fieldsConverter(this.fields),
    }
  }

  /** These fields alone. @example Post.pick('title', 'body') */
  pick<Name extends keyof Given & string>(...names: readonly Name[]): Schema<Plain<Pick<Given, Name>>> {
    this.#refuseUnknown(names)
    const kept = Object.entries(this.fields).filter(([name]) => names.includes(name as Name))
    return new Schema(Object.fromEntries(kept) as Plain<Pick<Given, Name>>)
  }

  /** All fields but these. @example Post.omit('authorId') */
  omit<Name extends keyof Given & string>(...names: readonly Name[]): Schema<Plain<Omit<Given, Name>>> {
    this.#refuseUnknown(names)
    const kept = Object.entries(this.fields).filter(([name]) => !names.includes(name as Name))
    return new Schema(Object.fromEntries(kept) as Plain<Omit<Given, Name>>)
  }

  /** Each may be left out, and is absent then: what a change takes. @example Post.partial() */
  partial(): Schema<Plain<PartialFields<Given>>> {
    const fields = Object.entries(this.fields).map(([name, field]) => [name, leaveOut(field)])
    return new Schema(Object.fromEntries(fields) as Plain<PartialFields<Given>>)
  }

  /** @throws CONTRACT_FIELD_UNKNOWN: what is misspelt in JavaScript, or computed */
  #refuseUnknown(names: readonly string[]): void {
    for (const name of names) {
      if (!Object.hasOwn(this.fields, name))
        throw fieldErrors.CONTRACT_FIELD_UNKNOWN({ name, known: Object.keys(this.fields) })
    }
  }
}

/** An input that is no entity, or a part of one. Made by `schema()`. */
export class Schema<Given extends Fields = Fields> extends Contract<Given> {
  /** More fields, or others in the place of those of the same name. */
  extend<More extends Fields>(more: More): Schema<Extended<Given, More>> {
    // TypeScript does not see that a spread is what the type says.
    return new Schema({ ...this.fields, ...checkNames(more) } as unknown as Extended<Given, More>)
  }
}

/** Fields with more, of which the later ones win. */
export type Extended<Given, More> = Plain<Omit<Given, keyof More> & More>

/** What may be wrong with the name of a field is what would be wrong with it as a column, a property or a form's field. */
const goodName = /^[A-Za-z][A-Za-z0-9_]{0,62}$/

/** @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID */
export function checkNames<Given extends Fields>(fields: Given): Given {
  for (const [name, field] of Object.entries(fields)) {
    if (!goodName.test(name) || name === 'constructor') throw fieldErrors.CONTRACT_FIELD_NAME({ name })
    if (!(field instanceof ContractField)) throw fieldErrors.CONTRACT_FIELD_INVALID({ name })
  }
  return fields
}

function leaveOut(field: AnyField): AnyField {
  const { default: _default, made: _made, ...description } = field.description
  return new ContractField({ ...description, absent: true }, field.check)
}

/**
 * Reads what has these fields, into an object of its own.
 *
 * @returns undefined where the value is no object
 */
export function readFields(
  fields: Fields,
  value: unknown,
  validation: Validation,
): Record<string, unknown> | undefined {
  if (!isRecord(value)) return validation.say('object', 'Give the fields by their names.')
  const read: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    const own = validation.inside(name, () => readField(field, given, validation))
    if (own !== undefined) read[name] = own
  }
  return read
}

/** Objects that are data: what JSON and the wire give, not an instance of something. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function readOnce<Given extends Fields>(fields: Given, value: unknown): SchemaResult<ContractOutput<Given>> {
  const validation = new Validation()
  const read = readFields(fields, value, validation)
  // The types of the fields say what was read of each.
  return validation.problems.length > 0 ? { issues: validation.problems } : { value: read as ContractOutput<Given> }
}

/**
 * An input that is no entity.
 *
 * @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID
 * @example
 * const Search = schema({ q: text({ max: 100 }).default(''), page: integer({ min: 1 }).default(1) })
 */
export function schema<Given extends Fields>(fields: Given): Schema<Given> {
  return new Schema(checkNames(fields))
}
