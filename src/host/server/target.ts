// The request target, made canonical once (SECURITY I1): what is not canonical is refused or moved, never repaired in
// place, so that nothing behind the ingress can read it another way.

/** What a raw request target is: the one form, another writing of it, or none. */
export type Target =
  | { readonly kind: 'canonical'; readonly path: string; readonly search: string }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Most targets: parts of characters that need no encoding, none beginning with a dot, a query without `%`. Each
 * character can match in one place only, so the time is linear.
 */
const PLAIN = /^(?:\/[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)+(?:\?[\w.~!$&'()*+,;=:@/?-]*)?$/

/**
 * Reads the target of a request line as node:http gives it.
 *
 * Refused: what does not begin with `/`, invalid percent-encoding or UTF-8, encoded `/` `\` and NUL, dot segments in any
 * encoding, backslashes, control characters. Moved to the one form: trailing and double slashes, lower-case hex digits,
 * encoded letters that need no encoding (RFC 3986 §6.2.2), raw characters that do.
 *
 * @example
 * readTarget('/a//b/')   // { kind: 'moved', to: '/a/b' }
 */
export function readTarget(raw: string): Target {
  if (PLAIN.test(raw)) {
    const mark = raw.indexOf('?')
    if (mark < 0) return { kind: 'canonical', path: raw, search: '' }
    return { kind: 'canonical', path: raw.slice(0, mark), search: mark + 1 === raw.length ? '' : raw.slice(mark) }
  }
  if (raw === '/') return { kind: 'canonical', path: '/', search: '' }
  return readSlowly(raw)
}

function readSlowly(raw: string): Target {
  if (raw[0] !== '/') return refuse('no slash at its beginning')
  if (/[^\u0021-\u007e]|#/.test(raw)) return refuse('a character that no URL holds')
  const mark = raw.indexOf('?')
  const path = mark < 0 ? raw : raw.slice(0, mark)
  const search = mark < 0 || mark + 1 === raw.length ? '' : raw.slice(mark)
  const wrong = findWrong(search)
  if (wrong) return refuse(`${wrong} in the query`)
  const parts: string[] = []
  for (const part of path.slice(1).split('/')) {
    const bad = findWrong(part) ?? findForbidden(decodeURIComponent(part))
    if (bad) return refuse(`${bad} in the path`)
    if (part !== '') parts.push(normalise(part))
  }
  const canonical = `/${parts.join('/')}`
  return canonical === path ? { kind: 'canonical', path, search } : { kind: 'moved', to: canonical + search }
}

function refuse(reason: string): Target {
  return { kind: 'refused', reason }
}

/** What is wrong with the encoding itself, in path and query alike. */
function findWrong(text: string): string | undefined {
  if (!text.includes('%')) return undefined
  if (text.includes('%00')) return 'an encoded NUL'
  try {
    // The result is looked at, though it is never empty: a bundler drops a call whose only effect is that it may throw.
    return decodeURIComponent(text) === '' ? 'nothing' : undefined
  } catch {
    return 'invalid percent-encoding or UTF-8'
  }
}

/** What no part of a path may be once decoded. */
function findForbidden(decoded: string): string | undefined {
  if (decoded === '.' || decoded === '..') return 'a dot segment'
  if (decoded.includes('/')) return 'an encoded slash'
  if (decoded.includes('\\')) return 'a backslash'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  return /[\u0000-\u001f\u007f]/.test(decoded) ? 'a control character' : undefined
}

/** The one writing of a part: upper-case hex, unreserved characters as they are, all that is not a `pchar` encoded. */
function normalise(part: string): string {
  return part.replace(/%[0-9A-Fa-f]{2}|[^\w.~!$&'()*+,;=:@-]/g, (found) => {
    if (found.length === 1) return `%${found.charCodeAt(0).toString(16).toUpperCase()}`
    const character = String.fromCharCode(Number.parseInt(found.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : found.toUpperCase()
  })
}
