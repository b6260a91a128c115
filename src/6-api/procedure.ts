// Queries and actions: defined once, called as a function on the server, over the wire from the browser, as a form, and
// by their own route.
import { type Infer, type InferInput, Invalid, isOutcome, type StandardSchema, validate } from '../1-contracts/index.ts'
import { contextKey, findRequest, type Incoming, isThenable } from '../2-platform/index.ts'
import { type Guard, isGuard, isOpen, runGuard } from '../5-middleware/index.ts'
import { errors } from './errors.ts'

const definition: unique symbol = Symbol.for('layer9.procedure') as never

/** A query reads, an action changes. */
export type ProcedureKind = 'query' | 'action'

/** What a handler gets. */
export interface HandlerArguments<Input, Context> {
  /** What the input schema gave; undefined without a schema. */
  readonly input: Input
  /** What the guard added. */
  readonly context: Context
  /** The web-standard request, made when first read. @throws Layer9Error NO_REQUEST outside of a request */
  readonly request: Request
  /** Aborted when the client leaves. @throws Layer9Error NO_REQUEST outside of a request */
  readonly signal: AbortSignal
}

/** What a query or an action is made of. `Accepted` is what the output schema takes, `Output` what it gives. */
export interface ProcedureOptions<
  Context extends object,
  Input extends StandardSchema | undefined,
  Result,
  Accepted = unknown,
  Output = Result,
> {
  /** Who may call it: a guard, or `everyone`. Required: nothing is reachable without a stated rule. */
  access: Guard<Context>
  /** Any Standard Schema; without one there is no input. */
  input?: Input
  /** Validates what the handler returns; what it gives is the answer. */
  output?: StandardSchema<Accepted, Output>
  /** Also reachable as REST: method and path, e.g. `POST /api/posts/[id]`. Path parameters are merged into the input. */
  route?: string
  handler: (args: HandlerArguments<OutputOf<Input>, Context>) => Result | Promise<Result>
}

type OutputOf<Schema> = Schema extends StandardSchema ? Infer<Schema> : undefined
type InputOf<Schema> = Schema extends StandardSchema ? InferInput<Schema> : undefined
type CallArguments<Input> = undefined extends Input ? [input?: Input] : [input: Input]

/** A query or action: a function, the same on both sides of the wire. */
export interface Procedure<Input = never, Output = unknown, Kind extends ProcedureKind = ProcedureKind> {
  (...args: CallArguments<Input>): Promise<Output>
  /** `<file>/<name>`, e.g. `posts/createPost`; empty until it is registered. */
  readonly id: string
  readonly kind: Kind
}

/** What the layer itself knows of a procedure. */
export interface Definition {
  id: string
  readonly kind: ProcedureKind
  readonly access: Guard
  readonly input: StandardSchema | undefined
  readonly output: StandardSchema | undefined
  readonly route: string | undefined
  readonly handler: (args: HandlerArguments<never, never>) => unknown
}

/**
 * Declares a query: it reads, and may be asked again.
 *
 * @throws Layer9Error API_ACCESS_MISSING
 * @example
 * export const listPosts = query({
 *   access: everyone,
 *   input: Search,
 *   handler: async ({ input }) => await recentPosts(input.page),
 * })
 */
export function query<
  Context extends object,
  Result extends Accepted,
  Input extends StandardSchema | undefined = undefined,
  Accepted = unknown,
  Output = Result,
>(options: ProcedureOptions<Context, Input, Result, Accepted, Output>): Procedure<InputOf<Input>, Output, 'query'> {
  return create('query', options as never) as never
}

/**
 * Declares an action: it changes something, so it is never run twice for one call.
 *
 * @throws Layer9Error API_ACCESS_MISSING
 * @example
 * export const createPost = action({
 *   access: signedIn,
 *   input: NewPost,
 *   handler: async ({ input, context }) => await publish(context.user.id, input),
 * })
 */
export function action<
  Context extends object,
  Result extends Accepted,
  Input extends StandardSchema | undefined = undefined,
  Accepted = unknown,
  Output = Result,
>(options: ProcedureOptions<Context, Input, Result, Accepted, Output>): Procedure<InputOf<Input>, Output, 'action'> {
  return create('action', options as never) as never
}

type AnyOptions = Omit<Definition, 'id' | 'kind'>

