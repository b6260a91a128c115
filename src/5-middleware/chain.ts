// The app's own steps around every answer. No `next()`: a step that has answered is off the stack.
import { type Handler, type Incoming, type Reply, toReply } from '../2-platform/index.ts'

/** A step around the handler. Both halves may be asynchronous; a chain of synchronous ones costs no promise. */
export interface Middleware {
  /** Runs before the handler. What it returns is the answer, and the handler is not called. */
  before?: (incoming: Incoming) => Answer | Promise<Answer>
  /** Runs after it, also for answers of later steps. What it returns replaces the answer. */
  after?: (incoming: Incoming, reply: Reply) => Answer | Promise<Answer>
}

// biome-ignore lint/suspicious/noConfusingVoidType: a step that only looks returns nothing
type Answer = Reply | Response | undefined | void

/** Steps in order. */
export interface Chain {
  readonly steps: readonly Middleware[]
}

/** Declares a step, typed. */
export function middleware(step: Middleware): Middleware {
  return step
}

/**
 * Lines steps up: `before` in this order, `after` in reverse.
 *
 * @example
 * export default chain(middleware({ after: (_, reply) => ({ ...reply, headers: { ...reply.headers, 'x-powered-by': 'tea' } }) }))
 */
export function chain(...steps: (Middleware | Chain)[]): Chain {
  return Object.freeze({ steps: steps.flatMap((step) => ('steps' in step ? step.steps : [step])) })
}

/** Composes a chain and a handler into one handler; the handler itself when there are no steps. */
export function applyChain(steps: Chain | undefined, handler: Handler): Handler {
  return (steps?.steps ?? []).reduceRight(surround, handler)
}

function surround(inner: Handler, { before, after }: Middleware): Handler {
  const answer: Handler = before
    ? (incoming) => then(before(incoming), (given) => toAnswer(given) ?? inner(incoming))
    : inner
  if (!after) return answer
  return (incoming) =>
    then(answer(incoming), (reply) => then(after(incoming, reply), (given) => toAnswer(given) ?? reply))
}

/** Goes on at once, or after a promise. */
function then<Value, Next>(
  value: Value | Promise<Value>,
  next: (value: Value) => Next | Promise<Next>,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

function toAnswer(answer: Answer): Reply | undefined {
  return answer instanceof Response ? toReply(answer) : (answer ?? undefined)
}
