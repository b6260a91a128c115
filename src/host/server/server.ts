// The server: node:http with limits, the ingress, and an orderly end.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { encode } from '../../1-contracts/index.ts'
import { createDrain } from './drain.ts'
import { createIngress, type ServerState } from './ingress.ts'
import { type ListenAddress, listen } from './listen.ts'
import type { RequestEntry, ServerLimits, ServerParts } from './options.ts'
import { answerFor, writeRaw } from './raw-answer.ts'
import { logRequest } from './request-log.ts'

// Not imported: an ES module that imports a module of Node's reads all of its exports, some of which are made when they
// are first read. Of `node:http` these are `WebSocket` and its like, and with them all of undici: a quarter of a start.
const { createServer: createHttpServer } = process.getBuiltinModule('node:http')

/** Milliseconds. */
const KEEP_ALIVE = 5_000

/** A running server. */
export interface Layer9Server {
  /** The node:http server, for upgrades. */
  readonly http: Server
  /** Listens; port 0 takes a free one. Resolves to where it listens. @throws Layer9Error SERVER_PORT_TAKEN, SERVER_PORT_REFUSED */
  listen(port: number, host?: string): Promise<ListenAddress>
  /**
   * Ends it: no new connections, idle ones closed, `/_layer9/health` says 503, running requests finish, within
   * `limits.drain`. A second call ends everything at once.
   */
  close(options?: CloseOptions): Promise<void>
}

/** How a server is to end. */
export interface CloseOptions {
  /**
   * Milliseconds that idle connections are kept, `limits.keepAlive` at most: a request on one is answered, and closes it.
   * Default 0.
   */
  readonly grace?: number
  /** Another process answers at the same port from now on: `/_layer9/health` says 200 to the end. Default false. */
  readonly replaced?: boolean
}

/**
 * Makes a server of a handler and a manifest of static files.
 *
 * @example
 * import { text } from 'layer9/platform'
 * const server = createServer({ handler: () => text('hello') })
 * const { url } = await server.listen(0)
 */
export function createServer(parts: ServerParts): Layer9Server {
  const limits = parts.options?.limits ?? {}
  const state: ServerState = { draining: false, replaced: false }
  const http = createHttpServer(toNodeOptions(limits), createIngress(parts, state))
  http.setTimeout(limits.stall ?? 120_000)
  if (limits.connections !== undefined) http.maxConnections = limits.connections
  const { onReply = logRequest } = parts.options ?? {}
  http.on('clientError', (error, socket) => answerBroken(error, socket, onReply))
  http.on('connect', (_, socket: Duplex) =>
    writeRaw(socket, { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'This is no proxy.' }),
  )
  // Node knows `100-continue` alone and would answer any other expectation itself, without a body or a line in the log.
  http.on('checkExpectation', (message: IncomingMessage, response: ServerResponse) =>
    refuseExpectation(message, response, onReply),
  )
  const drain = createDrain(http)
  let closing: Promise<void> | undefined
  return {
    http,
    listen: async (port, host = '127.0.0.1') => await listen(http, port, host),
    close({ grace = 0, replaced = false } = {}) {
      if (closing) http.closeAllConnections()
      state.draining = true
      state.replaced = replaced
      closing ??= drain({ limit: limits.drain ?? 30_000, grace: Math.min(grace, limits.keepAlive ?? KEEP_ALIVE) })
      return closing
    },
  }
}

function toNodeOptions(limits: ServerLimits): Parameters<typeof createHttpServer>[0] & object {
  const { headersTime = 10_000, requestTime = 30_000 } = limits
  return {
    maxHeaderSize: limits.headers ?? 16_384,
    // Of a whole request the headers are a part; 0 is no limit.
    headersTimeout: requestTime === 0 ? headersTime : Math.min(headersTime, requestTime),
    requestTimeout: requestTime,
    keepAliveTimeout: limits.keepAlive ?? KEEP_ALIVE,
    // How often the two timeouts above are looked at.
    connectionsCheckingInterval: Math.min(1000, headersTime),
    // Our own check answers with a typed body.
    requireHostHeader: false,
    // Two of a header that there is one of (Host, Content-Type) become one value that is none, instead of the first.
    joinDuplicateHeaders: true,
    noDelay: true,
  }
}

function answerBroken(error: Error & { code?: string }, socket: Duplex, onReply: (entry: RequestEntry) => void): void {
  // `_httpMessage` is node's answer in progress on this socket: a second one must not be written into it.
  const { _httpMessage: current, remoteAddress } = socket as BrokenSocket
  if (error.code === 'ECONNRESET' || current?.headersSent) return void socket.destroy()
  const answer = answerFor(error)
  // There is no method and no path that could be trusted; the parser's code says what was wrong.
  onReply({
    method: '-',
    path: `(${error.code})`,
    status: answer.status,
    milliseconds: 0,
    address: remoteAddress ?? '',
  })
  writeRaw(socket, answer)
}

/** 417 (RFC 9110 §10.1.1). The body that the client holds back never comes, so the connection ends. */
function refuseExpectation(
  { method = '', url = '', socket }: IncomingMessage,
  response: ServerResponse,
  onReply: (entry: RequestEntry) => void,
): void {
  const body = encode({ error: { code: 'EXPECTATION_UNKNOWN', message: 'Expect nothing, or 100-continue.' } })
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  }
  response.writeHead(417, { ...headers, 'x-content-type-options': 'nosniff' }).end(body)
  const address = socket.remoteAddress ?? ''
  onReply({ method, path: url.split('?', 1)[0]!, status: 417, milliseconds: 0, address })
}

/** What node's sockets have beyond the stream's interface. */
type BrokenSocket = Duplex & { _httpMessage?: { headersSent: boolean } | null; remoteAddress?: string }
