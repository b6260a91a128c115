// A field as a migration writes it: the call that makes it, with what the database is told and nothing else.
import type {
  ArrayDescription,
  DecimalDescription,
  OneOfDescription,
  ReferenceDescription,
} from '../../1-contracts/index.ts'
import { literal, quoted } from './literal.ts'
import { isReference, type StoredField } from './shape.ts'

/**
 * The text of a field.
 *
 * @example
 * fieldText(decimal({ scale: 2 }).optional().description) // 'decimal({ scale: 2 }).optional()'
 */
export function fieldText(field: StoredField, isUnique = false): string {
  const hasDefault = 'default' in field
  return [
    kindText(field),
    field.null ? (hasDefault ? '.nullable()' : '.optional()') : '',
    hasDefault ? `.default(${literal(field.default)})` : '',
    isUnique ? '.unique()' : '',
  ].join('')
}

function kindText(field: StoredField): string {
  if (isReference(field)) return referenceText(field)
  const given = argumentsOf[field.kind]
  return `${field.kind}(${given ? given(field) : ''})`
}

const argumentsOf: Readonly<Record<string, (field: StoredField) => string>> = {
  text: textArguments,
  json: () => 'anything',
  decimal: (field) => `{ scale: ${(field as DecimalDescription).scale} }`,
  oneOf: (field) => (field as OneOfDescription).values.map(quoted).join(', '),
  array: ({ default: value, ...field }) => fieldText((field as ArrayDescription).item),
}

/** A field refuses a default that it would not take itself: long ones, and those of several lines, are to be allowed. */
function textArguments({ default: value }: StoredField): string {
  if (typeof value !== 'string') return ''
  const options = [
    ...(value.length > 10_000 ? [`max: ${value.length}`] : []),
    ...(/[\n\r]/.test(value) ? ['multiline: true'] : []),
  ]
  return options.length === 0 ? '' : `{ ${options.join(', ')} }`
}

function referenceText({ to, onDelete, key }: ReferenceDescription): string {
  const options = [
    ...(onDelete === 'restrict' ? [] : [`onDelete: ${quoted(onDelete)}`]),
    ...(key.kind === 'id' ? [] : [`key: ${fieldText(key)}`]),
  ]
  return `reference(${[quoted(to), ...(options.length === 0 ? [] : [`{ ${options.join(', ')} }`])].join(', ')})`
}

/** The functions of the contracts that a text of fields calls. */
export function functionsIn(text: string): string[] {
  const called = new Set(text.match(/\b[a-zA-Z]+(?=\()/g))
  return fieldFunctions.filter((name) => called.has(name))
}

const fieldFunctions = [
  'array',
  'boolean',
  'date',
  'decimal',
  'email',
  'file',
  'id',
  'integer',
  'json',
  'number',
  'oneOf',
  'reference',
  'text',
  'timestamp',
  'url',
]