function create(kind: ProcedureKind, options: AnyOptions): Procedure {
  // JavaScript, or a cast, can leave it out: then nothing is defined, rather than something open.
  if (!isGuard(options?.access)) throw errors.API_ACCESS_MISSING({ what: kind })
  const { access, input, output, route, handler } = options
  const made: Definition = { id: '', kind, access, input, output, route, handler }
  const call = async (value: unknown) => await callDirectly(made, value)
  Object.defineProperties(call, {
    id: { get: () => made.id, enumerable: true },
    kind: { value: kind, enumerable: true },
    [definition]: { value: made },
  })
  // The properties were added by defineProperties, which types cannot follow.
  return call as never
}

/** The definition of a query or action, or undefined for any other value. */
export function definitionOf(value: unknown): Definition | undefined {
  return typeof value === 'function' ? (value as { [definition]?: Definition })[definition] : undefined
}

/** By what the browser calls a query or action; undefined for one that no api module exports, and for any other value. */
export function callName(value: unknown): [id: string, kind: ProcedureKind] | undefined {
  const made = definitionOf(value)
  return made?.id ? [made.id, made.kind] : undefined
}

/** On the server: a plain call, with the guards and the validation that everybody gets. */
async function callDirectly(made: Definition, value: unknown): Promise<unknown> {
  const incoming = findRequest()
  if (!incoming && !isOpen(made.access)) throw errors.API_NO_REQUEST({ id: made.id || `a ${made.kind}` })
  return await runProcedure(made, value, incoming)
}

/**
 * Guards, then validation, then the handler, then the output's validation: at once where none of them takes time, since
 * a promise costs more than a small answer.
 *
 * @throws outcomes; Layer9Error API_OUTPUT_INVALID; what the handler throws (or the promise rejects with them)
 */
export function runProcedure(made: Definition, value: unknown, incoming: Incoming | undefined): unknown {
  // Without a request only `everyone` gets here, which looks at nothing.
  const context = runGuard(made.access, incoming as Incoming)
  if (!(context instanceof Promise)) return runHandler(made, value, { context, incoming })
  const decided = noteGuard()
  const refuse = (error: unknown): never => {
    decided?.()
    throw error
  }
  // One reaction on the guard's promise: with a second one an error's stack would end there.
  return context.then((given) => {
    decided?.()
    return runHandler(made, value, { context: given, incoming })
  }, refuse)
}

function runHandler(
  made: Definition,
  value: unknown,
  at: { context: object; incoming: Incoming | undefined },
): unknown {
  const call = (input: unknown) => made.handler(new Arguments(input, at.context, at.incoming) as never)
  const input = made.input ? validate(made.input, value) : refuseInput(value)
  const result = input instanceof Promise ? input.then(call) : call(input)
  if (made.output) return checkOutput(made, result)
  // Query builders that run when awaited become promises here, so that nobody writes the builder itself.
  return isThenable(result) ? Promise.resolve(result) : result
}

/** Guards of this request that have not decided yet. */
const undecided = contextKey<Set<Promise<void>>>('guards')

/** Notes a guard that takes time, if there is a request. Returns what says that it has decided. */
function noteGuard(): (() => void) | undefined {
  if (!findRequest()) return undefined
  const waiting = undecided.get() ?? new Set()
  undecided.set(waiting)
  const { promise, resolve } = Promise.withResolvers<void>()
  waiting.add(promise)
  return () => {
    waiting.delete(promise)
    resolve()
  }
}

/**
 * Waits for the guards of every procedure that the current request has called so far: what they decide may be the
 * answer's status, which must not be sent before.
 */
export async function guardsDecided(): Promise<void> {
  for (let waiting = undecided.get(); waiting?.size; ) await Promise.all(waiting)
}

/** No schema, no input: what nobody validates reaches no handler. An empty record (an empty form) is no input. */
function refuseInput(value: unknown): undefined {
  const empty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  if (!empty) throw new Invalid({ '': 'This takes no input.' })
  return undefined
}

async function checkOutput(made: Definition, result: unknown): Promise<unknown> {
  const value = await result
  try {
    return await validate(made.output!, value)
  } catch (error) {
    if (isOutcome(error) && error instanceof Invalid)
      throw errors.API_OUTPUT_INVALID({ id: made.id, fields: error.fields })
    throw error
  }
}

class Arguments implements HandlerArguments<unknown, object> {
  readonly input: unknown
  readonly context: object
  readonly #incoming: Incoming | undefined
  constructor(input: unknown, context: object, incoming: Incoming | undefined) {
    this.input = input
    this.context = context
    this.#incoming = incoming
  }
  get request(): Request {
    return this.#required().request
  }
  get signal(): AbortSignal {
    return this.#required().signal
  }
  #required(): Incoming {
    if (!this.#incoming) throw errors.API_NO_REQUEST({ id: 'The handler' })
    return this.#incoming
  }
}
