// Addresses of mail.
import type { Check, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import type { TextDescription } from './text.ts'

// What `<input type="email">` takes (HTML §4.10.5.1.5), with a dot in the domain: RFC 5322 allows comments and quotes, which
// nobody has. Each part is bounded, so that it is done in time that grows with the length alone.
const address =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?){1,8}$/

/** The longest address that mail can be sent to (RFC 5321 §4.5.3.1.3, without the brackets). */
const max = 254

/** Checks an address. Spaces around it are taken off. */
export const checkEmail: Check<string> = (value, validation) => {
  const read = typeof value === 'string' ? value.trim() : ''
  return read.length <= max && address.test(read)
    ? read
    : validation.say('email', 'Write an email address, like name@example.org.')
}

/**
 * An email address. Its case is kept; two that differ in case alone are two.
 *
 * @example
 * email({ label: 'Email' }).unique()
 */
export function email(texts: FieldTexts = {}): ContractField<string> {
  const description: TextDescription = { kind: 'email', max, ...texts }
  return new ContractField(description, checkEmail)
}
