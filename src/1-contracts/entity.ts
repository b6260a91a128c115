// Entities: what is stored, as both sides may see it. Tables, validators and forms follow from it.
import {
  Contract,
  type ContractInput,
  checkNames,
  type Extended,
  type Fields,
  type FlagsOf,
  type StoredValue,
} from './contract.ts'
import { fieldErrors } from './errors.ts'

/** What is known of an entity besides its fields. */
export interface EntityOptions<Names extends string = string> {
  /** The fields that together tell one row from all others. Default: the field made by `id()`. */
  readonly key?: readonly [Names, ...Names[]]
}

/**
 * Fields that are stored together under a name. It is a schema of what a new row takes, and has the parts of any schema.
 */
export class Entity<Name extends string = string, Given extends Fields = Fields> extends Contract<Given> {
  /** The name of its table, and what references name. */
  readonly name: Name
  /** The fields that tell a row from all others. */
  readonly key: readonly string[]

  constructor(name: Name, fields: Given, { key }: EntityOptions) {
    super(fields)
    this.name = name
    const made = Object.keys(fields).filter((field) => fields[field]?.description.kind === 'id')
    this.key = key ?? made
    const isKnown = this.key.every((field) => Object.hasOwn(fields, field))
    if (this.key.length === 0 || made.length > 1 || !isKnown) throw fieldErrors.CONTRACT_KEY({ name, key: this.key })
  }

  /** The entity with more fields, or others in the place of those of the same name. */
  extend<More extends Fields>(more: More): Entity<Name, Extended<Given, More>> {
    // TypeScript does not see that a spread is what the type says.
    const fields = { ...this.fields, ...checkNames(more) } as unknown as Extended<Given, More>
    return new Entity(this.name, fields, { key: this.key as [string] })
  }
}

/** Table names that every database takes without care: lower case, words joined by `_`. */
const goodName = /^[a-z][a-z0-9_]{0,62}$/

/**
 * Defines what is stored under a name, in the plural.
 *
 * @throws CONTRACT_NAME, CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_KEY
 * @example
 * export const Post = entity('posts', { id: id(), authorId: reference('users'), title: text({ max: 200 }) })
 * export type Post = Row<typeof Post>
 */
export function entity<const Name extends string, Given extends Fields>(
  name: Name,
  fields: Given,
  options: EntityOptions<keyof Given & string> = {},
): Entity<Name, Given> {
  if (!goodName.test(name)) throw fieldErrors.CONTRACT_NAME({ name })
  return new Entity(name, checkNames(fields), options)
}

type FieldsOf<One> = One extends Contract<infer Given> ? Given : never

/** The fields of an entity that are columns of its table. */
type Columns<Given extends Fields> = {
  [Name in keyof Given as 'join' extends FlagsOf<Given[Name]> ? never : Name]: Given[Name]
}

/** A row of an entity, as the database gives it: every field is there. @example type Post = Row<typeof Post> */
export type Row<One extends Contract> = {
  [Name in keyof Columns<FieldsOf<One>>]: StoredValue<FieldsOf<One>[Name]>
} & {}

/** What a new row takes: what has a default, is made by the framework or may be absent can be left out. */
export type Insert<One extends Contract> = ContractInput<Columns<FieldsOf<One>>>

/** What a change of a row takes: any of its fields but the id. */
export type Update<One extends Contract> = {
  [Name in keyof Columns<FieldsOf<One>> as 'made' extends FlagsOf<FieldsOf<One>[Name]> ? never : Name]?: StoredValue<
    FieldsOf<One>[Name]
  >
} & {}
