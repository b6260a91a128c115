// The safe defaults, which always run beneath an app's own chain, composed once into one synchronous function.
import { isOutcome, Outcome, PayloadTooLarge, TooManyRequests } from '../1-contracts/index.ts'
import { type Handler, type Incoming, outcomeReply, type Reply, runRequest } from '../2-platform/index.ts'
import { judgeOrigin, withoutCookies } from './origin.ts'
import { createRateLimiter } from './rate-limit.ts'
import { createHeaderMerger, type SecurityHeaderOptions, securityHeaders } from './security-headers.ts'

/** What the defaults depend on. */
export interface ProtectOptions extends SecurityHeaderOptions {
  /** Other origins that may send state-changing requests, e.g. `https://admin.example`. Default none. */
  origins?: readonly string[]
  /** Largest request body in bytes. Default 1 MiB. */
  bodyLimit?: number
  /** Requests a minute and address; 0: no limit. Default 600. */
  rateLimit?: number
}

/** A request from an origin that may not change anything here. */
const FOREIGN: Outcome = new Outcome({
  status: 403,
  code: 'FOREIGN_ORIGIN',
  message: 'This request comes from another site, which may not change anything here.',
})

/**
 * Surrounds a handler with the defaults: rate limit, origin check, declared body size, the request's context, security
 * headers. An outcome that the handler throws becomes its reply.
 *
 * @example
 * const handler = protect(applyChain(app.chain, answer), { origins: [], rateLimit: 600 })
 */
export function protect(handler: Handler, options: ProtectOptions = {}): Handler {
  const { origins = [], bodyLimit = 1_048_576, rateLimit = 600 } = options
  const limit = createRateLimiter({ perMinute: rateLimit })
  const merge = createHeaderMerger(securityHeaders(options))
  const answer = (incoming: Incoming): Reply | Promise<Reply> => {
    const wait = limit(incoming.address)
    if (wait > 0) return outcomeReply(new TooManyRequests(wait))
    const verdict = judgeOrigin(incoming, origins)
    if (verdict === 'refuse') return outcomeReply(FOREIGN)
    if (Number(incoming.headers['content-length'] ?? 0) > bodyLimit) return outcomeReply(new PayloadTooLarge(bodyLimit))
    const seen = verdict === 'pass' ? incoming : withoutCookies(incoming)
    return runRequest(seen, () => handler(seen))
  }
  return (incoming) => {
    let reply: Reply | Promise<Reply>
    try {
      reply = answer(incoming)
    } catch (error) {
      reply = refuse(error)
    }
    if (!(reply instanceof Promise)) return merge(incoming, reply)
    return reply.catch(refuse).then((made) => merge(incoming, made))
  }
}

function refuse(error: unknown): Reply {
  if (isOutcome(error)) return outcomeReply(error)
  throw error
}
