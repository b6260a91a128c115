// Standard JSON Schema (standardschema.dev/json-schema): what a field or contract takes (`input`) and gives (`output`), in
// words that OpenAPI, other programs and `readText` know. It is made from descriptions alone.
//
// It says what JSON Schema can say. What it cannot, the validator alone knows: that lengths count UTF-16 code units (here
// they are code points), control characters, the bounds of decimals, the exact form of addresses, dates and ids.
import { jsonSchemaErrors } from './errors.ts'
import type { JsonSchema, JsonSchemaConverter, StandardSchema } from './schema.ts'

/** What is read of the descriptions of all kinds: see `fields/`. */
interface Described {
  readonly kind: string
  readonly absent?: boolean
  readonly null?: boolean
  readonly default?: unknown
  readonly made?: boolean
  readonly label?: string
  readonly help?: string
  readonly min?: number | string
  readonly max?: number | string
  readonly trim?: boolean
  readonly pattern?: string
  readonly scale?: number
  readonly values?: readonly string[]
  readonly item?: Described
  readonly key?: Described
  readonly schema?: StandardSchema
  readonly accept?: readonly string[]
  readonly maxSize?: number
}

/** Which of both is written, for whom, and where in the document. */
interface Purpose {
  readonly side: 'input' | 'output'
  readonly target: string
  /** The place of the schema in the whole one, as a JSON pointer (RFC 6901). */
  readonly at: string
}

/** The JSON Schemas of a field. */
export function fieldConverter(description: Described): JsonSchemaConverter {
  return converter((purpose) => fieldSchema(description, purpose))
}

/** The JSON Schemas of named fields. */
export function fieldsConverter(fields: Readonly<Record<string, { description: Described }>>): JsonSchemaConverter {
  return converter((purpose) => objectSchema(fields, purpose))
}

/** The dialects there are, by the URL that a document names them with; OpenAPI says it elsewhere. */
const dialects = new Map<string, string | undefined>([
  ['draft-2020-12', 'https://json-schema.org/draft/2020-12/schema'],
  ['draft-07', 'http://json-schema.org/draft-07/schema#'],
  ['openapi-3.0', undefined],
])

function converter(write: (purpose: Purpose) => JsonSchema): JsonSchemaConverter {
  const convert = (side: Purpose['side'], target: string): JsonSchema => {
    const dialect = dialects.get(target)
    if (!dialects.has(target)) throw jsonSchemaErrors.JSON_SCHEMA_TARGET({ target, known: [...dialects.keys()] })
    return { ...(dialect && { $schema: dialect }), ...write({ side, target, at: '' }) }
  }
  return { input: ({ target }) => convert('input', target), output: ({ target }) => convert('output', target) }
}

function objectSchema(fields: Readonly<Record<string, { description: Described }>>, purpose: Purpose): JsonSchema {
  const all = Object.entries(fields)
  const properties = all.map(([name, { description }]) => [
    name,
    fieldSchema(description, { ...purpose, at: `${purpose.at}/properties/${name}` }),
  ])
  const required = all.filter(([, { description }]) => isRequired(description, purpose)).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    // An empty list is none in draft 4, on which OpenAPI 3.0 is built.
    ...(required.length > 0 && { required }),
    // What is not named is taken, and left out of what is given.
    ...(purpose.side === 'output' && { additionalProperties: false }),
  }
}

function isRequired(description: Described, { side }: Purpose): boolean {
  if (description.absent || description.made) return false
  return side === 'output' || !('default' in description)
}

function fieldSchema(description: Described, purpose: Purpose): JsonSchema {
  const { label, help } = description
  const words = { ...(label !== undefined && { title: label }), ...(help !== undefined && { description: help }) }
  return { ...words, ...withNull(description, purpose), ...defaultOf(description) }
}

function withNull(description: Described, purpose: Purpose): JsonSchema {
  if (!description.null) return kindSchema(description, purpose)
  if (purpose.target === 'openapi-3.0') {
    const schema = kindSchema(description, purpose)
    // A list of values there has to name `null` as well (OpenAPI 3.0.3, "nullable").
    return { ...schema, nullable: true, ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }) }
  }
  return { anyOf: [kindSchema(description, { ...purpose, at: `${purpose.at}/anyOf/0` }), { type: 'null' }] }
}

