// The errors of the contracts, one catalogue a subject so that the browser gets only the texts of what it uses.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from './catalogue.ts'
import { drawValue } from './plain.ts'

/** What `encode` cannot write. */
type EncodeErrors = {
  CODEC_UNSUPPORTED: ErrorEntry<{ path: string; kind: string }>
  CODEC_TOO_DEEP: ErrorEntry<{ path: string; limit: number }>
}

const encode: EncodeErrors = {
  CODEC_UNSUPPORTED: {
    message: ({ path, kind }) => `${path} is ${kind}, which cannot cross the wire.`,
    fix: () => 'Send plain data: text, numbers, booleans, dates, bigints, arrays, objects, maps and sets.',
  },
  CODEC_TOO_DEEP: {
    message: ({ path, limit }) => `The data is nested deeper than ${limit} levels: ${path}.`,
    fix: () => 'Send nothing that contains itself.',
  },
}

/** @see EncodeErrors */
export const encodeErrors: ErrorCatalogue<EncodeErrors> = /*#__PURE__*/ defineErrors(encode)

/** What `decode` refuses. */
type DecodeErrors = {
  CODEC_EXCEEDED: ErrorEntry<{ what: string; limit: number }>
  CODEC_MALFORMED: ErrorEntry<{ reason: string }>
}

const decode: DecodeErrors = {
  CODEC_EXCEEDED: {
    message: ({ what, limit }) => `The text is over its limit of ${what}: ${limit}.`,
    fix: () => 'Send less at once.',
  },
  CODEC_MALFORMED: {
    message: ({ reason }) => `The text is not what encode() writes: ${reason}.`,
    fix: () => 'Decode only what encode() of the same version wrote.',
  },
}

/** @see DecodeErrors */
export const decodeErrors: ErrorCatalogue<DecodeErrors> = /*#__PURE__*/ defineErrors(decode)

/** What `href` refuses. */
type HrefErrors = {
  HREF_PARAM_MISSING: ErrorEntry<{ pattern: string; param: string }>
  HREF_PARAM_INVALID: ErrorEntry<{ pattern: string; param: string; value: unknown; reason: string }>
  HREF_PATTERN_INVALID: ErrorEntry<{ pattern: string }>
}

const href: HrefErrors = {
  HREF_PARAM_MISSING: {
    message: ({ pattern, param }) => `The link to ${pattern} has no "${param}".`,
    fix: ({ param }) => `Give href() a value for "${param}" that is not empty.`,
  },
  HREF_PARAM_INVALID: {
    message: ({ pattern, param, reason }) =>
      `The link to ${pattern} has a "${param}" that no URL can carry: ${reason}.`,
    fix: ({ param }) => `Give "${param}" a value that stands for one part of a path, or use a query parameter.`,
  },
  HREF_PATTERN_INVALID: {
    message: ({ pattern }) => `"${pattern}" is no route pattern: it does not begin with one "/".`,
    fix: () => 'Write the pattern as the routes folder has it, such as "/posts/[id]".',
  },
}

/** @see HrefErrors */
export const hrefErrors: ErrorCatalogue<HrefErrors> = /*#__PURE__*/ defineErrors(href)

/** What `redirect` refuses. */
type RedirectErrors = {
  REDIRECT_NOT_A_PATH: ErrorEntry<{ to: string }>
  REDIRECT_FOREIGN: ErrorEntry<{ to: string; allowed: readonly string[] }>
}

const redirect: RedirectErrors = {
  REDIRECT_NOT_A_PATH: {
    message: ({ to }) => `redirect() was given "${to}", which is not a path of this app.`,
    fix: () =>
      'Give it a path that begins with one "/" (best from href()), or use redirect.external() with a list of origins.',
  },
  REDIRECT_FOREIGN: {
    message: ({ to, allowed }) =>
      `redirect.external() was given "${to}", whose origin is not among: ${allowed.join(', ')}.`,
    fix: () => 'Add the origin to the list if it is to be trusted.',
  },
}

/** @see RedirectErrors */
export const redirectErrors: ErrorCatalogue<RedirectErrors> = /*#__PURE__*/ defineErrors(redirect)

/** What a contract cannot write as JSON Schema. */
type JsonSchemaErrors = {
  JSON_SCHEMA_TARGET: ErrorEntry<{ target: string; known: readonly string[] }>
}

const jsonSchemas: JsonSchemaErrors = {
  JSON_SCHEMA_TARGET: {
    message: ({ target }) => `Contracts are not written as JSON Schema for "${target}".`,
    fix: ({ known }) => `Ask for one of these targets: ${known.join(', ')}.`,
  },
}

/** @see JsonSchemaErrors */
export const jsonSchemaErrors: ErrorCatalogue<JsonSchemaErrors> = /*#__PURE__*/ defineErrors(jsonSchemas)

/** What text cannot be read by. */
type TextErrors = {
  SCHEMA_NOT_READABLE: ErrorEntry<{ name: string; vendor: string; way: string }>
}

const texts: TextErrors = {
  SCHEMA_NOT_READABLE: {
    message: ({ name, vendor }) =>
      `${name} is a schema of ${vendor} that gives no JSON Schema, so text of forms and URLs cannot be read by it.`,
    fix: ({ way }) => way,
  },
}

