// JSON as it is stored: one text for one value, so that equal values are equal in SQLite too, whose JSON is text. The
// names stand in the order in which Postgres keeps them in `jsonb` (shorter ones first, then by their bytes), and so a
// value comes back with its names in the same order from both.
import { tableErrors } from './table-errors.ts'

/** As deep as an input may be (validation), twice: what a service makes itself may be deeper. */
const mostLevels = 64

/**
 * Writes plain data.
 *
 * @throws DATA_VALUE for what is no JSON: functions, NaN, NUL in a text, an object that holds itself
 * @example
 * writeJson({ long: 1, a: [true, null] }) // '{"a":[true,null],"long":1}'
 */
export function writeJson(value: unknown): string {
  return write(value, 0) ?? refuse(value)
}

/** @returns undefined for what JSON leaves out */
function write(value: unknown, level: number): string | undefined {
  if (level > mostLevels) return refuse(`${mostLevels} levels`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(value)
  if (typeof value === 'string') return writeText(value)
  if (typeof value !== 'object') return value === undefined ? undefined : refuse(typeof value)
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(), level + 1)
  // Holes are null too, as JSON has it.
  if (Array.isArray(value)) return `[${Array.from(value, (one) => write(one, level + 1) ?? 'null').join(',')}]`
  const parts: string[] = []
  for (const name of Object.keys(value).sort(byLength)) {
    const written = write((value as Record<string, unknown>)[name], level + 1)
    if (written !== undefined) parts.push(`${writeText(name)}:${written}`)
  }
  return `{${parts.join(',')}}`
}

function writeText(text: string): string {
  // `jsonb` has neither; see `encodeText` of the columns of text.
  if (text.includes('\0') || !text.isWellFormed()) return refuse(text)
  return JSON.stringify(text)
}

function byLength(left: string, right: string): number {
  const difference = Buffer.byteLength(left) - Buffer.byteLength(right)
  return difference === 0 ? Buffer.compare(Buffer.from(left), Buffer.from(right)) : difference
}

function refuse(value: unknown): never {
  throw tableErrors.DATA_VALUE({ kind: 'JSON', value: String(value).slice(0, 80) })
}
