// Preconditions of a GET or HEAD (RFC 9110 §13). Nothing here has a date: tags say more, and a file's date changes with
// every copy. So If-Modified-Since and If-Unmodified-Since have nothing to be compared with and are ignored (§13.1.3).
import { type Incoming, matchesEtag } from '../../2-platform/index.ts'

/** What the preconditions say: one failed, the client has what this tag names, or go on. */
export type Judgement = 'failed' | { readonly has: string } | 'go on'

/**
 * Judges If-Match, then If-None-Match (§13.2.2).
 *
 * @param tags those of the representations that may be sent, the preferred one first
 * @example
 * const headers = { 'if-none-match': '"1a2b"' }
 * judgePreconditions({ headers }, ['"1a2b-br"', '"1a2b"']) // { has: '"1a2b"' }
 */
export function judgePreconditions(incoming: Pick<Incoming, 'headers'>, tags: readonly string[]): Judgement {
  const wanted = incoming.headers['if-match']
  if (wanted !== undefined && !tags.some((tag) => namesStrongly(wanted, tag))) return 'failed'
  const has = tags.find((tag) => matchesEtag(incoming, tag))
  return has === undefined ? 'go on' : { has }
}

/** The strong comparison: a weak tag is none's (§8.8.3.2). */
function namesStrongly(header: string | string[], tag: string): boolean {
  return typeof header === 'string' && header.split(',').some((one) => one.trim() === tag || one.trim() === '*')
}
