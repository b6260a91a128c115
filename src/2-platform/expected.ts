// What a field takes, in words for whoever sets a variable.
import { type FieldDescription, text } from '../1-contracts/index.ts'

/** What is read of the descriptions of all kinds. */
interface Described extends FieldDescription {
  readonly min?: number | string
  readonly max?: number | string
  readonly scale?: number
  readonly pattern?: string
  readonly values?: readonly string[]
  readonly item?: Described
}

/**
 * What is expected of a variable: `a whole number from 1 to 65535`, and what its field says for people.
 *
 * @example
 * expectedOf('PORT', integer({ min: 1 }).description) // 'a whole number of 1 or more'
 */
export function expectedOf(name: string, description: Described): string {
  const { label, help } = description
  const words = [label === name ? undefined : label, help].filter(Boolean).join(': ')
  return words === '' ? inWords(description) : `${inWords(description)} (${words})`
}

function inWords(description: Described): string {
  return (kinds[description.kind] ?? anything)(description)
}

/** Where a text says nothing of its length, nobody asks for it. */
const { max: unlimited }: Described = text().description

const anything = (): string => 'a value that its schema takes'

const kinds: Readonly<Record<string, (description: Described) => string>> = {
  text: ({ min, max, pattern }) =>
    `a text${within(min || undefined, max === unlimited ? undefined : max, ' characters')}${pattern === undefined ? '' : ` that matches /${pattern}/`}`,
  email: () => 'an email address',
  url: () => 'a web address, like https://example.org',
  integer: ({ min, max }) => `a whole number${within(min, max)}`,
  number: ({ min, max }) => `a number${within(min, max)}`,
  decimal: ({ min, max, scale }) => `a number${within(min, max)}, with at most ${scale} digits behind the point`,
  boolean: () => 'true or false',
  date: () => 'a day, like 2030-01-31',
  timestamp: () => 'a moment, like 2030-01-31T12:00:00Z',
  oneOf: ({ values = [] }) => (values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`),
  id: () => 'a UUID',
  array: ({ item }) => (item ? `a list, with commas between, of which each is ${inWords(item)}` : 'a list'),
}

function within(min: unknown, max: unknown, unit = ''): string {
  if (min === undefined) return max === undefined ? '' : ` of ${max}${unit} or less`
  return max === undefined ? ` of ${min}${unit} or more` : ` of ${min} to ${max}${unit}`
}
