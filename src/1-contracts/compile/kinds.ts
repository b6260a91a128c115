// How a field of each kind is checked, as code: a browser gets the call of its check, made from the description alone.
import type { FieldDescription } from '../description.ts'
import type { AnyField } from '../field.ts'
import { arrayCheck } from '../fields/array.ts'
import { checkBoolean } from '../fields/boolean.ts'
import { decimalCheck } from '../fields/decimal.ts'
import { checkEmail } from '../fields/email.ts'
import { fileCheck } from '../fields/file.ts'
import { checkId } from '../fields/id.ts'
import { jsonCheck } from '../fields/json.ts'
import { numberCheck } from '../fields/number.ts'
import { oneOfCheck } from '../fields/one-of.ts'
import { listCheck } from '../fields/reference.ts'
import { textCheck } from '../fields/text.ts'
import { checkDate, checkTimestamp } from '../fields/time.ts'
import { checkUrl } from '../fields/url.ts'

/** Writes values as code; undefined for what cannot be written. */
export interface CodeWriter {
  /** Data, and contracts in it. */
  data(value: unknown): string | undefined
  /** As much of a schema as validating needs. */
  validated(schema: unknown): string | undefined
}

/** A check, and the code that makes it again. */
interface CheckCode {
  readonly check: unknown
  readonly code: string
}

/** Checks that need nothing of the description. */
const plain: Readonly<Record<string, CheckCode>> = {
  id: { check: checkId, code: 'contracts.checkId' },
  email: { check: checkEmail, code: 'contracts.checkEmail' },
  url: { check: checkUrl, code: 'contracts.checkUrl' },
  boolean: { check: checkBoolean, code: 'contracts.checkBoolean' },
  date: { check: checkDate, code: 'contracts.checkDate' },
  timestamp: { check: checkTimestamp, code: 'contracts.checkTimestamp' },
}

/** Checks that are made from the description alone. */
const made: Readonly<Record<string, readonly [name: string, make: (description: never) => unknown]>> = {
  text: ['textCheck', textCheck],
  integer: ['numberCheck', numberCheck],
  number: ['numberCheck', numberCheck],
  decimal: ['decimalCheck', decimalCheck],
  oneOf: ['oneOfCheck', oneOfCheck],
  file: ['fileCheck', fileCheck],
}

/** What single kinds add to a description. */
interface Described extends FieldDescription {
  readonly item: Described
  readonly key: Described
  readonly schema: unknown
}

/** What no check looks at: words for people, and what other layers make of a field. */
const unread = new Set(['label', 'help', 'placeholder', 'unique', 'item', 'key', 'to', 'onDelete', 'schema'])

/** As much of a description as checking needs. */
export function checkedPart(description: FieldDescription): Record<string, unknown> {
  return Object.fromEntries(Object.entries(description).filter(([key]) => !unread.has(key)))
}

/**
 * The check of a field, written anew; undefined where it is none of ours, as in a field that an app made by the class, or
 * needs what cannot be written, as the schema of another library.
 */
export function writeCheck({ description, check }: AnyField, writer: CodeWriter): string | undefined {
  const again = checkOf(description as Described, writer)
  // Functions of one text that our own modules made differ in the description alone, and that is the same.
  return again && String(again.check) === String(check) ? again.code : undefined
}

function checkOf(description: Described, writer: CodeWriter): CheckCode | undefined {
  const { kind, item, key, schema } = description
  if (Object.hasOwn(plain, kind)) return plain[kind]
  if (kind === 'reference') return checkOf(key, writer)
  if (kind === 'references') {
    const inner = checkOf(key, writer)
    return inner && { check: listCheck(inner.check as never), code: call('listCheck', inner.code) }
  }
  if (kind === 'json') {
    const code = writer.validated(schema)
    return code
      ? { check: jsonCheck({ schema: schema as never }), code: call('jsonCheck', `{ schema: ${code} }`) }
      : undefined
  }
  const part = writer.data(checkedPart(description))
  if (kind === 'array') {
    const inner = checkOf(item, writer)
    const checked = inner && `{ description: ${writer.data(checkedPart(item))}, check: ${inner.code} }`
    const check = arrayCheck(description as never, { description: item, check: inner?.check as never })
    return checked && part ? { check, code: call('arrayCheck', part, checked) } : undefined
  }
  const [name, make] = (Object.hasOwn(made, kind) && made[kind]) || []
  return name && make && part ? { check: make(description as never), code: call(name, part) } : undefined
}

/** A call without effects: a bundler drops it where nobody takes what it makes. */
const call = (name: string, ...given: string[]): string => `/*#__PURE__*/ contracts.${name}(${given.join(', ')})`
