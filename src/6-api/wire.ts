// The wire of Contract 5 (ARCHITECTURE.md): what a call from the browser looks like, and what it is answered.
import { decode, encode, Layer9Error, Outcome } from '../1-contracts/index.ts'
import { type Incoming, problem, type Reply } from '../2-platform/index.ts'
import { refuseEncoded } from './content-encoding.ts'

/** Bounds of what a stranger sends. The size is that of the body, which is bounded before. */
const LIMITS = { depth: 32, count: 100_000, bare: true } as const

const HEADERS: Reply['headers'] = Object.freeze({
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
})

/** A call as the browser sends it. */
export interface WireCall {
  /** The build of the page that calls. */
  readonly build: string | undefined
  readonly input: unknown
}

/**
 * Reads the body of a call.
 *
 * @throws Outcome NOT_JSON, ENCODING_UNSUPPORTED (415), MALFORMED (400), PayloadTooLarge
 */
export async function readCall(incoming: Incoming): Promise<WireCall> {
  const value = await readJson(incoming)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('The body is no call: send {"input":…}.')
  const { build, input } = value as Record<string, unknown>
  return { build: typeof build === 'string' ? build : undefined, input }
}

/** Reads a JSON body, with the codec's tags and bounds. @throws as readCall */
export async function readJson(incoming: Incoming): Promise<unknown> {
  if (!isJson(incoming.headers['content-type'])) {
    throw new Outcome({ status: 415, code: 'NOT_JSON', message: 'Send a body with content-type: application/json.' })
  }
  refuseEncoded(incoming)
  const bytes = await incoming.body()
  try {
    // A body that is no UTF-8 is no JSON (RFC 8259 §8.1).
    return decode(new TextDecoder('utf-8', { fatal: true }).decode(bytes), LIMITS)
  } catch (error) {
    throw malformed(
      error instanceof Layer9Error ? `The body cannot be read: ${reasonOf(error)}.` : 'The body is not UTF-8.',
    )
  }
}

/** The codec's own words, without its advice, which is for whoever calls `decode`. */
function reasonOf({ data }: Layer9Error): string {
  const { reason, what, limit } = data as { reason?: string; what?: string; limit?: number }
  return reason ?? `it is over its limit of ${what}, ${limit}`
}

/** `application/json`, whose only parameter may be the charset utf-8. */
function isJson(header: string | string[] | undefined): boolean {
  return typeof header === 'string' && /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i.test(header)
}

function malformed(message: string): Outcome {
  return new Outcome({ status: 400, code: 'MALFORMED', message })
}

/** The answer to a call that went well. @throws Layer9Error CODEC_UNSUPPORTED when the value cannot be carried */
export function writeValue(value: unknown): Reply {
  return { status: 200, headers: HEADERS, body: encode({ value }) }
}

/** The answer of a named route: plain JSON, since its callers need not know the codec. */
export function writePlain(value: unknown): Reply {
  return { status: 200, headers: HEADERS, body: JSON.stringify(value) ?? 'null' }
}

/** The answer to what nobody expected: an id, nothing else. */
export function writeFault(id: string): Reply {
  return problem(500, { code: 'INTERNAL', message: 'Something went wrong.' }, { id })
}

/** The answer to another method than those that are there (RFC 9110 §15.5.6). OPTIONS is told them (§9.3.7). */
export function writeMethods(method: string, allowed: readonly string[]): Reply {
  const names = new Set(allowed)
  if (names.has('GET')) names.add('HEAD')
  names.add('OPTIONS')
  const allow = [...names].join(', ')
  if (method === 'OPTIONS') return { status: 204, headers: { allow }, body: null }
  return problem(405, { code: 'METHOD_NOT_ALLOWED', message: `Use ${allow}.` }, { headers: { allow } })
}
