// What the options of fields have to be themselves: a limit that nothing can meet is a mistake where it is written.
import { fieldErrors } from '../errors.ts'

/** @throws CONTRACT_OPTION_INVALID where the option is not what the rule says */
export function checkOption(
  isGood: boolean,
  kind: string,
  given: { option: string; value: unknown; rule: string },
): void {
  if (!isGood) throw fieldErrors.CONTRACT_OPTION_INVALID({ kind, ...given })
}

/** @throws CONTRACT_OPTION_INVALID for what counts nothing */
export function checkCount(kind: string, option: string, value: number | undefined): void {
  const isGood = value === undefined || (Number.isSafeInteger(value) && value >= 0)
  checkOption(isGood, kind, { option, value, rule: 'a whole number, 0 or more' })
}

/** @throws CONTRACT_OPTION_INVALID where nothing is between both */
export function checkOrder(kind: string, min: number | undefined, max: number | undefined): void {
  const isGood = min === undefined || max === undefined || min <= max
  checkOption(isGood, kind, { option: 'max', value: max, rule: 'no less than its min' })
}

/** Limits of how long something is. @throws CONTRACT_OPTION_INVALID */
export function checkLengths(kind: string, { min, max }: { min?: number; max?: number }): void {
  checkCount(kind, 'min', min)
  checkCount(kind, 'max', max)
  checkOrder(kind, min, max)
}