/** A default that JSON has; the moment when something is written is none. */
function defaultOf(description: Described): { default?: unknown } {
  const isMoment = description.kind === 'timestamp' || description.kind === 'date'
  if (!('default' in description) || (isMoment && description.default === 'now')) return {}
  return { default: JSON.parse(JSON.stringify(description.default)) }
}

function kindSchema(description: Described, purpose: Purpose): JsonSchema {
  return kinds[description.kind]?.(description, purpose) ?? {}
}

const id = (): JsonSchema => ({ type: 'string', format: 'uuid' })

/** What each kind is. One that is not named here may be anything. */
const kinds: Readonly<Record<string, (description: Described, purpose: Purpose) => JsonSchema>> = {
  id,
  text: textSchema,
  email: (_, { side }) => ({ type: 'string', format: 'email', ...(side === 'output' && { maxLength: 254 }) }),
  url: (_, { side }) => ({ type: 'string', format: 'uri', ...(side === 'output' && { maxLength: 2048 }) }),
  integer: ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }) => ({
    type: 'integer',
    minimum: min,
    maximum: max,
  }),
  number: ({ min, max }) => ({ type: 'number', ...limits('minimum', min), ...limits('maximum', max) }),
  decimal: decimalSchema,
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'string', format: 'date' }),
  timestamp: () => ({ type: 'string', format: 'date-time' }),
  oneOf: ({ values }) => ({ type: 'string', enum: values }),
  array: ({ item, min, max }, purpose) => ({
    type: 'array',
    items: item ? fieldSchema(item, purpose) : {},
    ...limits('minItems', min),
    maxItems: max,
  }),
  reference: ({ key }, purpose) => (key ? kindSchema(key, purpose) : id()),
  references: ({ key }, purpose) => ({ type: 'array', items: key ? kindSchema(key, purpose) : id(), maxItems: 1000 }),
  json: jsonSchema,
  file: ({ maxSize }) => ({
    type: 'object',
    properties: {
      key: { type: 'string', maxLength: 1024 },
      name: { type: 'string', maxLength: 1024 },
      type: { type: 'string', maxLength: 1024 },
      size: { type: 'integer', minimum: 0, maximum: maxSize },
    },
    required: ['key', 'name', 'type', 'size'],
  }),
}

/** A limit that is there. */
function limits(keyword: string, limit: unknown): JsonSchema {
  return limit === undefined ? {} : { [keyword]: limit }
}

/** Spaces that are taken off count for nothing, so a text that is taken may be longer than one that is given. */
function textSchema({ min, max, trim, pattern }: Described, { side }: Purpose): JsonSchema {
  const isTrimmed = trim === true && side === 'input'
  const around = isTrimmed ? '\\s*' : ''
  return {
    type: 'string',
    ...limits('minLength', min || undefined),
    ...(isTrimmed ? {} : { maxLength: max }),
    ...(pattern !== undefined && { pattern: `^${around}(?:${pattern})${around}$` }),
  }
}

/** Text, so that no program reads it as a number of its own and loses digits. */
function decimalSchema({ scale = 0 }: Described, { side }: Purpose): JsonSchema {
  if (side === 'output') return { type: 'string', pattern: scale === 0 ? '^-?\\d+$' : `^-?\\d+\\.\\d{${scale}}$` }
  const fraction = scale === 0 ? '(?:\\.0{1,12})?' : `(?:\\.\\d{1,${scale}}0{0,${12 - scale}})?`
  return { type: 'string', pattern: `^\\s*[+-]?\\d+${fraction}\\s*$` }
}

/** What the schema of another library says of itself; one that says nothing may take anything. */
function jsonSchema({ schema }: Described, { side, target, at }: Purpose): JsonSchema {
  const own = schema?.['~standard'].jsonSchema?.[side]({ target })
  if (!own) return {}
  const { $schema: _, ...rest } = own
  // Its references begin at its own root, which is elsewhere in this document.
  const move = (key: string, value: unknown): unknown =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `#${at}${value.slice(1)}` : value
  return JSON.parse(JSON.stringify(rest), move)
}
