// The door of the middleware: who may pass. Server only.
export { type Chain, chain, type Middleware, middleware, type Passage, runAfter, runBefore } from './chain.ts'
export {
  type CookieJar,
  type CookieOptions,
  type Cookies,
  cookie,
  cookiesOf,
  parseCookies,
  writeCookie,
} from './cookie.ts'
export type { CorsOptions } from './cors.ts'
export { createDefence, type Defence, type DefenceOptions } from './defence.ts'
export {
  type Added,
  everyone,
  type Guard,
  type GuardArguments,
  guard,
  guards,
  isGuard,
  isOpen,
  type Nothing,
  runGuard,
} from './guard.ts'
export { judgeOrigin, type OriginVerdict } from './origin.ts'
export { createRateGrants } from './rate-lease.ts'
export { createRateLimiter, type RateLimiter, type RateLimitOptions } from './rate-limit.ts'
export { type SecurityHeaderOptions, securityHeaders } from './security-headers.ts'
