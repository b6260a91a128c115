// Replies to bytes: one `writeHead` with a flat array, one `end` where the body is known.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { matchesEtag, type Reply } from '../../2-platform/index.ts'
import { compress, compressStream, encodingFor, isCompressible } from './compress.ts'

/** One exchange on one connection. */
export interface Exchange {
  readonly message: IncomingMessage
  readonly response: ServerResponse
  /** The connection ends after this answer. */
  closing: boolean
}

const flattened = new WeakMap<Reply['headers'], readonly string[]>()

/** Names and values in one flat array; a list of values repeats the name. Frozen records are flattened once. */
function flatten(headers: Reply['headers']): readonly string[] {
  const before = flattened.get(headers)
  if (before) return before
  const flat: string[] = []
  for (const name in headers) {
    const value = headers[name]!
    if (typeof value === 'string') flat.push(name, value)
    else for (const one of value) flat.push(name, one)
  }
  if (Object.isFrozen(headers)) flattened.set(headers, flat)
  return flat
}

/** Writes a reply. Returns a promise when the body takes time; it never rejects for a client that left. */
export function writeReply(exchange: Exchange, reply: Reply): void | Promise<void> {
  const { method, headers } = exchange.message
  const etag = reply.headers['etag']
  if (
    typeof etag === 'string' &&
    reply.status === 200 &&
    (method === 'GET' || method === 'HEAD') &&
    matchesEtag({ headers }, etag)
  ) {
    return writeHead(exchange, { status: 304, flat: flatten(withoutContent(reply)), body: reply.body })
  }
  const { body } = reply
  if (!isCompressible(reply)) return writeBody(exchange, reply, flatten(reply.headers))
  const flat = withVary(flatten(reply.headers))
  const encoding = encodingFor(headers['accept-encoding'])
  if (!encoding) return writeBody(exchange, reply, flat)
  const encoded = [...withoutLength(flat), 'content-encoding', encoding]
  // A HEAD is told what a GET would be, without the length, which only the work would show (RFC 9110 §9.3.2).
  if (method === 'HEAD' || body === null) return writeHead(exchange, { status: reply.status, flat: encoded, body })
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    return writeBody(exchange, { ...reply, body: compressStream(body, encoding) }, encoded)
  }
  const bytes = compress(body, encoding)
  if (!(bytes instanceof Promise)) return writeBody(exchange, { ...reply, body: bytes }, encoded)
  return bytes.then((made) => writeBody(exchange, { ...reply, body: made }, encoded))
}

/** What a 304 repeats: all but what describes the content that it has not (RFC 9110 §15.4.5). */
function withoutContent(reply: Reply): Reply['headers'] {
  const kept = Object.entries(reply.headers).filter(
    ([name]) => !name.startsWith('content-') || name === 'content-location' || name === 'content-security-policy',
  )
  const headers = Object.fromEntries(kept)
  if (!isCompressible(reply)) return headers
  const vary = String(headers['vary'] ?? '')
  return /accept-encoding|\*/i.test(vary)
    ? headers
    : { ...headers, vary: vary ? `${vary}, accept-encoding` : 'accept-encoding' }
}

function withVary(flat: readonly string[]): string[] {
  const copy = [...flat]
  const at = copy.findIndex((name, index) => index % 2 === 0 && name === 'vary')
  if (at < 0) copy.push('vary', 'accept-encoding')
  else if (!/accept-encoding|\*/i.test(copy[at + 1]!)) copy[at + 1] += ', accept-encoding'
  return copy
}

function withoutLength(flat: readonly string[]): string[] {
  const at = flat.findIndex((name, index) => index % 2 === 0 && name === 'content-length')
  return at < 0 ? [...flat] : flat.toSpliced(at, 2)
}

/** Statuses that have no body and no length (RFC 9110 §8.6). */
function isBodiless(status: number): boolean {
  return status === 204 || status === 304 || status < 200
}

