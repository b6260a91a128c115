import { NotFound } from 'layer9/contracts'
import type { ErrorCode } from '~/contracts/error-code'
import all from '~/services/error-codes.json'

/** All codes in the order of the alphabet. */
export const allErrors = (): readonly ErrorCode[] => all

/** @throws NotFound when no error has this code */
export function findError(code: string): ErrorCode {
  const found = all.find((error) => error.code === code)
  if (!found) throw new NotFound('error code')
  return found
}
