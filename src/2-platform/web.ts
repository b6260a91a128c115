// Between the exchange and the web-standard Request and Response, for those who have or want these.

import { PayloadTooLarge } from '../1-contracts/index.ts'
import type { Incoming, Reply } from './exchange.ts'

/** Turns a Response into a Reply; its body is streamed. */
export function toReply(response: Response): Reply {
  const headers: Record<string, string | readonly string[]> = {}
  for (const [name, value] of response.headers) headers[name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length) headers['set-cookie'] = cookies
  // Node's ReadableStream is async iterable; the DOM types do not say so everywhere.
  return { status: response.status, headers, body: response.body as AsyncIterable<Uint8Array> | null }
}

/** Turns a Reply into a Response, for tests and for runtimes that speak fetch. */
export function toResponse(reply: Reply, method = 'GET'): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(reply.headers)) {
    for (const one of [value].flat()) headers.append(name, one)
  }
  const bodiless = method === 'HEAD' || reply.status === 204 || reply.status === 205 || reply.status === 304
  return new Response(bodiless ? null : toBody(reply.body), { status: reply.status, headers })
}

function toBody(body: Reply['body']): BodyInit | null {
  if (body === null || typeof body === 'string') return body
  // A Uint8Array over a SharedArrayBuffer is no BodyInit to the types; nobody makes one here.
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>
  const encoder = new TextEncoder()
  const iterator = body[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

/** What `fromRequest` may be told. */
export interface FromRequestOptions {
  /** The client's address. Default `127.0.0.1`. */
  address?: string
  /** Largest body in bytes. Default 1 MiB. */
  bodyLimit?: number
}

/**
 * Makes an Incoming of a Request, for tests and for runtimes that speak fetch. The URL is taken as the Request has it:
 * what the ingress refuses on the raw text cannot be seen here.
 */
export function fromRequest(request: Request, options: FromRequestOptions = {}): Incoming {
  const url = new URL(request.url)
  const headers: Record<string, string> = {}
  for (const [name, value] of request.headers) if (!name.startsWith('x-layer9-')) headers[name] = value
  let bytes: Promise<Uint8Array> | undefined
  return Object.freeze({
    method: request.method,
    path: url.pathname,
    search: url.search,
    origin: url.origin,
    headers,
    address: options.address ?? '127.0.0.1',
    signal: request.signal,
    request,
    async body(limit: number = options.bodyLimit ?? 1_048_576) {
      bytes ??= request.arrayBuffer().then((buffer) => new Uint8Array(buffer))
      const body = await bytes
      if (body.byteLength > limit) throw new PayloadTooLarge(limit)
      return body
    },
  })
}
