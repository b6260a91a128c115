// What `layer9/middleware` is in a browser: an error that says so.
import { refuse } from './errors.ts'

const refused: never = refuse('layer9/middleware')

export {
  refused as chain,
  refused as cookie,
  refused as cookiesOf,
  refused as createDefence,
  refused as createRateGrants,
  refused as createRateLimiter,
  refused as everyone,
  refused as guard,
  refused as guards,
  refused as isGuard,
  refused as isOpen,
  refused as judgeOrigin,
  refused as middleware,
  refused as parseCookies,
  refused as runAfter,
  refused as runBefore,
  refused as runGuard,
  refused as securityHeaders,
  refused as writeCookie,
}
