// A request of node:http as the rest of the framework sees it. What few ask for is made when it is first asked for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Outcome, PayloadTooLarge } from '../../1-contracts/index.ts'
import type { Incoming } from '../../2-platform/index.ts'

/** What the ingress found out before. */
export interface IncomingParts {
  readonly path: string
  readonly search: string
  readonly origin: string
  readonly address: string
  /** The mount point without trailing slash: `''` or `/app`. */
  readonly base: string
  readonly bodyLimit: number
}

/** An `Incoming` over node:http. Frozen; what is lazy lies in private fields. */
export class NodeIncoming implements Incoming {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly origin: string
  readonly headers: Incoming['headers']
  readonly address: string
  readonly #message: IncomingMessage
  readonly #response: ServerResponse
  readonly #parts: IncomingParts
  #body: Promise<Uint8Array> | undefined
  #controller: AbortController | undefined
  #request: Request | undefined

  constructor(message: IncomingMessage, response: ServerResponse, parts: IncomingParts) {
    this.method = message.method!
    this.path = parts.path
    this.search = parts.search
    this.origin = parts.origin
    this.headers = message.headers
    this.address = parts.address
    this.#message = message
    this.#response = response
    this.#parts = parts
    Object.freeze(this)
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController()
      const response = this.#response
      const abort = () => {
        if (!response.writableFinished) controller.abort(new DOMException('The client has left.', 'AbortError'))
      }
      if (response.closed) abort()
      else response.once('close', abort)
      this.#controller = controller
    }
    return this.#controller.signal
  }

  async body(limit: number = this.#parts.bodyLimit): Promise<Uint8Array> {
    this.#body ??= readBody(this.#message, limit)
    const bytes = await this.#body
    // Read before, with a larger limit.
    if (bytes.byteLength > limit) throw new PayloadTooLarge(limit)
    return bytes
  }

  get request(): Request {
    this.#request ??= this.#makeRequest()
    return this.#request
  }

  #makeRequest(): Request {
    const headers = new Headers()
    for (const [name, value] of Object.entries(this.headers)) {
      for (const one of [value ?? []].flat()) headers.append(name, one)
    }
    const url = `${this.origin}${this.#parts.base}${this.path}${this.search}`
    const init: RequestInit = { method: this.method, headers, signal: this.signal }
    if (this.method === 'GET' || this.method === 'HEAD') return new Request(url, init)
    const body = new ReadableStream<Uint8Array>({
      pull: async (stream) => {
        stream.enqueue(await this.body())
        stream.close()
      },
    })
    // `duplex` is required for streams by the Fetch standard and not known to all types.
    return new Request(url, { ...init, body, duplex: 'half' } as RequestInit)
  }
}

/** Reads a body into memory, at most `limit` bytes of it: counted as they come, whatever was declared. */
async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array> {
  if (Number(message.headers['content-length'] ?? 0) > limit) throw new PayloadTooLarge(limit)
  const coding = message.headers['transfer-encoding'] ?? 'chunked'
  // Node takes off the last coding alone: `gzip, chunked` would be read as something else than it is (RFC 9112 §6.1).
  if (coding.toLowerCase() !== 'chunked')
    throw new Outcome({ status: 501, code: 'CODING_UNKNOWN', message: 'Send the body as it is, or chunked.' })
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size <= limit) return void chunks.push(chunk)
      chunks.length = 0
      message.pause()
      reject(new PayloadTooLarge(limit))
    })
    message.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    const gone = () =>
      reject(new Outcome({ status: 400, code: 'BODY_INCOMPLETE', message: 'The body ended too early.' }))
    message.on('error', gone)
    message.on('close', gone)
  })
}
