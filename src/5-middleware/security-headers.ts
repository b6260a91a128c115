import type { Incoming, Reply } from '../2-platform/index.ts'

/** What the security headers depend on. */
export interface SecurityHeaderOptions {
  /** Development: Vite injects `<style>` elements, and asks for a lost server in a worker of its own. Default false. */
  dev?: boolean
  /** Whether scripts may compile WebAssembly. Default false. */
  webAssembly?: boolean
  /** Directives to add or replace, e.g. `{ 'img-src': "'self' https://images.example" }`; an empty text drops one. */
  contentSecurityPolicy?: Readonly<Record<string, string>>
}

/**
 * The policy without holes (SECURITY I11b): no inline script anywhere; style attributes are escaped data and pass.
 * Source: W3C Content Security Policy Level 3.
 */
const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'self'",
}

/** The security headers of every answer, the same for all: frozen, made once. */
export function securityHeaders(options: SecurityHeaderOptions = {}): Reply['headers'] {
  const policy: Record<string, string> = { ...POLICY }
  if (options.dev) Object.assign(policy, { 'style-src': "'self' 'unsafe-inline'", 'worker-src': "'self' blob:" })
  // Compiles WebAssembly and nothing else: `eval` stays forbidden (CSP Level 3 §2.3.1).
  if (options.webAssembly) policy['script-src'] = "'self' 'wasm-unsafe-eval'"
  Object.assign(policy, options.contentSecurityPolicy)
  const directives = Object.entries(policy).filter(([, sources]) => sources !== '')
  return Object.freeze({
    'content-security-policy': directives.map(([name, sources]) => `${name} ${sources}`).join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // `no-referrer` would make browsers send `Origin: null` with our own forms (SECURITY I6).
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  })
}

/** Lays the security headers under those of a reply. */
export type HeaderMerger = (incoming: Incoming, reply: Reply) => Reply

/**
 * Makes the step that adds the headers. What a reply says itself wins. Frozen header records (those of `json()` and
 * `text()`) are merged once and then reused, so that whoever writes them may cache by identity too.
 */
export function createHeaderMerger(headers: Reply['headers']): HeaderMerger {
  const merged = new WeakMap<Reply['headers'], Reply['headers']>()
  // RFC 6797 §7.2: not over plain http.
  const secure = Object.freeze({ ...headers, 'strict-transport-security': 'max-age=31536000' })
  return (incoming, reply) => {
    if (incoming.origin.startsWith('https:'))
      return { status: reply.status, headers: { ...secure, ...reply.headers }, body: reply.body }
    let all = merged.get(reply.headers)
    if (!all) {
      all = { ...headers, ...reply.headers }
      if (Object.isFrozen(reply.headers)) merged.set(reply.headers, Object.freeze(all))
    }
    return { status: reply.status, headers: all, body: reply.body }
  }
}
