// Random entities, in pairs of which one might have become the other: for everything that compares or migrates schemas.
import {
  array,
  boolean,
  date,
  decimal,
  email,
  entity,
  type Fields,
  file,
  id,
  integer,
  json,
  number,
  oneOf,
  reference,
  references,
  text,
  timestamp,
} from '../../src/1-contracts/index.ts'
import { anything } from '../../src/3-data/migrate/migration.ts'
import { type Table, table } from '../../src/3-data/table.ts'
import type { Random } from './random.ts'

/** What a table is made of, so that it can be changed a little. */
interface Draft {
  readonly key: 'id' | 'integer' | 'both'
  readonly fields: Fields
  readonly index: readonly string[][]
  readonly unique: readonly string[][]
  readonly search: readonly string[]
}

type Drafts = ReadonlyMap<string, Draft>

/** The tables of a database, as `database()` takes them. */
export type Tables = Readonly<Record<string, Table>>

const tableNames = ['people', 'notes', 'places', 'order', 'group']
const columnNames = ['name', 'title', 'size', 'Extra', 'select', 'state', 'from', 'parent', 'weight']

/** Two schemas: something, and what has become of it. */
export function randomPair(random: Random): { readonly before: Tables; readonly after: Tables } {
  const before = randomDrafts(random)
  // Now and then nothing of the one is in the other.
  const after = random.below(8) === 0 ? randomDrafts(random) : changeDrafts(before, random)
  return { before: toTables(before), after: toTables(after) }
}

function randomDrafts(random: Random): Drafts {
  const names = tableNames.filter(() => random.below(5) > 1)
  const keys = new Map(names.map((name) => [name, random.pick(['id', 'id', 'id', 'integer', 'both'] as const)]))
  return new Map(names.map((name) => [name, randomDraft(random, name, keys)]))
}

type Keys = ReadonlyMap<string, Draft['key']>

function randomDraft(random: Random, name: string, keys: Keys): Draft {
  const columns = columnNames.filter(() => random.below(3) === 0)
  const fields = Object.fromEntries(columns.map((column) => [column, randomField(random, name, keys)]))
  return withLists(random, { key: keys.get(name)!, fields })
}

function withLists(random: Random, { key, fields }: Pick<Draft, 'key' | 'fields'>): Draft {
  const sortable = Object.keys(fields).filter((name) => !unsorted.has(fields[name]!.description.kind))
  const list = (): string[][] => {
    const columns = sortable.filter(() => random.below(3) === 0)
    return columns.length === 0 ? [] : [columns]
  }
  const texts = Object.keys(fields).filter((name) => isText(fields[name]!) && random.below(3) > 0)
  const search = random.below(2) === 0 ? texts : []
  return { key, fields, index: list(), unique: list().filter((columns) => columns.length > 1), search }
}

const isText = ({ description }: Fields[string]): boolean => ['text', 'email', 'oneOf'].includes(description.kind)

const unsorted = new Set(['json', 'file', 'array', 'references'])

function randomField(random: Random, owner: string, keys: Keys): Fields[string] {
  const one = randomKind(random, owner, keys)
  if (one.description.kind === 'references') return one
  const isUnique = random.below(8) === 0 && !unsorted.has(one.description.kind)
  const changed = random.below(3) === 0 ? one.optional() : one
  return isUnique ? changed.unique() : changed
}

function randomKind(random: Random, owner: string, keys: Keys) {
  const makers = [
    () => text({ max: 100 + random.below(100) }),
    () => text().default("it's"),
    () => email(),
    () => integer(),
    () => integer().default(random.below(3)),
    () => number(),
    () => decimal({ scale: 1 + random.below(3) }),
    () => boolean(),
    () => boolean().default(true),
    () => date(),
    () => timestamp(),
    () => timestamp().default('now'),
    () => oneOf('low', 'high'),
    () => oneOf('low', 'high', 'middle'),
    () => json(anything),
    () => file(),
    () => array(text()),
    () => array(integer()).default([1, 2]),
    () => randomReference(random, owner, keys),
    () => randomReference(random, owner, keys),
  ]
  return random.pick(makers)()
}

