// The JSON Schema of a schema of any library, asked for once.
import { textErrors } from './errors.ts'
import type { JsonSchema, StandardSchema } from './schema.ts'

const known = new WeakMap<StandardSchema, JsonSchema>()

/** How each library is told that what it cannot say may be anything: only the rest is read by it then. */
const lenient: Readonly<Record<string, Record<string, unknown>>> = {
  valibot: { errorMode: 'ignore' },
  zod: { unrepresentable: 'any' },
  arktype: { fallback: ({ base }: { base: unknown }) => base },
}

const ways: Readonly<Record<string, string>> = {
  valibot: 'Wrap it: toStandardJsonSchema(schema), which is in @valibot/to-json-schema.',
  zod: 'Install zod 4.2 or later, whose schemas give their JSON Schema.',
  arktype: 'Install arktype 2.1.28 or later, whose types give their JSON Schema.',
}

const otherWay =
  'Take a schema that follows Standard JSON Schema (standardschema.dev/json-schema), or make it with schema() of layer9/contracts.'

/** What a schema takes, as JSON Schema. @throws SCHEMA_NOT_READABLE */
export function readableSchema(schema: StandardSchema, name: string): JsonSchema {
  const { vendor } = schema['~standard']
  const before = known.get(schema)
  if (before) return before
  try {
    const options = { target: 'draft-2020-12', ...(lenient[vendor] && { libraryOptions: lenient[vendor] }) } as const
    const read = schema['~standard'].jsonSchema?.input(options)
    if (read) known.set(schema, read)
    if (read) return read
  } catch (cause) {
    throw textErrors.SCHEMA_NOT_READABLE({ name, vendor, way: ways[vendor] ?? otherWay }, { cause })
  }
  throw textErrors.SCHEMA_NOT_READABLE({ name, vendor, way: ways[vendor] ?? otherWay })
}
