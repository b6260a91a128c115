// The door of the middleware: who may pass. Server only.
export { applyChain, type Chain, chain, type Middleware, middleware } from './chain.ts'
export {
  type CookieJar,
  type CookieOptions,
  type Cookies,
  cookie,
  cookiesOf,
  parseCookies,
  writeCookie,
} from './cookie.ts'
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
export { type ProtectOptions, protect } from './protect.ts'
export { createRateLimiter, type RateLimiter, type RateLimitOptions } from './rate-limit.ts'
export { type SecurityHeaderOptions, securityHeaders } from './security-headers.ts'
