// The safe defaults, which always run around an app's own chain: one synchronous check before, one merge after.
import { Outcome, PayloadTooLarge, TooManyRequests } from '../1-contracts/index.ts'
import { findPrimary, type Incoming, outcomeReply, type Reply } from '../2-platform/index.ts'
import { type CorsOptions, createCors } from './cors.ts'
import { judgeOrigin, withoutCookies } from './origin.ts'
import { createLeasedLimiter } from './rate-lease.ts'
import { createRateLimiter } from './rate-limit.ts'
import { createHeaderMerger, type SecurityHeaderOptions, securityHeaders } from './security-headers.ts'

/** What the defaults depend on. */
export interface DefenceOptions extends SecurityHeaderOptions {
  /** Other origins that may send state-changing requests, e.g. `https://admin.example`. Default none. */
  origins?: readonly string[]
  /** Other origins whose scripts may read answers of the api. Default none. */
  cors?: CorsOptions | undefined
  /** Largest request body in bytes. Default 1 MiB. */
  bodyLimit?: number
  /** Requests a minute and address; 0: no limit. Default 600. */
  rateLimit?: number
}

/**
 * The defaults of an app. Both halves are called by whoever answers; neither calls what answers. `methods` are those of a
 * path that other origins may be let in to; pages have none.
 */
export interface Defence {
  /**
   * The request as it may be answered (the cookies of what is no browser are taken out), or the reply that refuses it. At
   * once, unless this process is a worker whose primary has to be asked first.
   */
  admit(incoming: Incoming, methods?: readonly string[]): Incoming | Reply | Promise<Incoming | Reply>
  /** The reply with the security headers, and with those of CORS. */
  dress(incoming: Incoming, reply: Reply, methods?: readonly string[]): Reply
}

/** A request from an origin that may not change anything here. */
const FOREIGN: Outcome = new Outcome({
  status: 403,
  code: 'FOREIGN_ORIGIN',
  message: 'This request comes from another site, which may not change anything here.',
})

/**
 * Makes the defaults: rate limit, preflights, origin check, declared body size; security headers.
 *
 * @example
 * const defence = createDefence({ origins: [], rateLimit: 600 })
 */
export function createDefence(options: DefenceOptions = {}): Defence {
  const { origins = [], bodyLimit = 1_048_576, rateLimit = 600 } = options
  const ask = findPrimary()
  const limit = ask ? createLeasedLimiter({ perMinute: rateLimit, ask }) : createRateLimiter({ perMinute: rateLimit })
  const cors = options.cors && createCors(options.cors, origins)
  const secure = createHeaderMerger(securityHeaders(options))
  const judge = (incoming: Incoming, wait: number, methods: readonly string[] | undefined): Incoming | Reply => {
    if (wait > 0) return outcomeReply(new TooManyRequests(wait))
    // Before the app's own steps: a preflight carries nothing that they could judge (Fetch standard §3.3.2).
    const granted = methods && cors?.grant(incoming, methods)
    if (granted) return granted
    const verdict = judgeOrigin(incoming, origins)
    if (verdict === 'refuse') return outcomeReply(FOREIGN)
    if (Number(incoming.headers['content-length'] ?? 0) > bodyLimit) return outcomeReply(new PayloadTooLarge(bodyLimit))
    return verdict === 'pass' ? incoming : withoutCookies(incoming)
  }
  return {
    dress(incoming, reply, methods) {
      const secured = secure(incoming, reply)
      return cors && methods ? cors.dress(incoming, secured) : secured
    },
    admit(incoming, methods) {
      const wait = limit(incoming.address)
      if (typeof wait === 'number') return judge(incoming, wait, methods)
      return wait.then((seconds) => judge(incoming, seconds, methods))
    },
  }
}
