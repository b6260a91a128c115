// Addresses of the web.
import type { Check, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import type { TextDescription } from './text.ts'

/** What every browser and proxy takes. */
const max = 2048

// With both slashes: `https:example.org` is a whole address to `URL`, but a relative one in a link. Nothing in it that a URL
// has to encode and some reader takes for an end of it: spaces, control characters, backslashes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const form = /^https?:\/\/[^\s\\/?#\0-\x1F\x7F][^\s\\\0-\x1F\x7F]*$/i

/** Checks a URL: absolute, `http` or `https`, without a name and password in it. It is kept as it was written. */
export const checkUrl: Check<string> = (value, validation) => {
  const read = typeof value === 'string' ? value.trim() : ''
  const url = read.length <= max && form.test(read) && read.isWellFormed() ? URL.parse(read) : null
  const isGood = url !== null && url.username === '' && url.password === ''
  return isGood ? read : validation.say('url', 'Write a whole address, like https://example.org/page.')
}

/**
 * The address of a page. A link to it cannot run a script: `javascript:` and the like are refused.
 *
 * @example
 * url({ label: 'Website' }).optional()
 */
export function url(texts: FieldTexts = {}): ContractField<string> {
  const description: TextDescription = { kind: 'url', max, ...texts }
  return new ContractField(description, checkUrl)
}
