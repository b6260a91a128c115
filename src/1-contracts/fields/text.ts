// Texts that people write.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { compilePattern, readPattern } from '../linear-pattern.ts'
import { checkLengths } from './limits.ts'

/** What a text may be. Lengths count UTF-16 code units, as `maxlength` of HTML does. */
export interface TextOptions extends FieldTexts {
  /** Default 0: an empty text is a text. */
  readonly min?: number
  /** Default 10,000. */
  readonly max?: number
  /**
   * What the whole of it has to look like: the anchors `^` and `$` may be left out. It is matched in linear time, so it
   * has no back references and no look-around, and is read as with the flag u.
   */
  readonly pattern?: RegExp
  /** Whether spaces at both ends are taken off before anything is looked at. Default false. */
  readonly trim?: boolean
  /** Whether it may have line breaks. Default false. */
  readonly multiline?: boolean
}

/** A field made by `text()`, `email()` or `url()`. */
export interface TextDescription extends FieldDescription, Omit<TextOptions, 'pattern'> {
  readonly kind: 'text' | 'email' | 'url'
  readonly max: number
  /** The source of the pattern. */
  readonly pattern?: string
}

/** Where nothing is said. */
const longest = 10_000

/**
 * A text. Control characters other than tabs (and line breaks, where it has several lines) are no part of one.
 *
 * @throws CONTRACT_OPTION_INVALID, CONTRACT_PATTERN_REFUSED
 * @example
 * text({ min: 1, max: 200, label: 'Title' })
 */
export function text(options: TextOptions = {}): ContractField<string> {
  const { pattern, ...rest } = options
  checkLengths('text', { max: longest, ...rest })
  const description: TextDescription = {
    kind: 'text',
    max: longest,
    ...rest,
    ...(pattern ? { pattern: readPattern(pattern) } : {}),
  }
  return new ContractField(description, textCheck(description))
}

/** The check of a text. */
export function textCheck(description: TextDescription): Check<string> {
  const { pattern } = description
  const matches = pattern === undefined ? undefined : compilePattern(pattern)
  return (value, validation) => {
    const read = readText(value, description, validation)
    // After its length: what is too long is not looked at any further.
    if (read === undefined || !matches || matches(read)) return read
    return validation.say('text.pattern', 'This does not have the right form.')
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/

function readText(
  value: unknown,
  description: TextDescription,
  validation: Parameters<Check<string>>[1],
): string | undefined {
  if (typeof value !== 'string') return validation.say('text', 'Write a text.')
  const read = description.trim ? value.trim() : value
  const { min = 0, max } = description
  if (read.length < min) {
    return read === ''
      ? validation.say('required', 'Fill this in.')
      : validation.say('text.min', 'Use at least {min} characters.', { min })
  }
  if (read.length > max) return validation.say('text.max', 'Use at most {max} characters.', { max })
  // A database keeps neither: Postgres refuses NUL, and half a surrogate pair is nothing in UTF-8.
  if (control.test(read) || !read.isWellFormed())
    return validation.say('text.characters', 'Leave out control characters.')
  if (!description.multiline && /[\n\r]/.test(read)) return validation.say('text.lines', 'Write this in one line.')
  return read
}