function writeBody(exchange: Exchange, reply: Reply, flat: readonly string[]): void | Promise<void> {
  const { body, status } = reply
  const isHead = exchange.message.method === 'HEAD'
  if (isBodiless(status)) return writeHead(exchange, { status, flat: withoutLength(flat), body })
  // A HEAD without a body at hand keeps the length that the reply declares.
  if (isHead && (body === null || !isWhole(body))) return writeHead(exchange, { status, flat, body })
  if (!isWhole(body)) return writeStream(exchange, { status, flat }, body)
  // What a reply declares itself is not believed: a wrong length would shift every answer after it.
  const length = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  const all = reply.headers['content-length'] === undefined ? [...flat] : withoutLength(flat)
  all.push('content-length', String(length))
  if (isHead || body === null) return writeHead(exchange, { status, flat: all, body })
  exchange.response.writeHead(status, withClosing(exchange, all))
  endBody(exchange, body, typeof body === 'string' && length === body.length ? 'latin1' : 'utf8')
}

function isWhole(body: Reply['body']): body is string | Uint8Array | null {
  return body === null || typeof body === 'string' || body instanceof Uint8Array
}

/** Status and headers alone; a stream that is not sent is told, so that a file is closed and a query ends. */
function writeHead(
  exchange: Exchange,
  { status, flat, body }: { status: number; flat: readonly string[]; body: Reply['body'] },
): void {
  exchange.response.writeHead(status, withClosing(exchange, flat))
  endBody(exchange, null)
  // Whatever it says now, the answer is complete.
  if (!isWhole(body))
    body[Symbol.asyncIterator]()
      .return?.()
      ?.catch(() => {})
}

function withClosing(exchange: Exchange, flat: readonly string[]): string[] {
  if (isUnread(exchange.message)) exchange.closing = true
  // node:http only reads the array; its types want a mutable one.
  return exchange.closing ? [...flat, 'connection', 'close'] : (flat as string[])
}

/** Whether a body is still to come that is too long to be read and thrown away for the sake of the connection. */
function isUnread(message: IncomingMessage): boolean {
  if (message.complete) return false
  return message.headers['transfer-encoding'] !== undefined || Number(message.headers['content-length'] ?? 0) > 65_536
}

/**
 * Ends the answer. Where the client is still sending, its connection stays for a moment and what comes is thrown away:
 * ended at once, the system would answer the bytes under way with a reset, and the client might never see the answer
 * (RFC 9112 §9.6).
 *
 * @param encoding of text: `latin1` where each character is one byte in UTF-8, so is ASCII and the same bytes in both.
 * Node copies it then, where it would convert.
 */
function endBody(
  { message, response, closing }: Exchange,
  body: string | Uint8Array | null,
  encoding: 'latin1' | 'utf8' = 'utf8',
): void {
  if (!closing || message.complete || !isUnread(message)) {
    if (body === null) response.end()
    else response.end(body, encoding)
    return
  }
  if (body === null) response.flushHeaders()
  else response.write(body, encoding)
  const end = () => {
    clearTimeout(timer)
    if (!response.writableEnded) response.end()
  }
  const timer = setTimeout(end, 1000)
  message.once('end', end).once('close', end).on('error', end).resume()
}

/** Streams with backpressure: a chunk is asked for when the one before it has room. */
async function writeStream(
  exchange: Exchange,
  head: { status: number; flat: readonly string[] },
  body: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const { response } = exchange
  // A stream that is longer or shorter than its reply declares is an error here, not a shifted answer there.
  response.strictContentLength = head.flat.includes('content-length')
  // Nothing is sent before the first chunk anyway: what fails until then is still answered with an error.
  const begin = () => response.headersSent || response.writeHead(head.status, withClosing(exchange, head.flat))
  for await (const chunk of body) {
    begin()
    // Writing would be an error now; leaving the loop tells the iterable to stop its work.
    if (response.destroyed) return
    if (!response.write(chunk) && !(await hasDrained(response))) return
  }
  begin()
  response.end()
}

/** Waits for room. False when the client left; one that reads nothing is ended by the server's `stall` limit. */
async function hasDrained(response: ServerResponse): Promise<boolean> {
  return await new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve(!response.destroyed)
    }
    response.on('drain', done).on('close', done)
  })
}
