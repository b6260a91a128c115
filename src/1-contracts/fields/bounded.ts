// What is handed to schemas of other libraries.
import { isRecord } from '../plain.ts'
import type { Validation } from '../validation.ts'

/**
 * Whether a value of any form may be handed to a schema that knows no bounds: as deep and as long as validation goes, and
 * without what is computed when it is read. What circles is too deep. Instances (`Date`, `Map`, `File`) are one value each.
 */
export function isBounded(value: unknown, validation: Validation): boolean {
  if (typeof value === 'string') return validation.countCharacters(value.length)
  const isList = Array.isArray(value)
  if (!isList && !isRecord(value)) return true
  if (isList && !validation.hasRoom(value.length)) return false
  const keys = isList ? Array.prototype.keys.call(value) : Object.keys(value)
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property && !('value' in property)) {
      validation.inside(key, () => validation.say('value.computed', 'Give plain data.'))
      return false
    }
    const isGood = validation.inside(key, () => isBounded(property?.value, validation))
    if (isGood !== true) return false
  }
  return true
}
