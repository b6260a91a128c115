// A request's way through the app: the defaults, the app's own steps, the answer, and back. It lies in the top layer, so
// that the call stack is the layer order: what middleware has answered is off the stack when the answer is made.
import { isOutcome, Redirect } from '../1-contracts/index.ts'
import {
  type Handler,
  type Incoming,
  noPageReply,
  openRequest,
  outcomeReply,
  type Reply,
  redirectReply,
} from '../2-platform/index.ts'
import {
  type Chain,
  createDefence,
  type DefenceOptions,
  type Passage,
  runAfter,
  runBefore,
} from '../5-middleware/index.ts'

/** What surrounds the answer. */
export interface PassageOptions extends DefenceOptions {
  /** The app's own steps. */
  chain?: Chain | undefined
  /** URL path the app is mounted at, for redirects. Default `/`. */
  base?: string
  /** The methods of a path of the api; undefined where it has none. Default: there is no api. */
  methodsOf?: (path: string) => readonly string[] | undefined
  /** Whether a page answers a path: what no page does is left to the browser when a navigation asks. Default: always. */
  isPage?: (path: string) => boolean
}

/**
 * Surrounds what answers with the defaults and the app's chain, in the request's context. An outcome that leaves it
 * becomes its reply; a fault is left to the ingress. Synchronous where no step is asynchronous.
 *
 * @example
 * const handler = createPassage(answer, { rateLimit: 600 })
 */
export function createPassage(answer: Handler, passage: PassageOptions = {}): Handler {
  const { chain, base, methodsOf, isPage, ...options } = passage
  const defence = createDefence(options)
  // Asked for CORS alone: without it no request pays for the look-up.
  const findMethods = options.cors && methodsOf
  const toRefusal = (error: unknown) => refuse(error, base)
  const inside = chain === undefined || chain.steps.length === 0 ? answer : throughChain(answer, chain)
  const pass = (
    incoming: Incoming,
    admitted: Incoming | Reply,
    methods?: readonly string[],
  ): Reply | Promise<Reply> => {
    if ('status' in admitted) return defence.dress(incoming, admitted, methods)
    const left = noPageReply(admitted)
    if (left && isPage?.(admitted.path) === false) return defence.dress(incoming, left, methods)
    const { run, close } = openRequest(admitted)
    const finish = (reply: Reply) => defence.dress(incoming, tellSession(incoming, close(reply)), methods)
    let reply: Reply | Promise<Reply>
    try {
      reply = run(() => inside(admitted))
    } catch (error) {
      reply = toRefusal(error)
    }
    return reply instanceof Promise ? reply.catch(toRefusal).then(finish) : finish(reply)
  }
  return (incoming) => {
    const methods = findMethods?.(incoming.path)
    const admitted = defence.admit(incoming, methods)
    return admitted instanceof Promise
      ? admitted.then((later) => pass(incoming, later, methods))
      : pass(incoming, admitted, methods)
  }
}

function throughChain(answer: Handler, chain: Chain): Handler {
  return (incoming) => {
    const passage = runBefore(chain, incoming)
    return passage instanceof Promise
      ? passage.then((later) => proceed(answer, chain, { incoming, passage: later }))
      : proceed(answer, chain, { incoming, passage })
  }
}

function proceed(answer: Handler, chain: Chain, at: { incoming: Incoming; passage: Passage }): Reply | Promise<Reply> {
  const { incoming, passage } = at
  const reply = passage.reply ?? answer(incoming)
  return reply instanceof Promise
    ? reply.then((later) => runAfter(chain, incoming, { passed: passage.passed, reply: later }))
    : runAfter(chain, incoming, { passed: passage.passed, reply })
}

/**
 * A redirect that changes the session, as the navigation of a page learns of it: a script follows redirects without
 * seeing them, and this one is to be followed by the browser.
 */
function tellSession({ headers }: Incoming, reply: Reply): Reply {
  const { location, ...rest } = reply.headers
  if (!rest['layer9-session'] || headers['layer9-navigation'] === undefined || location === undefined) return reply
  return { status: 204, headers: { ...rest, 'layer9-session': 'changed', 'layer9-location': location }, body: null }
}

function refuse(error: unknown, base: string | undefined): Reply {
  if (!isOutcome(error)) throw error
  return error instanceof Redirect ? redirectReply(error, base) : outcomeReply(error)
}
