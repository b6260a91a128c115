// Files that are kept in the storage; a row has what is known of each.
import type { Check, FieldDescription, FieldTexts } from '../description.ts'
import { ContractField } from '../field.ts'
import { isRecord, ownValue } from '../plain.ts'
import { checkCount, checkOption } from './limits.ts'

/** A file in the storage. */
export interface StoredFile {
  /** Where the storage has it. */
  readonly key: string
  /** What it was called where it came from. */
  readonly name: string
  /** Media type, as it was found out. */
  readonly type: string
  /** In bytes. */
  readonly size: number
}

/** Which files there may be. */
export interface FileOptions extends FieldTexts {
  /** Media types, like `image/png` or `image/*`. Default: any. */
  readonly accept?: readonly string[]
  /** In bytes. Default 10 MiB. */
  readonly maxSize?: number
}

/** A field made by `file()`. */
export interface FileDescription extends FieldDescription, FileOptions {
  readonly kind: 'file'
  readonly maxSize: number
}

/** The check of what is known of a file. */
export function fileCheck({ accept, maxSize }: FileDescription): Check<StoredFile> {
  return (value, validation) => {
    const file = readFile(value)
    if (!file) return validation.say('file', 'Choose a file.')
    if (file.size > maxSize)
      return validation.say('file.size', 'Choose a file of at most {maxSize} bytes.', { maxSize })
    if (accept && !accept.some((one) => isOfType(file.type, one)))
      return validation.say('file.type', 'Choose a file of these types: {accept}.', { accept: accept.join(', ') })
    return file
  }
}

/** What is known of a file, and nothing else that stands beside it. */
function readFile(value: unknown): StoredFile | undefined {
  if (!isRecord(value)) return undefined
  const key = readWord(ownValue(value, 'key'))
  const name = readWord(ownValue(value, 'name'))
  const type = readWord(ownValue(value, 'type'))
  const size = ownValue(value, 'size')
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
  return key && name && type && isSize ? { key, name, type, size } : undefined
}

/** A text of one line that a database keeps. */
function readWord(value: unknown): string | undefined {
  const isWord = typeof value === 'string' && value.length <= 1024 && value.isWellFormed()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return isWord && !/[\0-\x1F\x7F]/.test(value) ? value : undefined
}

/** Types have no case, and may have parameters: `text/plain; charset=utf-8` (RFC 9110 §8.3.1). */
function isOfType(type: string, accepted: string): boolean {
  const essence = type.split(';')[0]!.trim().toLowerCase()
  const wanted = accepted.toLowerCase()
  return wanted.endsWith('/*') ? essence.startsWith(wanted.slice(0, -1)) : essence === wanted
}

/**
 * A file in the storage.
 *
 * @throws CONTRACT_OPTION_INVALID
 * @example
 * file({ accept: ['image/*'], maxSize: 5_000_000 }).optional()
 */
export function file(options: FileOptions = {}): ContractField<StoredFile> {
  checkCount('file', 'maxSize', options.maxSize)
  const isList = options.accept?.every((one) => /^[\w!#$&^.+-]+\/(\*|[\w!#$&^.+-]+)$/.test(one)) ?? true
  const rule = 'a list of media types, like image/png or image/*'
  checkOption(isList, 'file', { option: 'accept', value: options.accept, rule })
  const description: FileDescription = { kind: 'file', maxSize: 10_485_760, ...options }
  return new ContractField(description, fileCheck(description))
}
