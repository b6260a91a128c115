import { createHash } from 'node:crypto'

/**
 * What tells a migration's file from one that was changed since: SHA-256 of its text, in hexadecimal. Line ends are all
 * the same to it, since git may write others.
 */
export const checksumOf = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
