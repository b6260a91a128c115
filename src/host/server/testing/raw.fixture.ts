// Raw TCP for the server's tests: fetch would normalise paths and hosts and hide half of what is tested.
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import type { RequestEntry, ServerOptions, ServerParts } from '../options.ts'
import { createServer, type Layer9Server } from '../server.ts'

/** A response, taken apart strictly: what is no legal HTTP/1.1 response throws. */
export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly bytes: Buffer
}

/** A server under test, and what it told its log. */
export interface Serving {
  readonly server: Layer9Server
  readonly port: number
  readonly entries: RequestEntry[]
  readonly errors: { error: unknown; id: string }[]
}

/** Starts a server on a free port; it ends with the test. */
export async function serve(parts: Partial<ServerParts>, options: ServerOptions = {}): Promise<Serving> {
  const entries: RequestEntry[] = []
  const errors: { error: unknown; id: string }[] = []
  const handler = parts.handler ?? (() => ({ status: 200, headers: {}, body: 'ok' }))
  const own: ServerOptions = {
    onReply: (entry) => entries.push(entry),
    report: (error, id) => errors.push({ error, id }),
    ...options,
  }
  const server = createServer({ ...parts, handler, options: own })
  const { port } = await server.listen(0)
  onTestFinished(async () => {
    void server.close()
    await server.close()
  })
  return { server, port, entries, errors }
}

/** How a request is sent. */
export interface SendOptions {
  /** Sent after the first part, one by one, each after a moment. */
  later?: readonly (string | Buffer)[]
  /** Methods of the requests in the text, when there is more than one or it is a HEAD. */
  methods?: readonly string[]
  /** Ends the sending side after the last byte. Default false. */
  end?: boolean
}

/** Sends bytes and gives back the responses to them: as many as there are methods, or until the connection ends. */
export async function send(port: number, text: string | Buffer, options: SendOptions = {}): Promise<RawResponse[]> {
  const methods = options.methods ?? [String(text).slice(0, 4) === 'HEAD' ? 'HEAD' : 'GET']
  return await new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received: Buffer = Buffer.alloc(0)
    const finish = (closed: boolean) => {
      try {
        const responses = readResponses(received, methods, closed)
        if (!responses) return
        socket.destroy()
        resolve(responses)
      } catch (error) {
        socket.destroy()
        reject(error)
      }
    }
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      finish(false)
    })
    // A reset after the answer is the end of the connection like any other.
    socket.on('error', () => {})
    socket.on('close', () => finish(true))
    const parts = [text, ...(options.later ?? [])]
    const next = () => {
      const part = parts.shift()
      if (part === undefined || socket.destroyed) return void (options.end && socket.end())
      socket.write(part, 'latin1', () => setTimeout(next, parts.length ? 20 : 0))
    }
    socket.on('connect', next)
  })
}

/** A request without a body. */
export async function ask(
  port: number,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<RawResponse> {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const [response] = await send(port, `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, { methods: [method] })
  return response!
}

/** All responses, or undefined when more bytes have to come. @throws Error when it is not HTTP */
function readResponses(received: Buffer, methods: readonly string[], closed: boolean): RawResponse[] | undefined {
  const responses: RawResponse[] = []
  let at = 0
  for (const method of methods) {
    const read = readResponse(received.subarray(at), method, closed)
    if (!read) return closed ? responses : undefined
    responses.push(read.response)
    at += read.length
  }
  return responses
}

function readResponse(
  received: Buffer,
  method: string,
  closed: boolean,
): { response: RawResponse; length: number } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) {
    if (closed && received.length > 0) throw new Error(`half a response: ${received.toString('latin1')}`)
    return undefined
  }
  const [first = '', ...lines] = received.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 ([2-5]\d\d) [\w' -]+$/.exec(first)?.[1] ?? Number.NaN)
  if (Number.isNaN(status)) throw new Error(`no status line: ${first}`)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const match = /^([\w-]+): ([\u0020-\u007e\u0080-\u00ff]*)$/.exec(line)
    if (!match) throw new Error(`no header line: ${line}`)
    const name = match[1]!.toLowerCase()
    headers[name] = name in headers ? `${headers[name]}, ${match[2]}` : match[2]!
  }
  const body = readBody(received.subarray(end + 4), { method, status, headers, closed })
  return (
    body && {
      response: { status, headers, body: body.bytes.toString('utf8'), bytes: body.bytes },
      length: end + 4 + body.length,
    }
  )
}

interface Head {
  method: string
  status: number
  headers: Record<string, string>
  closed: boolean
}

function readBody(
  rest: Buffer,
  { method, status, headers, closed }: Head,
): { bytes: Buffer; length: number } | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return { bytes: Buffer.alloc(0), length: 0 }
  if (headers['transfer-encoding'] === 'chunked') return readChunks(rest)
  const length = headers['content-length']
  if (length === undefined) {
    if (headers['connection'] !== 'close') throw new Error('a body without an end')
    return closed ? { bytes: rest, length: rest.length } : undefined
  }
  if (rest.length < Number(length)) return undefined
  return { bytes: rest.subarray(0, Number(length)), length: Number(length) }
}

function readChunks(rest: Buffer): { bytes: Buffer; length: number } | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const line = rest.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    const end = line + 2 + size
    if (rest.length < end + 2) return undefined
    chunks.push(rest.subarray(line + 2, end))
    at = end + 2
    if (size === 0) return { bytes: Buffer.concat(chunks), length: at }
  }
}