/** @see TextErrors */
export const textErrors: ErrorCatalogue<TextErrors> = /*#__PURE__*/ defineErrors(texts)

/** What is wrong with a pattern. */
type PatternErrors = {
  CONTRACT_PATTERN_REFUSED: ErrorEntry<{ pattern: string; construct: string; instead: string }>
}

const patterns: PatternErrors = {
  CONTRACT_PATTERN_REFUSED: {
    message: ({ pattern, construct }) =>
      `The pattern /${pattern}/ has ${construct}: it cannot be matched in linear time, as patterns of fields are.`,
    fix: ({ instead }) => instead,
  },
}

/** @see PatternErrors */
export const patternErrors: ErrorCatalogue<PatternErrors> = /*#__PURE__*/ defineErrors(patterns)

/** What is wrong with a contract. */
type FieldErrors = {
  CONTRACT_NAME: ErrorEntry<{ name: string }>
  CONTRACT_KEY: ErrorEntry<{ name: string; key: readonly string[]; reason: string }>
  CONTRACT_SET_NULL: ErrorEntry<{ name: string; field: string }>
  CONTRACT_FIELD_NAME: ErrorEntry<{ name: string }>
  CONTRACT_FIELD_INVALID: ErrorEntry<{ name: string }>
  CONTRACT_FIELD_TWICE: ErrorEntry<{ name: string; other: string }>
  CONTRACT_FIELD_UNKNOWN: ErrorEntry<{ name: string; known: readonly string[] }>
  CONTRACT_DEFAULT_INVALID: ErrorEntry<{ kind: string; value: unknown; problem: string }>
  CONTRACT_OPTION_INVALID: ErrorEntry<{ kind: string; option: string; value: unknown; rule: string }>
  CONTRACT_ARRAY_ITEM: ErrorEntry<{ kind: string }>
}

const fields: FieldErrors = {
  CONTRACT_NAME: {
    message: ({ name }) => `"${name}" is no name for an entity.`,
    fix: () =>
      'Name it in the plural, in lower case letters, digits and "_", for example "blog_posts" ("sqlite_…" and "pg_…" are taken).',
  },
  CONTRACT_KEY: {
    message: ({ name, reason }) => `The entity "${name}" ${reason}.`,
    fix: () => 'Give it one field made by id(), or name the fields of its key: entity(name, fields, { key: […] }).',
  },
  CONTRACT_SET_NULL: {
    message: ({ name, field }) =>
      `"${field}" of "${name}" is to become null when the row it names is deleted, but may not be null.`,
    fix: ({ field }) => `Make "${field}" optional(), or take another onDelete.`,
  },
  CONTRACT_FIELD_NAME: {
    message: ({ name }) => `"${name}" is no name for a field.`,
    fix: () => 'Begin it with a letter, and use letters, digits and "_", at most 63.',
  },
  CONTRACT_FIELD_INVALID: {
    message: ({ name }) => `The field "${name}" is not made by a function of layer9/contracts.`,
    fix: () => 'Make it with text(), integer() and the like; for a schema of another library write json(schema).',
  },
  CONTRACT_FIELD_TWICE: {
    message: ({ name, other }) =>
      name === other
        ? `The field "${name}" is named twice.`
        : `The fields "${other}" and "${name}" differ in case alone.`,
    fix: ({ name }) => `Leave out "${name}" or give it another name: a database takes both for the same column.`,
  },
  CONTRACT_FIELD_UNKNOWN: {
    message: ({ name, known }) => `There is no field "${name}": the contract has ${known.join(', ')}.`,
    fix: () => 'Name a field that the contract has.',
  },
  CONTRACT_DEFAULT_INVALID: {
    message: ({ kind, value, problem }) =>
      `The default ${drawValue(value)} is no value of this ${kind} field: ${problem}`,
    fix: () => 'Give a default that the field itself would take.',
  },
  CONTRACT_OPTION_INVALID: {
    message: ({ kind, option, value, rule }) =>
      `${kind}() was given ${drawValue(value)} as its ${option}, which has to be ${rule}.`,
    fix: ({ option, rule }) => `Let its ${option} be ${rule}.`,
  },
  CONTRACT_ARRAY_ITEM: {
    message: ({ kind }) =>
      `An array cannot hold this ${kind} field: its items are single values, never missing, null or unique.`,
    fix: () => 'Take a single value for its items, or json() with the schema of a list.',
  },
}

/** @see FieldErrors */
export const fieldErrors: ErrorCatalogue<FieldErrors> = /*#__PURE__*/ defineErrors(fields)

/** What a schema in a field does that it may not. */
type SchemaErrors = {
  SCHEMA_ASYNCHRONOUS: ErrorEntry<{ vendor: string }>
}

const schemas: SchemaErrors = {
  SCHEMA_ASYNCHRONOUS: {
    message: ({ vendor }) => `A schema of ${vendor} answers with a promise where the answer is needed at once.`,
    fix: () => 'Use a schema without asynchronous steps in json(), and check what takes time in a service.',
  },
}

/** @see SchemaErrors */
export const schemaErrors: ErrorCatalogue<SchemaErrors> = /*#__PURE__*/ defineErrors(schemas)
