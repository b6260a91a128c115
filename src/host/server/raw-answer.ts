// Answers to what node:http could not parse: written to the socket, since there is no request to answer.
import type { Duplex } from 'node:stream'
import { encode } from '../../1-contracts/index.ts'

// An import would read every export of the module, and with them load all of Node's `fetch`: see server.ts.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** What a broken request is told. */
export interface RawAnswer {
  readonly status: number
  readonly code: string
  readonly message: string
}

const ANSWERS: Readonly<Record<string, RawAnswer>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'HEADERS_TOO_LARGE', message: 'The headers are too large.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The chunk extensions are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'TIMEOUT', message: 'The request took too long to arrive.' },
}

const MALFORMED: RawAnswer = { status: 400, code: 'MALFORMED', message: 'This is no valid HTTP request.' }

/** The answer to an error of node's parser. */
export function answerFor(error: { code?: string }): RawAnswer {
  return (error.code !== undefined && Object.hasOwn(ANSWERS, error.code) && ANSWERS[error.code]) || MALFORMED
}

/** Writes an answer and ends the connection: after broken framing nobody knows where the next request begins. */
export function writeRaw(socket: Duplex, { status, code, message }: RawAnswer): void {
  if (!socket.writable || socket.destroyed) return void socket.destroy()
  const body = encode({ error: { code, message } })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\ncache-control: no-store\r\n` +
      `x-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
