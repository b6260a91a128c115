// Values as TypeScript writes them, in the style of the rest of the file.

/** A text in single quotes. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inside}'`
}

/** A name as a key of an object: in quotes where it has to be. */
const keyed = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

/**
 * A value of a column.
 *
 * @example
 * literal({ tags: ['a'] }) // "{ tags: ['a'] }"
 */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof Date) return value.getTime() === 0 ? 'new Date(0)' : `new Date('${value.toISOString()}')`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([name, one]) => `${keyed(name)}: ${literal(one)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** A call on a line of its own, or its arguments each on one where they do not fit. Lines have 120 characters. */
export function call(name: string, given: readonly string[], indent: string): string {
  const line = `${indent}${name}(${given.join(', ')})`
  if (line.length <= 120) return line
  return [`${indent}${name}(`, ...given.map((one) => `${indent}  ${one},`), `${indent})`].join('\n')
}
