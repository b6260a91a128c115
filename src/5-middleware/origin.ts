// Who may change state: the origin check of every unsafe request, whatever its content type (SECURITY I6).
import type { Incoming } from '../2-platform/index.ts'

/** What the check says: it may pass, it may pass without its cookies, it may not. */
export type OriginVerdict = 'pass' | 'without-cookies' | 'refuse'

/** Methods that change nothing (RFC 9110 §9.2.1). */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/**
 * Judges a request by where it comes from. `Sec-Fetch-Site` decides where present: `same-origin` and `none` (typed, a
 * bookmark) pass, others only from a configured origin. Else `Origin` must be ours or configured (`null` never is).
 * With neither it is no browser: it may pass, but cookies that it sends are ignored.
 */
export function judgeOrigin(
  incoming: Pick<Incoming, 'method' | 'headers' | 'origin'>,
  origins: readonly string[],
): OriginVerdict {
  if (isSafe(incoming.method)) return 'pass'
  const site = incoming.headers['sec-fetch-site']
  const origin = incoming.headers['origin']
  if (site === 'same-origin' || site === 'none') return 'pass'
  if (site === undefined && origin === undefined) return 'without-cookies'
  if (typeof origin !== 'string' || origin === 'null') return 'refuse'
  if (origins.includes(origin)) return 'pass'
  return site === undefined && origin === incoming.origin ? 'pass' : 'refuse'
}

/** The same request as one that carries no cookie. */
export function withoutCookies(incoming: Incoming): Incoming {
  if (incoming.headers['cookie'] === undefined) return incoming
  const { cookie: _, ...headers } = incoming.headers
  let request: Request | undefined
  return Object.freeze({
    method: incoming.method,
    path: incoming.path,
    search: incoming.search,
    origin: incoming.origin,
    headers,
    address: incoming.address,
    get signal() {
      return incoming.signal
    },
    body: (limit?: number) => incoming.body(limit),
    get request() {
      if (!request) {
        request = new Request(incoming.request)
        request.headers.delete('cookie')
      }
      return request
    },
  })
}
