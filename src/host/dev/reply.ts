// Adds to a failed page what the developer has to see.
import type { Reply } from '../../2-platform/index.ts'
import { errorMarkup } from './shown-error.ts'

/** A document with the error's block at its end, where the overlay reads it; anything else as it is. */
export function withError(reply: Reply, error: unknown): Reply {
  const type = String(reply.headers['content-type'] ?? '')
  if (error === undefined || reply.body === null || !type.startsWith('text/html')) return reply
  // Another length and another content than the app thinks: what describes them is left out.
  const { 'content-length': _length, etag: _etag, ...headers } = reply.headers
  return { status: reply.status, headers, body: append(reply.body, errorMarkup(error)) }
}

function append(body: NonNullable<Reply['body']>, markup: string): NonNullable<Reply['body']> {
  if (typeof body === 'string') return body + markup
  if (body instanceof Uint8Array) return Buffer.concat([body, Buffer.from(markup)])
  return appendToStream(body, markup)
}

async function* appendToStream(
  body: AsyncIterable<string | Uint8Array>,
  markup: string,
): AsyncGenerator<string | Uint8Array> {
  yield* body
  yield markup
}
