// Text becomes input: the parameters of a URL and the fields of a form are texts by name, and a schema's JSON Schema says
// what they stand for. The rules, each of which has cases in read-text.test.ts:
//
// | the schema says              | the text is                         | it is read as                                 |
// |------------------------------|-------------------------------------|-----------------------------------------------|
// | anything                     | empty                               | absent; null where that is taken              |
// | string                       | anything else                       | itself: days and decimals stay text           |
// | string of format date-time   | without a zone (datetime-local)     | the same in UTC: with seconds and Z           |
// | number, integer              | a decimal number                    | the number                                    |
// | integer                      | more digits than a number holds     | itself                                        |
// | boolean                      | on, true, 1; off, false, 0          | true; false                                   |
// | boolean, in a form           | absent                              | false, but absent in a partial object         |
// | boolean, in a URL            | absent                              | false where it has to be there, else absent   |
// | enum, const                  | a member                            | that member: text, number, true, false        |
// | array                        | a name once or more, name[] too     | the list of them, without empty ones          |
// | array                        | absent                              | as a boolean; an empty list for false         |
// | object                       | address.street                      | a field of it                                 |
// | object that may be absent    | fields that are all empty           | absent; null where that is taken              |
// | array of objects             | lines.0.name, lines.1.name          | the list, by the order of the numbers         |
// | several possibilities        | of one of them                      | the first of: member, number, boolean, string |
// | one value                    | a name twice                        | the list of both                              |
// | nothing, or no such name     | anything                            | itself, or the list where there are several   |
// | what the text does not fit   | anything                            | itself, so that the schema says what is wrong |
//
// An object is partial when nothing in it has to be there and nothing has a default: what `partial()` makes. Names of
// fields within others are written with dots, as the messages about them are named.
import { readableSchema } from './readable-schema.ts'
import type { JsonSchema, StandardSchema } from './schema.ts'
import { absentAs, emptyAs, type Kind, kindsOf, objectOf, readScalar } from './text-kinds.ts'

/** Where text comes from: a form says of every checkbox of its own whether it is checked, a URL only what it says. */
export interface ReadTextOptions {
  readonly from: 'form' | 'url'
  /** What the schema is, for the message: `the input of posts/createPost`. */
  readonly name?: string
}

/** A text, and what is left of its name inside of the object or list at hand. */
interface Entry {
  readonly name: string
  readonly text: string
}

/** What is deeper is no form that people fill in; validation ends there too. */
const mostLevels = 32

/**
 * Reads text by a schema: see the table above. Nothing is validated, and nothing is lost: what cannot be read is handed on.
 *
 * @returns a record without a prototype
 * @throws SCHEMA_NOT_READABLE where the schema gives no JSON Schema
 * @example
 * const Search = schema({ page: integer(), tags: array(text()) })
 * readText(Search, new URLSearchParams('page=2&tags=tea'), { from: 'url' }) // { page: 2, tags: ['tea'] }
 */
export function readText(
  schema: StandardSchema,
  fields: Iterable<readonly [string, string]>,
  { from, name = 'The schema' }: ReadTextOptions,
): Record<string, unknown> {
  const root = readableSchema(schema, name)
  const entries = Array.from(fields, ([name, text]) => ({ name, text }))
  return new TextReader(root, from).object(
    objectOf(kindsOf(root, root), (name) => lastOf(entries, name)),
    entries,
    0,
  )
}

class TextReader {
  readonly #root: JsonSchema
  readonly #from: ReadTextOptions['from']

  constructor(root: JsonSchema, from: ReadTextOptions['from']) {
    this.#root = root
    this.#from = from
  }

