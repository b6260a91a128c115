// Rows of other entities, by name: no module imports another, so two may name each other, and one may name itself.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { isEntityName } from '../names.ts'
import { readItems } from '../plain.ts'
import { checkId } from './id.ts'
import { checkOption } from './limits.ts'

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

/** What references to many rows say. */
export interface ReferencesOptions<Value = string> extends FieldTexts {
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
 * @throws CONTRACT_OPTION_INVALID
 * @example
 * entity('posts', { id: id(), authorId: reference('users', { onDelete: 'cascade' }) })
 */
export function reference<Value = string>(
  to: string,
  options: ReferenceOptions<Value> = {},
): ContractField<NoInfer<Value>> {
  const { key, onDelete = 'restrict', ...texts } = options
  const description: ReferenceDescription = {
    kind: 'reference',
    to: checkTarget('reference', to),
    onDelete,
    key: key?.description ?? idDescription,
    ...texts,
  }
  return new ContractField(description, checkOf(key))
}

/** More than this are no choice that anybody makes. */
const mostNamed = 1000

/**
 * Several rows of an entity, each of which may be named by several rows of this one (many to many). No column of the
 * row: the pairs are kept in a table of their own. As an input it is the list of their ids.
 *
 * @throws CONTRACT_OPTION_INVALID
 * @example
 * entity('posts', { id: id(), tags: references('tags') })
 */
export function references<Value = string>(
  to: string,
  options: ReferencesOptions<Value> = {},
): ContractField<NoInfer<Value>[], 'join'> {
  const { key, ...texts } = options
  const description: ReferenceDescription = {
    kind: 'references',
    to: checkTarget('references', to),
    onDelete: 'cascade',
    key: key?.description ?? idDescription,
    ...texts,
  }
  return new ContractField(description, listCheck(checkOf(key)))
}

/** A list of keys, each once: to name a row twice says no more than to name it once. */
export function listCheck<Value>(check: Check<Value>): Check<Value[]> {
  return (value, validation) => {
    if (!Array.isArray(value)) return validation.say('array', 'Give a list.')
    if (value.length > mostNamed) return validation.say('array.max', 'Give at most {max}.', { max: mostNamed })
    return [...new Set(readItems(value, validation, (one) => check(one, validation)))]
  }
}

/** Without a key of another kind it is an id, and then Value is a text. */
function checkOf<Value>(key: ContractField<Value> | undefined): Check<Value> {
  return key?.check ?? (checkId as unknown as Check<Value>)
}

/** @throws CONTRACT_OPTION_INVALID for what no entity is called */
function checkTarget(kind: 'reference' | 'references', to: string): string {
  checkOption(isEntityName(to), kind, { option: 'entity', value: to, rule: 'the name of an entity' })
  return to
}
