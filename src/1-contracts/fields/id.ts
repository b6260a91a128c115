// Ids that sort by the time when they were made: UUID version 7 (RFC 9562 §5.7).
import type { Check } from '../description.ts'
import { ContractField } from '../field.ts'

let lastTime = 0
let counter = 0

/**
 * A new id: 48 bits of time in milliseconds, then a counter within the millisecond that begins anywhere in its lower
 * half, then chance (RFC 9562 §6.2, method 1), so that ids of one process sort in the order in which they were made.
 *
 * @example
 * createId() // '…-…-7…-…-…' (36 characters, lower case)
 */
export function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const now = Date.now()
  if (now > lastTime) {
    lastTime = now
    counter = ((bytes[6]! << 8) | bytes[7]!) & 0x7ff
  } else if (++counter > 0xfff) {
    // More than two thousand in a millisecond, or a clock that was set back: the next millisecond is taken early.
    lastTime++
    counter = 0
  }
  let time = lastTime
  for (let at = 5; at >= 0; at--) {
    bytes[at] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Checks the text of an id: any UUID in its usual form (RFC 9562 §4), in lower case. */
export const checkId: Check<string> = (value, validation) =>
  typeof value === 'string' && uuid.test(value) ? value : validation.say('id', 'This is no id.')

/**
 * The id of an entity, made by the framework: unique everywhere, sorted by the time when it was made.
 *
 * @example
 * entity('posts', { id: id(), title: text() })
 */
export function id(): ContractField<string, 'made'> {
  return new ContractField({ kind: 'id', made: true, unique: true }, checkId)
}
