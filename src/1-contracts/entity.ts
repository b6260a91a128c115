// Entities: what is stored, as both sides may see it. Tables, validators and forms follow from it.
import {
  Contract,
  type ContractInput,
  checkFields,
  type Extended,
  type Fields,
  type FlagsOf,
  type Plain,
} from './contract.ts'
import type { FieldDescription } from './description.ts'
import { fieldErrors } from './errors.ts'
import { isEntityName, twiceIn } from './names.ts'

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

  /** @throws CONTRACT_NAME, CONTRACT_KEY, CONTRACT_SET_NULL, and what a contract throws */
  constructor(name: Name, fields: Given, { key }: EntityOptions = {}) {
    if (!isEntityName(name)) throw fieldErrors.CONTRACT_NAME({ name })
    super(fields)
    this.name = name
    this.key = key ? [...key] : idsOf(fields)
    const reason = wrongWithKey(fields, this.key)
    if (reason !== undefined) throw fieldErrors.CONTRACT_KEY({ name, key: this.key, reason })
    const [field] = Object.keys(fields).filter((one) => cannotBeNull(fields[one]!.description))
    if (field !== undefined) throw fieldErrors.CONTRACT_SET_NULL({ name, field })
  }

  /** The entity with more fields, or others in the place of those of the same name. */
  extend<More extends Fields>(more: More): Entity<Name, Extended<Given, More>> {
    checkFields(more)
    // TypeScript does not see that a spread is what the type says.
    const fields = { ...this.fields, ...more } as unknown as Extended<Given, More>
    return new Entity(this.name, fields, { key: this.key as [string] })
  }
}

const idsOf = (fields: Fields): string[] =>
  Object.keys(fields).filter((name) => fields[name]!.description.kind === 'id')

/** Kinds that no database compares as one value. */
const notInKeys = new Set(['json', 'array', 'file', 'references'])

/** Why a row cannot be told from all others by these fields, as the second half of a sentence. */
function wrongWithKey(fields: Fields, key: readonly string[]): string | undefined {
  const twice = twiceIn(key)
  if (key.length === 0) return 'has no field that tells its rows apart'
  if (key.filter((name) => idsOf(fields).includes(name)).length > 1) return 'has more than one id in its key'
  if (twice) return `has "${twice.name}" twice in its key`
  for (const name of key) {
    const description = Object.hasOwn(fields, name) ? fields[name]?.description : undefined
    if (!description) return `has no field "${name}" for its key`
    if (notInKeys.has(description.kind)) return `cannot have "${name}", which is no single value, in its key`
    if (description.null || description.absent) return `cannot have "${name}", which may be missing, in its key`
  }
  return undefined
}

const cannotBeNull = (description: FieldDescription): boolean =>
  'onDelete' in description && description.onDelete === 'set null' && !description.null

/**
 * Defines what is stored under a name, in the plural.
 *
 * @throws CONTRACT_NAME, CONTRACT_KEY, CONTRACT_SET_NULL, CONTRACT_FIELD_NAME, CONTRACT_FIELD_INVALID, CONTRACT_FIELD_TWICE
 * @example
 * export const Post = entity('posts', { id: id(), authorId: reference('users'), title: text({ max: 200 }) })
 * export type Post = Row<typeof Post>
 */
export function entity<const Name extends string, Given extends Fields>(
  name: Name,
  fields: Given,
  options: EntityOptions<keyof Given & string> = {},
): Entity<Name, Given> {
  return new Entity(name, fields, options)
}

/** What has fields: an entity, or any contract. */
interface HasFields {
  readonly fields: Fields
}

/** The fields of an entity that are columns of its table. */
type Columns<Given extends Fields> = {
  [Name in keyof Given as 'join' extends FlagsOf<Given[Name]> ? never : Name]: Given[Name]
}

/** A row of an entity, as the database gives it: every field is there. @example type Post = Row<typeof Post> */
export type Row<One extends HasFields> = Plain<{
  -readonly [Name in keyof Columns<One['fields']>]: One['fields'][Name]['~types']['stored']
}>

/** What a new row takes: what has a default, is made by the framework or may be absent can be left out. */
export type Insert<One extends HasFields> = ContractInput<Columns<One['fields']>>

/** The columns that a change may name: an id stays what it is. */
type Changed<Given extends Fields> = {
  [Name in keyof Given as 'made' extends FlagsOf<Given[Name]> ? never : Name]: Given[Name]
}

/** What a change of a row takes: any of its fields but the id. */
export type Update<One extends HasFields> = Plain<{
  -readonly [Name in keyof Changed<Columns<One['fields']>>]?: One['fields'][Name]['~types']['stored']
}>
