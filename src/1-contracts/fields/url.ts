// Addresses of the web.
import { type Check, ContractField, type FieldTexts } from '../field.ts'
import type { TextDescription } from './text.ts'

/** What every browser and proxy takes. */
const max = 2048

/** Checks a URL: absolute, `http` or `https`, without a name and password in it. It is kept as it was written. */
export const checkUrl: Check<string> = (value, validation) => {
  const read = typeof value === 'string' ? value.trim() : ''
  const url = read.length <= max && !/[\s\\]/.test(read) ? URL.parse(read) : null
  const isGood = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
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
