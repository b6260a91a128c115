// The one way in: a request is parsed, checked and made canonical once, answered, written and logged.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOutcome, Redirect, TooManyRequests } from '../../1-contracts/index.ts'
import { type Incoming, log, outcomeReply, problem, type Reply, redirectReply } from '../../2-platform/index.ts'
import { createAuthorityReader, readForwarded, stripHeaders } from './authority.ts'
import { NodeIncoming } from './node-incoming.ts'
import type { RequestEntry, ServerParts } from './options.ts'
import { logRequest } from './request-log.ts'
import { createStatic } from './static.ts'
import { readTarget } from './target.ts'
import { beginRequest, endRequest } from './under-way.ts'
import { type Exchange, writeReply } from './write-reply.ts'

/** The methods that anything here answers. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** What the ingress needs to know of the server around it. */
export interface ServerState {
  draining: boolean
  /** Another process serves in its place. */
  replaced: boolean
}

type RequestListener = (message: IncomingMessage, response: ServerResponse) => void

/** Makes the listener of a node:http server. */
export function createIngress(parts: ServerParts, state: ServerState): RequestListener {
  const { options = {} } = parts
  const headers = options.headers ?? {}
  const readIncoming = createReader(parts)
  const files = parts.static && createStatic(parts.static, headers)
  const { intercept, onReply = logRequest } = options
  const answer = (incoming: Incoming) => files?.(incoming) ?? parts.handler(incoming)
  const fail = createFailure(parts)
  const refusal = outcomeReply(new TooManyRequests(1))
  const crowded: Reply = { ...refusal, headers: Object.freeze({ ...headers, ...refusal.headers }) }
  return (message, response) => {
    const started = performance.now()
    const { socket } = message
    const exchange: Exchange = { message, response, closing: isLast(message) || state.draining }
    const note = () => onReply(toEntry(exchange, started))
    const done = () => {
      endRequest(socket)
      note()
    }
    const write = (reply: Reply) => {
      // The end may have begun since.
      exchange.closing ||= state.draining
      finish(exchange, { reply, done, fail })
    }
    // Probes come every few seconds and say nothing that a log should keep.
    if (message.url === '/_layer9/health')
      return void writeReply(exchange, state.draining && !state.replaced ? DRAINING : SERVING)
    if (!beginRequest(socket)) return finish(exchange, { reply: crowded, done: note, fail })
    let reply: Reply | Promise<Reply>
    try {
      const incoming = readIncoming(message, response)
      if ('status' in incoming) return write({ ...incoming, headers: { ...headers, ...incoming.headers } })
      if (intercept?.(incoming, message, response)) return void response.once('close', done)
      reply = answer(incoming)
    } catch (error) {
      reply = fail(error)
    }
    if (!(reply instanceof Promise)) return write(reply)
    reply.catch(fail).then(write)
  }
}

/**
 * Whether a request asks for another protocol, which nobody here speaks. It is answered as if it had not (RFC 9110 §7.8),
 * but node's parser throws away what came with it in one packet: what the client takes for its next request.
 */
const isLast = ({ headers }: IncomingMessage): boolean => headers.upgrade !== undefined

const HEALTH: Reply['headers'] = Object.freeze({
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
})
const SERVING: Reply = { status: 200, headers: HEALTH, body: '{"status":"serving"}' }
const DRAINING: Reply = { status: 503, headers: HEALTH, body: '{"status":"draining"}' }

/** The boundary of a request: what nobody caught becomes an id, with the rest in the report. */
function createFailure({ options = {} }: ServerParts): (error: unknown) => Reply {
  const { report = (error, id) => log.error('request failed', { id, error }) } = options
  return (error) => {
    try {
      if (isOutcome(error)) return error instanceof Redirect ? redirectReply(error, options.base) : outcomeReply(error)
    } catch {
      // An outcome whose data cannot be written is a fault like any other: nothing is behind this boundary.
    }
    const id = crypto.randomUUID()
    report(error, id)
    return problem(500, { code: 'INTERNAL', message: 'Something went wrong.' }, { id, headers: options.headers ?? {} })
  }
}

/** Writes a reply; a failure while writing is reported, and answered if nothing was sent yet. */
function finish(
  exchange: Exchange,
  { reply, done, fail }: { reply: Reply; done: () => void; fail: (error: unknown) => Reply },
): void {
  const broken = (error: unknown) => {
    const instead = fail(error)
    if (exchange.response.headersSent) exchange.response.destroy()
    else {
      // A head that could not be written has left its words behind.
      exchange.response.statusMessage = ''
      writeReply(exchange, instead)
    }
    done()
  }
  try {
    const written = writeReply(exchange, reply)
    if (written instanceof Promise) written.then(done, broken)
    else done()
  } catch (error) {
    broken(error)
  }
}

function toEntry({ message, response }: Exchange, started: number): RequestEntry {
  const url = message.url ?? ''
  const mark = url.indexOf('?')
  return {
    method: message.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    status: response.statusCode,
    milliseconds: performance.now() - started,
    address: message.socket.remoteAddress ?? '',
  }
}

/** Makes the function that turns a request of node:http into an Incoming, or into the reply that refuses it. */
function createReader({
  options = {},
}: ServerParts): (message: IncomingMessage, response: ServerResponse) => NodeIncoming | Reply {
  const hops = Number(options.trustProxy ?? 0)
  const base = (options.base ?? '/').replace(/\/+$/, '')
  const bodyLimit = options.limits?.body ?? 1_048_576
  const readAuthority = createAuthorityReader(options.allowedHosts ?? [])
  return (message, response) => {
    if (!METHODS.has(message.method!)) return refuseMethod(message.method!)
    const forwarded = hops > 0 ? readForwarded(message.headers, hops) : undefined
    const authority = readAuthority(forwarded?.host ?? message.headers.host ?? '', forwarded?.scheme ?? 'http')
    if (authority === 'none') return refuse(400, 'HOST_INVALID', 'The Host header is no host.')
    if (authority === 'foreign') return refuse(421, 'HOST_NOT_ALLOWED', 'This host is not served here.')
    const target = readTarget(message.url!)
    if (target.kind === 'refused') return refuse(400, 'URL_INVALID', `The URL has ${target.reason}.`)
    const safe = message.method === 'GET' || message.method === 'HEAD'
    if (target.kind === 'moved')
      return safe ? move(target.to) : refuse(404, 'NOT_FOUND', `The URL's one form is ${target.to}.`)
    const path = withoutBase(target.path, base)
    if (path === undefined) return refuse(404, 'NOT_FOUND', `This server answers below ${base}/ only.`)
    stripHeaders(message.headers, hops > 0)
    const address = forwarded?.address ?? message.socket.remoteAddress ?? ''
    return new NodeIncoming(message, response, {
      path,
      search: target.search,
      origin: authority.origin,
      address,
      base,
      bodyLimit,
    })
  }
}

function refuse(status: number, code: string, message: string): Reply {
  return problem(status, { code, message })
}

/** Methods that node's parser knows and nothing here answers: TRACE, PROPFIND … (RFC 9110 §15.5.6). */
function refuseMethod(method: string): Reply {
  const allow = [...METHODS].join(', ')
  return problem(
    405,
    { code: 'METHOD_NOT_ALLOWED', message: `${method} is not answered here.` },
    { headers: { allow } },
  )
}

/** 308 keeps the method (RFC 9110 §15.4.9). The target begins with one slash, so it stays on this host. */
function move(to: string): Reply {
  return { status: 308, headers: { location: to }, body: null }
}

function withoutBase(path: string, base: string): string | undefined {
  if (base === '') return path
  if (path === base) return '/'
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined
}
