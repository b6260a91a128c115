// The usual replies, so that handlers need no web-standard Response (which costs more than the rest of a small answer).
import { encode, type Outcome, type Redirect, serialise, underBase } from '../1-contracts/index.ts'
import type { Reply } from './exchange.ts'

/** Frozen and shared: who meets the same object again may reuse what was computed from it. */
const JSON_HEADERS: Reply['headers'] = Object.freeze({ 'content-type': 'application/json; charset=utf-8' })
const TEXT_HEADERS: Reply['headers'] = Object.freeze({ 'content-type': 'text/plain; charset=utf-8' })
const PROBLEM_HEADERS: Reply['headers'] = Object.freeze({
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
})

/** What a small reply may be given beside its body. */
export interface ReplyOptions {
  /** Default 200. */
  status?: number
  /** Added to the content type; names in lower case. */
  headers?: Reply['headers']
}

/**
 * A reply of JSON, as `JSON.stringify` writes it.
 *
 * @example
 * endpoint('GET /api/time', { access: everyone, handler: () => json({ now: Date.now() }) })
 */
export function json(value: unknown, options?: ReplyOptions): Reply {
  return make(JSON_HEADERS, JSON.stringify(value) ?? 'null', options)
}

/** A reply of plain text. */
export function text(body: string, options?: ReplyOptions): Reply {
  return make(TEXT_HEADERS, body, options)
}

function make(headers: Reply['headers'], body: string, options: ReplyOptions | undefined): Reply {
  if (!options) return { status: 200, headers, body }
  return {
    status: options.status ?? 200,
    headers: options.headers ? { ...headers, ...options.headers } : headers,
    body,
  }
}

/** What a problem may carry beside status, code and message. */
export interface ProblemOptions {
  data?: unknown
  /** The id under which the log has the rest. */
  id?: string
  headers?: Reply['headers']
}

/**
 * A typed refusal: `{"error":{"code":…,"message":…}}`, never stored.
 *
 * @example
 * problem(415, { code: 'NOT_JSON' }) // { status: 415, body: '{"error":{"code":"NOT_JSON"}}', … }
 */
export function problem(
  status: number,
  error: { code: string; message?: string },
  options: ProblemOptions = {},
): Reply {
  const body: Record<string, unknown> = { code: error.code }
  if (error.message !== undefined) body['message'] = error.message
  if (options.id !== undefined) body['id'] = options.id
  if (options.data !== undefined && options.data !== null) body['data'] = options.data
  const headers = options.headers ? { ...PROBLEM_HEADERS, ...options.headers } : PROBLEM_HEADERS
  return { status, headers, body: encode({ error: body }) }
}

/** The reply that carries an outcome, `retry-after` included (RFC 9110 §10.2.3). */
export function outcomeReply(outcome: Outcome): Reply {
  const { code, message, data } = serialise(outcome)
  const seconds = outcome.status === 429 && typeof data === 'number' ? { 'retry-after': String(data) } : undefined
  return problem(outcome.status, { code, message }, { data, ...(seconds && { headers: seconds }) })
}

/** What a redirect is to who follows it: 303 with `location`, below the path where the app is mounted. */
export function redirectReply({ data }: Redirect, base = '/'): Reply {
  const location = data.external ? data.to : underBase(data.to, base)
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: null }
}
