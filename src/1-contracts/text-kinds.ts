// What a JSON Schema leaves open, as a list of kinds, and how a single text is read as one of them: see read-text.ts.
import type { JsonSchema } from './schema.ts'

/** One possibility: a schema of one type, with its references followed and its parts put together. */
export interface Kind {
  readonly type: string
  /** The values there are, where they are named. */
  readonly members: readonly unknown[] | undefined
  readonly format: unknown
  readonly properties: ReadonlyMap<string, unknown>
  readonly required: ReadonlySet<unknown>
  /** Nothing of the object has to be there, and nothing has a default. */
  readonly isPartial: boolean
  /** The schema of what has no property. */
  readonly additional: unknown
  readonly items: unknown
}

/** References that lead to references, and parts of parts: what is deeper is left alone. */
const mostLevels = 16

/** What a schema leaves open; nothing where it says nothing. */
export function kindsOf(schema: unknown, root: JsonSchema, level = 0): Kind[] {
  if (!isSchema(schema) || level > mostLevels) return []
  const whole = join(schema, root, level)
  const choices = [whole.anyOf, whole.oneOf].find(Array.isArray) as unknown[] | undefined
  if (choices) return choices.flatMap((one) => kindsOf(one, root, level + 1))
  const types = Array.isArray(whole.type) ? whole.type : [whole.type ?? guessType(whole)]
  return types.flatMap((type) => (typeof type === 'string' ? [kindOf(whole, type)] : []))
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A schema with what it refers to and what it is all of. */
function join(schema: JsonSchema, root: JsonSchema, level: number): JsonSchema {
  const parts = Array.isArray(schema.allOf) ? schema.allOf : []
  const referred = typeof schema.$ref === 'string' ? [find(schema.$ref, root)] : []
  if ((parts.length === 0 && referred.length === 0) || level > mostLevels) return schema
  const all = [...referred, ...parts].filter(isSchema).map((part) => join(part, root, level + 1))
  const { allOf: _, $ref: __, ...own } = schema
  const whole = [own, ...all]
  return {
    ...Object.assign({}, ...whole),
    properties: Object.fromEntries(whole.flatMap((part) => Object.entries(asObject(part.properties)))),
    required: whole.flatMap((part) => asList(part.required)),
  }
}

/** What a reference within the document leads to (RFC 6901, in a fragment). */
function find(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined
  let at: unknown = root
  for (const part of reference.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonSchema)[key] : undefined
  }
  return at
}

function guessType(schema: JsonSchema): string | undefined {
  if ('enum' in schema || 'const' in schema) return 'member'
  if (isSchema(schema.properties) && Object.keys(schema.properties).length > 0) return 'object'
  return undefined
}

function kindOf(schema: JsonSchema, type: string): Kind {
  const properties = new Map(Object.entries(asObject(schema.properties)))
  const required = new Set(asList(schema.required))
  const hasDefault = [...properties.values()].some((one) => isSchema(one) && 'default' in one)
  return {
    type: type === 'member' && asMembers(schema)?.every((one) => one === null) ? 'null' : type,
    members: asMembers(schema),
    format: schema.format,
    properties,
    required,
    isPartial: required.size === 0 && !hasDefault,
    additional: isSchema(schema.additionalProperties) ? schema.additionalProperties : undefined,
    items: schema.items,
  }
}

const asObject = (value: unknown): JsonSchema => (isSchema(value) ? value : {})
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const asMembers = (schema: JsonSchema): unknown[] | undefined =>
  Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : undefined

const noKind: Kind = kindOf({}, 'object')

/** The object that fields are of: among several the first whose members (`kind: 'book'`) are those that were given. */
export function objectOf(kinds: readonly Kind[], textOf: (name: string) => string | undefined): Kind {
  const objects = kinds.filter(({ type }) => type === 'object')
  const fits = ({ properties }: Kind): boolean =>
    [...properties].every(([name, schema]) => {
      const given = textOf(name)
      const members = isSchema(schema) ? asMembers(schema) : undefined
      return members === undefined || given === undefined || members.some((one) => String(one) === given)
    })
  return objects.find(fits) ?? objects[0] ?? noKind
}

/** What stands for an empty text. */
export function emptyAs(kinds: readonly Kind[]): null | undefined {
  return kinds.some(({ type, members }) => type === 'null' || members?.includes(null)) ? null : undefined
}

/** What stands for a checkbox that is not checked, or a list of which nothing is chosen. */
export function absentAs(kinds: readonly Kind[], isThere: boolean): false | [] | undefined {
  const types = new Set(kinds.map(({ type, members }) => (typeof members?.[0] === 'boolean' ? 'boolean' : type)))
  types.delete('null')
  if (!isThere || types.size !== 1) return undefined
  return types.has('boolean') ? false : types.has('array') ? [] : undefined
}

/** The least doubtful first: every text is a string. */
const order = ['number', 'integer', 'boolean', 'string']

/** A text as what it can be read as; else itself. */
export function readScalar(kinds: readonly Kind[], text: string): unknown {
  for (const { members } of kinds) {
    const member = members?.find((one) => one !== null && (String(one) === text || one === booleanOf(text)))
    if (member !== undefined) return member
  }
  for (const wanted of order) {
    const kind = kinds.find(({ type, members }) => type === wanted && !members)
    const value = kind && readAs(kind, text)
    if (value !== undefined) return value
  }
  return text
}

function readAs({ type, format }: Kind, text: string): unknown {
  if (type === 'boolean') return booleanOf(text)
  if (type === 'string') return format === 'date-time' ? inZone(text) : text
  const value = numberOf(text)
  return type === 'integer' && !Number.isSafeInteger(value) && !isFraction(value) ? undefined : value
}

/** What checkboxes send, and what people write into addresses. */
function booleanOf(text: string): boolean | undefined {
  if (text === 'on' || text === 'true' || text === '1') return true
  return text === 'off' || text === 'false' || text === '0' ? false : undefined
}

function numberOf(text: string): number | undefined {
  const trimmed = text.trim()
  const value = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

const isFraction = (value: number | undefined): boolean => value !== undefined && !Number.isInteger(value)

/** Of `<input type="datetime-local">` nobody says the zone, so it is that of no place. */
function inZone(text: string): string {
  const [local, seconds] = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(?:\.\d{1,9})?)?$/.exec(text) ?? []
  return local === undefined ? text : `${local}${seconds === undefined ? ':00' : ''}Z`
}
