// Files that are kept in the storage; a row has what is known of each.
import { type Check, ContractField, type FieldDescription, type FieldTexts } from '../field.ts'

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
    const { key, name, type, size } = (typeof value === 'object' ? (value ?? {}) : {}) as Partial<StoredFile>
    const isFile = [key, name, type].every((one) => typeof one === 'string' && one.length <= 1024)
    if (!isFile || !Number.isSafeInteger(size) || size! < 0) return validation.say('file', 'Choose a file.')
    if (size! > maxSize) return validation.say('file.size', 'Choose a file of at most {maxSize} bytes.', { maxSize })
    if (accept && !accept.some((one) => isOfType(type!, one)))
      return validation.say('file.type', 'Choose a file of these types: {accept}.', { accept: accept.join(', ') })
    return { key: key!, name: name!, type: type!, size: size! }
  }
}

function isOfType(type: string, accepted: string): boolean {
  return accepted.endsWith('/*') ? type.startsWith(accepted.slice(0, -1)) : type === accepted
}

/**
 * A file in the storage.
 *
 * @example
 * file({ accept: ['image/*'], maxSize: 5_000_000 }).optional()
 */
export function file(options: FileOptions = {}): ContractField<StoredFile> {
  const description: FileDescription = { kind: 'file', maxSize: 10_485_760, ...options }
  return new ContractField(description, fileCheck(description))
}
