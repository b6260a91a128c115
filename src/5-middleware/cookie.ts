// Cookies as RFC 6265 has them: read from the request, set on the answer that is being made.
import { addReplyHeader, currentRequest, type Incoming } from '../2-platform/index.ts'
import { errors } from './errors.ts'

/** The cookies of a request, by name. No prototype: a cookie may be called `constructor`. */
export type Cookies = Readonly<Record<string, string>>

/** How a cookie is kept. */
export interface CookieOptions {
  /** Seconds until it ends; absent: when the browser closes. */
  maxAge?: number
  /** Default `/`. */
  path?: string
  /** Absent: this host alone. */
  domain?: string
  /** Hidden from scripts. Default true. */
  httpOnly?: boolean
  /** Default `lax`. `none` is for embedding and needs https. */
  sameSite?: 'strict' | 'lax' | 'none'
  /** Sent over https alone. Default: whether this request came by https. */
  secure?: boolean
  /**
   * It says who the visitor is. An answer that gives it another value, or ends it, is a full load in the browser, in all its
   * tabs, and what the browser kept of the site is thrown away. Default false.
   */
  session?: boolean
}

const MOST_COOKIES = 200

/**
 * Reads a `Cookie` header (RFC 6265 §5.4). The first of two with one name counts: user agents send the more specific
 * path first. Values are percent-decoded where that works; at most 200 cookies are read.
 *
 * @example
 * parseCookies('theme=dark; lang=de').theme   // 'dark'
 */
export function parseCookies(header: string | undefined): Cookies {
  const cookies: Record<string, string> = Object.create(null)
  if (!header) return cookies
  for (const pair of header.split(';', MOST_COOKIES)) {
    const equals = pair.indexOf('=')
    if (equals < 1) continue
    const name = pair.slice(0, equals).trim()
    if (name === '' || name in cookies) continue
    cookies[name] = decodeValue(pair.slice(equals + 1).trim())
  }
  return cookies
}

/** The cookies of a request. */
export function cookiesOf(incoming: Pick<Incoming, 'headers'>): Cookies {
  const header = incoming.headers['cookie']
  return parseCookies(Array.isArray(header) ? header.join('; ') : header)
}

function decodeValue(raw: string): string {
  const value = raw.length > 1 && raw[0] === '"' && raw.endsWith('"') ? raw.slice(1, -1) : raw
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/**
 * A `Set-Cookie` value (RFC 6265 §4.1.1), its value percent-encoded.
 *
 * @throws Layer9Error COOKIE_INVALID for a name, path or domain that would say more than one thing, or too large
 */
export function writeCookie(name: string, value: string, options: CookieOptions = {}): string {
  // token of RFC 9110 §5.6.2
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
    throw errors.COOKIE_INVALID({ name, reason: 'its name is not a token' })
  const { maxAge, path = '/', domain, httpOnly = true, sameSite = 'lax', secure = false } = options
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[;\u0000-\u001f\u007f]/.test(path + (domain ?? ''))) {
    throw errors.COOKIE_INVALID({ name, reason: 'its path or domain holds ";" or a control character' })
  }
  let written = `${name}=${encodeURIComponent(value.toWellFormed())}`
  if (written.length > 4096) throw errors.COOKIE_INVALID({ name, reason: `it is ${written.length} bytes long` })
  if (maxAge !== undefined) written += `; Max-Age=${Math.trunc(maxAge)}`
  if (domain) written += `; Domain=${domain}`
  written += `; Path=${path}; SameSite=${sameSite[0]!.toUpperCase()}${sameSite.slice(1)}`
  if (httpOnly) written += '; HttpOnly'
  // Browsers refuse SameSite=None without Secure, and the __Host- and __Secure- prefixes too.
  if (secure || sameSite === 'none' || /^__(Host|Secure)-/.test(name)) written += '; Secure'
  return written
}

/** Cookies of the request that is being answered. */
export interface CookieJar {
  /** The value that the visitor sent, or undefined. */
  get(name: string): string | undefined
  /** Sets it through the answer: HttpOnly, SameSite=Lax, Secure over https, unless told otherwise. */
  set(name: string, value: string, options?: CookieOptions): void
  /** Ends it. Path and domain must be those it was set with. */
  clear(name: string, options?: Pick<CookieOptions, 'path' | 'domain' | 'session'>): void
}

/**
 * The cookies of the current request, for guards, handlers and endpoints.
 *
 * @throws Layer9Error NO_REQUEST outside of a request, RESPONSE_STARTED once the answer is on its way
 * @example
 * cookie.set('session', crypto.randomUUID(), { maxAge: 86_400, session: true })
 */
export const cookie: CookieJar = {
  get: (name) => cookiesOf(currentRequest())[name],
  set(name, value, options) {
    const secure = options?.secure ?? currentRequest().origin.startsWith('https:')
    addReplyHeader('set-cookie', writeCookie(name, value, { ...options, secure }))
    // The same value for longer is the same visitor.
    if (options?.session && value !== (cookie.get(name) ?? '')) changeSession()
  },
  clear: (name, options) => cookie.set(name, '', { ...options, maxAge: 0 }),
}

/** Says that the visitor is another one from here on (Clear Site Data, "cache"). The navigation and stubs read the first. */
function changeSession(): void {
  addReplyHeader('layer9-session', 'changed')
  addReplyHeader('clear-site-data', '"cache"')
}
