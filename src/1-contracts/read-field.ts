// Reading values by their fields. Apart from what makes fields, for a browser that validates makes none.
import type { CheckedField, FieldDescription } from './description.ts'
import { isRecord, ownValue } from './plain.ts'
import type { Validation } from './validation.ts'

/** Kinds that know what `now` is. */
export const moments: ReadonlyMap<string, () => unknown> = /*#__PURE__*/ new Map<string, () => unknown>([
  ['timestamp', () => new Date()],
  // The calendar's day in UTC: which day it is elsewhere, only the app can say.
  ['date', () => new Date().toISOString().slice(0, 10)],
])

/**
 * Reads the value of a field, which may be missing. Where it is absent and may be, the result is `undefined`.
 */
export function readField({ description, check }: CheckedField, value: unknown, validation: Validation): unknown {
  if (value === undefined) {
    if ('default' in description) return defaultOf(description)
    return description.absent || description.made ? undefined : sayRequired(validation)
  }
  if (value === null) return description.null ? null : sayRequired(validation)
  return check(value, validation)
}

/** What stands in the place of a value that was left out: each time a value of its own. */
function defaultOf(description: FieldDescription): unknown {
  const now = moments.get(description.kind)
  // A copy: what one request does to its list is nothing to the next one.
  return description.default === 'now' && now ? now() : copyOf(description.default)
}

/** Data that nobody else has. */
export const copyOf = (value: unknown): unknown => (typeof value === 'object' ? structuredClone(value) : value)

function sayRequired(validation: Validation): undefined {
  validation.say('required', 'Fill this in.')
}

/**
 * Reads what has these fields, into an object of its own.
 *
 * @returns undefined where the value is no object
 */
export function readFields(
  fields: Readonly<Record<string, CheckedField>>,
  value: unknown,
  validation: Validation,
): Record<string, unknown> | undefined {
  if (!isRecord(value)) return validation.say('object', 'Give the fields by their names.')
  const read: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const own = validation.inside(name, () => readField(field, ownValue(value, name), validation))
    if (own !== undefined) read[name] = own
  }
  return read
}
