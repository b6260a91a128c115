// Contracts: named fields together. An entity is one that is stored; any part of it, and any other input, is a schema.
import { fieldErrors } from './errors.ts'
import { type AnyField, ContractField } from './field.ts'
import { fieldsConverter } from './json-schema.ts'
import { isFieldName, twiceIn } from './names.ts'
import { isRecord } from './plain.ts'
import { readFields } from './read-field.ts'
import type { StandardJsonSchema } from './schema.ts'
import { type ContractStandard, standard, type Validation } from './validation.ts'

/** Fields by name. */
export type Fields = Readonly<Record<string, AnyField>>

/** Written out when hovered over, not as what it was made of. */
export type Plain<Type> = { [Key in keyof Type]: Type[Key] } & {}

/** How a field may be given. */
export type FlagsOf<One extends AnyField> = One['~types']['flags']
/** What a field holds once it is stored. */
export type StoredValue<One extends AnyField> = One['~types']['stored']

/** The names of fields that may be left out of what is given. */
type LeftOut<Given extends Fields> = {
  [Name in keyof Given]: FlagsOf<Given[Name]> & ('absent' | 'default' | 'made') extends never ? never : Name
}[keyof Given]

/** The names of fields that may be missing from what is read. */
type Missing<Given extends Fields> = {
  [Name in keyof Given]: FlagsOf<Given[Name]> & ('absent' | 'made') extends never ? never : Name
}[keyof Given]

type Values<Given extends Fields, Name extends keyof Given> = {
  [Key in Name]: Given[Key]['~types']['stored']
}

/** What a contract takes: what may be left out is optional. */
export type ContractInput<Given extends Fields> = Plain<
  Values<Given, Exclude<keyof Given, LeftOut<Given>>> & Partial<Values<Given, LeftOut<Given>>>
>

/** What a contract gives: with its defaults. */
export type ContractOutput<Given extends Fields> = Plain<
  Values<Given, Exclude<keyof Given, Missing<Given>>> & Partial<Values<Given, Missing<Given>>>
>

type PartialFields<Given extends Fields> = {
  -readonly [Name in keyof Given]: ContractField<Given[Name]['~types']['value'], Given[Name]['~types']['partial']>
}

/**
 * Named fields that are read together: a Standard Schema with a JSON Schema. Validation collects all that is wrong, leaves
 * out what has no field, and touches nobody's prototype.
 */
export abstract class Contract<Given extends Fields = Fields>
  implements StandardJsonSchema<ContractInput<Given>, ContractOutput<Given>>
{
  readonly fields: Given

  /** @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_FIELD_TWICE */
  constructor(fields: Given) {
    checkFields(fields)
    // A copy: what happens to the given object later is nothing to the contract.
    this.fields = { ...fields }
  }

  get '~standard'(): ContractStandard<ContractInput<Given>, ContractOutput<Given>> {
    // The types of the fields say what is read of each.
    const read = (value: unknown, validation: Validation) =>
      readFields(this.fields, value, validation) as ContractOutput<Given>
    return standard(read, fieldsConverter(this.fields))
  }

  /** These fields alone. @example Post.pick('title', 'body') */
  pick<Name extends keyof Given & string>(...names: readonly Name[]): Schema<Plain<Pick<Given, Name>>> {
    this.#checkNames(names)
    const kept = Object.entries(this.fields).filter(([name]) => names.includes(name as Name))
    return new Schema(Object.fromEntries(kept) as Plain<Pick<Given, Name>>)
  }

  /** All fields but these. @example Post.omit('authorId') */
  omit<Name extends keyof Given & string>(...names: readonly Name[]): Schema<Plain<Omit<Given, Name>>> {
    this.#checkNames(names)
    const kept = Object.entries(this.fields).filter(([name]) => !names.includes(name as Name))
    return new Schema(Object.fromEntries(kept) as Plain<Omit<Given, Name>>)
  }

  /** Each may be left out, and is absent then: what a change takes. @example Post.partial() */
  partial(): Schema<Plain<PartialFields<Given>>> {
    const fields = Object.entries(this.fields).map(([name, field]) => [name, leaveOut(field)])
    return new Schema(Object.fromEntries(fields) as Plain<PartialFields<Given>>)
  }

  /** @throws CONTRACT_FIELD_UNKNOWN, CONTRACT_FIELD_TWICE for what is misspelt in JavaScript, or computed */
  #checkNames(names: readonly string[]): void {
    const twice = twiceIn(names)
    if (twice) throw fieldErrors.CONTRACT_FIELD_TWICE(twice)
    const known = Object.keys(this.fields)
    for (const name of names) if (!known.includes(name)) throw fieldErrors.CONTRACT_FIELD_UNKNOWN({ name, known })
  }
}

/** An input that is no entity, or a part of one. Made by `schema()`. */
export class Schema<Given extends Fields = Fields> extends Contract<Given> {
  /** More fields, or others in the place of those of the same name. */
  extend<More extends Fields>(more: More): Schema<Extended<Given, More>> {
    // TypeScript does not see that a spread is what the type says.
    checkFields(more)
    return new Schema({ ...this.fields, ...more } as unknown as Extended<Given, More>)
  }
}

/** Fields with more, of which the later ones win. */
export type Extended<Given, More> = Plain<Omit<Given, keyof More> & More>

/** @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_FIELD_TWICE */
export function checkFields(fields: Fields): void {
  // `{ __proto__: text() }` is no object with a field of that name, but one that inherits from a field.
  if (!isRecord(fields)) throw fieldErrors.CONTRACT_FIELD_NAME({ name: '__proto__' })
  for (const [name, field] of Object.entries(fields)) {
    if (!isFieldName(name)) throw fieldErrors.CONTRACT_FIELD_NAME({ name })
    if (!(field instanceof ContractField)) throw fieldErrors.CONTRACT_FIELD_INVALID({ name })
  }
  const twice = twiceIn(Object.keys(fields))
  if (twice) throw fieldErrors.CONTRACT_FIELD_TWICE(twice)
}

function leaveOut(field: AnyField): AnyField {
  const { default: _default, made: _made, ...description } = field.description
  return new ContractField({ ...description, absent: true }, field.check)
}

/**
 * An input that is no entity.
 *
 * @throws CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_FIELD_TWICE
 * @example
 * const Search = schema({ q: text({ max: 100 }).default(''), page: integer({ min: 1 }).default(1) })
 */
export function schema<Given extends Fields>(fields: Given): Schema<Given> {
  return new Schema(fields)
}