  object(kind: Kind, entries: readonly Entry[], level: number): Record<string, unknown> {
    const { properties, required } = kind
    const groups = Map.groupBy(entries, ({ name }) => this.#keyOf(name, properties))
    const read: Record<string, unknown> = Object.create(null)
    for (const [key, schema] of properties) {
      const group = groups
        .get(key)
        ?.map(({ name, text }) => ({ name: name.slice(key.length).replace(/^\./, ''), text }))
      const kinds = kindsOf(schema, this.#root)
      const mustBe = required.has(key)
      const isThere = this.#from === 'form' ? !kind.isPartial : mustBe
      const value = group
        ? this.#value(kinds, group, { level, mustBe })
        : (absentAs(kinds, isThere) ?? this.#missing(kinds, level, mustBe))
      if (value !== undefined) read[key] = value
    }
    for (const [key, group] of groups) {
      if (properties.has(key)) continue
      const other = kind.additional === undefined ? undefined : kindsOf(kind.additional, this.#root)
      const inner = group.map(({ name, text }) => ({ name: name.slice(key.length), text }))
      read[key] = other ? this.#value(other, inner, { level, mustBe: false }) : asItIs(inner)
    }
    return read
  }

  /** The field that a name is of: one of that name, a list `name[]`, or the one that it is inside of. */
  #keyOf(name: string, properties: ReadonlyMap<string, unknown>): string {
    if (properties.has(name)) return name
    if (name.endsWith('[]')) return name.slice(0, -2)
    const dot = name.indexOf('.')
    const outer = properties.get(name.slice(0, Math.max(dot, 0)))
    const mayHold = kindsOf(outer, this.#root).some(({ type }) => type === 'object' || type === 'array')
    return mayHold ? name.slice(0, dot) : name
  }

  /** An object that has to be there and of which nothing is: its own fields say what is missing. */
  #missing(kinds: readonly Kind[], level: number, mustBe: boolean): unknown {
    const isObject = kinds.length > 0 && kinds.every(({ type }) => type === 'object')
    return isObject && mustBe && level < mostLevels ? this.object(kinds[0]!, [], level + 1) : undefined
  }

  #value(kinds: readonly Kind[], entries: readonly Entry[], at: { level: number; mustBe: boolean }): unknown {
    if (at.level >= mostLevels) return asItIs(entries)
    const list = kinds.find(({ type }) => type === 'array')
    if (list) return this.#list(list, entries, at.level + 1)
    const isNested = entries.some(({ name }) => name !== '' && name !== '[]')
    if (isNested && kinds.some(({ type }) => type === 'object')) {
      if (!at.mustBe && entries.every(({ text }) => text === '')) return emptyAs(kinds)
      return this.object(
        objectOf(kinds, (name) => lastOf(entries, name)),
        entries,
        at.level + 1,
      )
    }
    const [first, ...more] = entries
    if (!first || more.length > 0 || first.name !== '') return asItIs(entries)
    return first.text === '' ? emptyAs(kinds) : readScalar(kinds, first.text)
  }

  #list({ items }: Kind, entries: readonly Entry[], level: number): unknown[] {
    const kinds = kindsOf(items, this.#root)
    const read = (group: readonly Entry[]): unknown => this.#value(kinds, group, { level, mustBe: false })
    const single = entries
      .filter(({ name }) => name === '' || name === '[]')
      .map(({ text }) => read([{ name: '', text }]))
    const numbered = Map.groupBy(entries, ({ name }) => /^\d{1,6}(?=\.|$)/.exec(name)?.[0] ?? '')
    numbered.delete('')
    const inOrder = [...numbered].sort(([one], [other]) => Number(one) - Number(other))
    const nested = inOrder.map(([index, group]) =>
      read(group.map(({ name, text }) => ({ name: name.slice(index.length + 1), text }))),
    )
    return [...single, ...nested].filter((item) => item !== undefined && item !== null)
  }
}

function asItIs(entries: readonly Entry[]): string | string[] {
  const texts = entries.map(({ text }) => text)
  return texts.length === 1 && entries[0]!.name !== '[]' ? texts[0]! : texts
}

function lastOf(entries: readonly Entry[], name: string): string | undefined {
  return entries.findLast((entry) => entry.name === name)?.text
}
