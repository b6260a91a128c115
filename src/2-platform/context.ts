// What belongs to one request, wherever in the call tree it is asked for. A request that nobody asks about pays one
// slot of async context and one small object.
import { AsyncLocalStorage } from 'node:async_hooks'
import { errors } from './errors.ts'
import type { Incoming, Reply } from './exchange.ts'

interface Scope {
  readonly incoming: Incoming
  values: Map<object, unknown> | null
  /** Headers that code below the reply asked for, in order; `sealed` once the reply is on its way. */
  headers: [name: string, value: string][] | null
  sealed: boolean
}

const storage = new AsyncLocalStorage<Scope>()

/**
 * A typed place in the request's context: each request has its own value.
 *
 * @example
 * const locale = contextKey<string>('locale')
 * locale.set('de')
 * locale.get()   // (here, and anywhere else in this request: 'de')
 */
export interface ContextKey<Value> {
  readonly name: string
  /** The request's value, or undefined (outside of requests too). */
  get(): Value | undefined
  /** @throws Layer9Error NO_REQUEST outside of a request */
  set(value: Value): void
}

/** Makes a key; the name is for messages only, two keys of one name are two places. */
export function contextKey<Value>(name: string): ContextKey<Value> {
  const key: ContextKey<Value> = {
    name,
    // Only `set` of this very key writes the entry, so it holds a Value.
    get: () => storage.getStore()?.values?.get(key) as Value | undefined,
    set(value) {
      const scope = scopeFor(`The context key "${name}"`)
      scope.values ??= new Map()
      scope.values.set(key, value)
    },
  }
  return key
}

/** The request that is being answered. @throws Layer9Error NO_REQUEST outside of one */
export function currentRequest(): Incoming {
  return scopeFor('currentRequest()').incoming
}

/** The request that is being answered, or undefined outside of one. */
export function findRequest(): Incoming | undefined {
  return storage.getStore()?.incoming
}

/**
 * Adds a header to the answer of the current request, from wherever it is called. `set-cookie` may be added often; of
 * others the last one wins, over those of the reply.
 *
 * @throws Layer9Error NO_REQUEST, RESPONSE_STARTED
 */
export function addReplyHeader(name: string, value: string): void {
  const scope = scopeFor(`The header "${name}"`)
  if (scope.sealed) throw errors.RESPONSE_STARTED({ header: name })
  scope.headers ??= []
  scope.headers.push([name.toLowerCase(), value])
}

/** A request's context, opened: what runs inside it, and the reply with what was asked for meanwhile. */
export interface OpenRequest {
  /** Calls a function inside the context, without a frame of this layer on the stack between it and its caller. */
  readonly run: <Value>(inside: () => Value) => Value
  /** The reply with the headers that were added; after it none can be. */
  readonly close: (reply: Reply) => Reply
}

/**
 * Opens the context of a request. Inside the context of the same request it opens nothing, so every layer may use it.
 *
 * @example
 * const { run, close } = openRequest(incoming)
 * const reply = close(await run(() => answer(incoming)))
 */
export function openRequest(incoming: Incoming): OpenRequest {
  if (storage.getStore()?.incoming === incoming) return ALREADY_OPEN
  const scope: Scope = { incoming, values: null, headers: null, sealed: false }
  // Bound, not wrapped: whoever calls `run` stands on the stack directly above what runs, whatever layer both are of.
  return { run: storage.run.bind(storage, scope) as OpenRequest['run'], close: (reply) => seal(scope, reply) }
}

/** Inside already: `call` called on `call` calls its argument, as a function of ours would but without a frame of ours. */
const ALREADY_OPEN: OpenRequest = {
  run: Function.prototype.call.bind(Function.prototype.call) as OpenRequest['run'],
  close: (reply) => reply,
}

/** Answers a request inside its context: `openRequest`, for a whole answer. */
export function runRequest(incoming: Incoming, handler: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
  const { run, close } = openRequest(incoming)
  const reply = run(handler)
  return reply instanceof Promise ? reply.then(close) : close(reply)
}

function seal(scope: Scope, reply: Reply): Reply {
  scope.sealed = true
  if (!scope.headers) return reply
  const headers: Record<string, string | readonly string[]> = { ...reply.headers }
  for (const [name, value] of scope.headers) {
    if (name !== 'set-cookie') headers[name] = value
    else headers[name] = [headers[name] ?? [], value].flat()
  }
  // An answer that sets a cookie is one visitor's and may not be stored (SECURITY I7).
  if (headers['set-cookie']) headers['cache-control'] = 'no-store'
  return { status: reply.status, headers, body: reply.body }
}

function scopeFor(what: string): Scope {
  const scope = storage.getStore()
  if (!scope) throw errors.NO_REQUEST({ what })
  return scope
}