function randomReference(random: Random, owner: string, keys: Keys): ReturnType<typeof text> {
  const targets = [...keys].filter(([, key]) => key !== 'both')
  if (targets.length === 0) return text()
  const [to, kind] = random.pick(targets)
  const key = kind === 'integer' ? { key: integer() } : {}
  // The pairs of many to many have keys of one kind.
  const isPairs = random.below(3) === 0 && keys.get(owner) === kind
  const onDelete = random.pick(['cascade', 'restrict'] as const)
  const made = isPairs
    ? references(to, key)
    : random.below(2) === 0
      ? reference(to, { ...key, onDelete: 'set null' }).optional()
      : reference(to, { ...key, onDelete })
  // Which values it has is of no interest here.
  return made as unknown as ReturnType<typeof text>
}

/** Some columns come, go, are called otherwise or are of another kind; sometimes a whole table. */
function changeDrafts(drafts: Drafts, random: Random): Drafts {
  const gone = [...drafts.keys()].filter(() => random.below(6) === 0)
  const come = tableNames.filter((name) => !drafts.has(name) && random.below(4) === 0)
  const names = [...[...drafts.keys()].filter((name) => !gone.includes(name)), ...come]
  const keyOf = (name: string): Draft['key'] =>
    (random.below(10) > 0 ? drafts.get(name)?.key : undefined) ?? random.pick(['id', 'integer', 'both'] as const)
  const keys = new Map(names.map((name) => [name, keyOf(name)]))
  return new Map(names.map((name) => [name, changeDraft(random, drafts.get(name), { name, keys, before: drafts })]))
}

interface Change {
  readonly name: string
  readonly keys: Keys
  readonly before: Drafts
}

function changeDraft(random: Random, draft: Draft | undefined, { name, keys, before }: Change): Draft {
  if (!draft) return randomDraft(random, name, keys)
  const isSame = (table: string): boolean => keys.has(table) && keys.get(table) === before.get(table)?.key
  const isGood = ({ description }: Fields[string]): boolean => {
    const { to } = description as { to?: string }
    return to === undefined || (isSame(to) && (description.kind === 'reference' || isSame(name)))
  }
  const kept = Object.entries(draft.fields).flatMap(([column, field]): [string, Fields[string]][] => {
    const what = random.below(8)
    if (what === 0) return []
    if (what === 1 && isGood(field)) return [[random.pick(columnNames), field]]
    return [[column, what === 2 || !isGood(field) ? randomField(random, name, keys) : field]]
  })
  const added = columnNames
    .filter((column) => random.below(8) === 0 && !Object.hasOwn(draft.fields, column))
    .map((column): [string, Fields[string]] => [column, randomField(random, name, keys)])
  const fields = Object.fromEntries([...added, ...kept])
  const isKept = (columns: readonly string[]): boolean =>
    columns.every((column) => Object.hasOwn(fields, column) && !unsorted.has(fields[column]!.description.kind))
  const changed = withLists(random, { key: keys.get(name)!, fields })
  if (random.below(2) === 0) return changed
  const isStillText = (column: string): boolean => Object.hasOwn(fields, column) && isText(fields[column]!)
  const search = draft.search.every(isStillText) ? draft.search : []
  return { ...changed, index: draft.index.filter(isKept), unique: draft.unique.filter(isKept), search }
}

function toTables(drafts: Drafts): Tables {
  return Object.fromEntries(
    [...drafts].map(([name, { key, fields, index, unique, search }]) => {
      const own: Fields = key === 'integer' ? { number: integer() } : { id: id() }
      const both = key === 'both' ? { ...own, part: integer() } : own
      const keys = key === 'id' ? ['id'] : key === 'integer' ? ['number'] : ['id', 'part']
      const one = entity(name, { ...both, ...fields }, { key: keys as [string] })
      return [name, table(one as never, { index: index as never, unique: unique as never, search: search as never })]
    }),
  )
}
