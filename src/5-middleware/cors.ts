// Which other origins may read answers: the server's half of the CORS protocol (Fetch standard §3.3).
import type { Incoming, Reply } from '../2-platform/index.ts'
import { isSafe } from './origin.ts'

/**
 * Which scripts of other origins may call the api. They may read; what changes state, and every call of a query or
 * action by its name, is a POST, PUT, PATCH or DELETE, which also needs the origin in `origins`.
 */
export interface CorsOptions {
  /** Origins that are let in, e.g. `https://admin.example.com`. `*` is none of them, nor is `null`. */
  readonly origins: readonly string[]
  /** Whether they may send cookies. Default false. */
  readonly credentials?: boolean
  /** Request headers that they may send, besides the harmless ones and `content-type`, e.g. `authorization`. */
  readonly headers?: readonly string[]
  /** How long a browser may remember the answer to a preflight, in seconds. Default 600. */
  readonly maxAge?: number
}

/** The protocol on one path of the api; `methods` are those that the path answers. */
export interface Cors {
  /** The answer to a preflight that is granted; undefined for all else, which is answered as if nobody had asked. */
  grant(incoming: Incoming, methods: readonly string[]): Reply | undefined
  /** The reply, readable for an origin that is let in. A reply that says itself who may read it is left alone. */
  dress(incoming: Incoming, reply: Reply): Reply
}

/**
 * Makes the protocol of an app.
 *
 * @param senders the origins that may change state
 * @example
 * const cors = createCors({ origins: ['https://admin.example.com'] }, [])
 */
export function createCors(options: CorsOptions, senders: readonly string[]): Cors {
  const { origins, credentials = false, headers = [], maxAge = 600 } = options
  const allowedHeaders = [...new Set(['content-type', ...headers.map((name) => name.toLowerCase())])].join(', ')
  /** Never `*`, which would let in everybody, and with credentials nobody (§3.3.5). */
  const letIn = (origin: string) => ({
    'access-control-allow-origin': origin,
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  })
  const find = ({ headers: { origin } }: Incoming) =>
    // `null` is any sandboxed page or local file: whoever configured it cannot have meant that.
    typeof origin === 'string' && origin !== 'null' && origins.includes(origin) ? origin : undefined
  return {
    grant(incoming, methods) {
      const origin = find(incoming)
      if (!isPreflight(incoming) || origin === undefined) return undefined
      const wanted = String(incoming.headers['access-control-request-method'])
      const granted = methods.filter((method) => isSafe(method) || senders.includes(origin))
      // Refused as a whole: browsers send a POST whatever list of methods they are told (§4.8, the safelisted ones).
      if (!granted.includes(wanted)) return undefined
      const own = {
        'access-control-allow-methods': granted.join(', '),
        'access-control-allow-headers': allowedHeaders,
        'access-control-max-age': String(maxAge),
      }
      return { status: 204, headers: { ...letIn(origin), ...own, vary: 'origin' }, body: null }
    },
    dress(incoming, reply) {
      if (reply.headers['access-control-allow-origin'] !== undefined) return reply
      // A preflight that is not granted is permitted nothing: the permission to read would let the POST behind it pass.
      const origin = isPreflight(incoming) ? undefined : find(incoming)
      const varied = { ...reply.headers, vary: varyByOrigin(reply.headers['vary']) }
      return { ...reply, headers: origin === undefined ? varied : { ...varied, ...letIn(origin) } }
    },
  }
}

function isPreflight({ method, headers }: Incoming): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

/** Also for who sends no Origin: a cache would give the answer without permission to those who need it (§3.3.6). */
function varyByOrigin(vary: string | readonly string[] = []): string {
  const names = [vary].flat().join(', ')
  return names === '' ? 'origin' : /(?:^|,)\s*(?:\*|origin)\s*(?:,|$)/i.test(names) ? names : `${names}, origin`
}
