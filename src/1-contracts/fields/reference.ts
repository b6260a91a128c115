// Rows of other entities, by name: no module imports another, so two may name each other, and one may name itself.
import { type Check, ContractField, type FieldDescription, type FieldTexts } from '../field.ts'
import { checkId } from './id.ts'

/** What a reference does. */
export interface ReferenceOptions<Value = string> extends FieldTexts {
  /**
   * What becomes of the row when the one it names is deleted: it goes too, it keeps the other from being deleted, or the
   * reference is `null` from then on (of an optional one). Default `restrict`.
   */
  readonly onDelete?: 'cascade' | 'restrict' | 'set null'
  /** The field by which the other entity knows its rows, where that is not made by `id()`. */
  readonly key?: ContractField<Value>
}

/** A field made by `reference()` or `references()`. */
export interface ReferenceDescription extends FieldDescription {
  readonly kind: 'reference' | 'references'
  /** The name of the entity. */
  readonly to: string
  readonly onDelete: 'cascade' | 'restrict' | 'set null'
  /** The field of the other entity's key. */
  readonly key: FieldDescription
}

const idDescription: FieldDescription = { kind: 'id' }

/**
 * One row of an entity, by its name: of another or of the same.
 *
 * @example
 * entity('posts', { id: id(), authorId: reference('users', { onDelete: 'cascade' }) })
 */
export function reference<Value = string>(to: string, options: ReferenceOptions<Value> = {}): ContractField<Value> {
  const { key, onDelete = 'restrict', ...texts } = options
  const description: ReferenceDescription = {
    kind: 'reference',
    to,
    onDelete,
    key: key?.description ?? idDescription,
    ...texts,
  }
  // Without a key of another kind it is an id, and then Value is a text.
  return new ContractField(description, key?.check ?? (checkId as unknown as Check<Value>))
}

/** More than this are no choice that anybody makes. */
const mostNamed = 1000

/**
 * Several rows of an entity, each of which may be named by several rows of this one (many to many). No column of the
 * row: the pairs are kept in a table of their own. As an input it is the list of their ids.
 *
 * @example
 * entity('posts', { id: id(), tags: references('tags') })
 */
export function references(to: string, texts: FieldTexts = {}): ContractField<string[], 'join'> {
  const description: ReferenceDescription = {
    kind: 'references',
    to,
    onDelete: 'cascade',
    key: idDescription,
    ...texts,
  }
  const check: Check<string[]> = (value, validation) => {
    if (!Array.isArray(value)) return validation.say('array', 'Give a list.')
    if (value.length > mostNamed) return validation.say('array.max', 'Give at most {max}.', { max: mostNamed })
    return Array.from(new Set(value), (one, at) => validation.inside(at, () => checkId(one, validation)) as string)
  }
  return new ContractField(description, check)
}
