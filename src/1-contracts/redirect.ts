import { redirectErrors } from './errors.ts'
import { Outcome } from './outcome.ts'

/** Where a redirect goes. `external` is true for another origin, named by `redirect.external`. */
export interface RedirectData {
  readonly to: string
  readonly external: boolean
}

/** 303: the answer is elsewhere. Made by `redirect`, which checks where it goes. */
export class Redirect extends Outcome {
  declare readonly data: RedirectData
  constructor(data: RedirectData) {
    super({ status: 303, code: 'REDIRECT', message: `See ${data.to}`, data })
  }
  /** A path of this app, or (when `data.external`) a URL of an allowed origin. */
  get to(): string {
    return this.data.to
  }
}

/** @see redirect */
export interface RedirectFunction {
  (to: string): never
  external(url: string | URL, allowedOrigins: readonly string[]): never
}

/**
 * Ends the request by sending the visitor to another page of this app (303). It throws, so nothing after it runs;
 * `throw redirect(…)` and `return redirect(…)` read well and do the same.
 *
 * A path is given as `href` writes it, or as the `path` of a page's props: the base of the app is put in front where it
 * is not there yet.
 *
 * `redirect.external(url, allowedOrigins)` goes to another origin, if it is in the list.
 *
 * @throws Redirect always; Layer9Error REDIRECT_NOT_A_PATH, REDIRECT_FOREIGN when it may not go there
 * @example
 * redirect(href('/posts/[id]', { id: post.id }))
 */
export const redirect: RedirectFunction = /*#__PURE__*/ Object.assign(redirectInside, { external: redirectOutside })

function redirectInside(to: string): never {
  if (!isPath(to)) throw redirectErrors.REDIRECT_NOT_A_PATH({ to: String(to) })
  // A header has no other letters than these (RFC 9110 §5.5).
  throw new Redirect({ to: to.replace(/[^\x21-\x7e]+/g, encodeURIComponent), external: false })
}

function redirectOutside(url: string | URL, allowedOrigins: readonly string[]): never {
  const parsed = URL.parse(String(url))
  const allowed = parsed !== null && /^https?:$/.test(parsed.protocol) && allowedOrigins.includes(parsed.origin)
  if (!allowed) throw redirectErrors.REDIRECT_FOREIGN({ to: String(url), allowed: allowedOrigins })
  throw new Redirect({ to: parsed.href, external: true })
}

/**
 * Whether every browser reads the text as a path of this origin. `//host` names another host, and browsers read `\` as
 * `/` and drop tabs and line breaks inside a URL (URL Standard, basic URL parser), so none of those may be there.
 */
function isPath(to: unknown): to is string {
  if (typeof to !== 'string' || to[0] !== '/' || to[1] === '/') return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  return to.isWellFormed() && !/[\\\u0000-\u0020\u007f]/.test(to)
}
