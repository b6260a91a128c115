import { hash } from 'node:crypto'
import type { Incoming } from './exchange.ts'

/**
 * A weak entity tag of a text (RFC 9110 §8.8.3): weak, because compression changes the bytes and not the meaning.
 *
 * @example
 * etagOf('<p>Hello</p>')   // W/"…"
 */
export function etagOf(text: string | Uint8Array): string {
  return `W/"${hash('sha1', text, 'base64url')}"`
}

/**
 * Whether the visitor's `If-None-Match` names this tag, compared weakly (RFC 9110 §13.1.2), so that a 304 is the answer.
 */
export function matchesEtag(incoming: Pick<Incoming, 'headers'>, etag: string): boolean {
  const header = incoming.headers['if-none-match']
  if (typeof header !== 'string') return false
  if (header === etag || header === '*') return true
  const opaque = etag.replace(/^W\//, '')
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === opaque)
}
