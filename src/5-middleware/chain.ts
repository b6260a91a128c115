// The app's own steps around every answer. No `next()`: a step that has answered is off the stack, and what comes
// between the two halves of the chain is called by whoever runs it, not by a step.
import { type Incoming, type Reply, toReply } from '../2-platform/index.ts'

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

/** How far a request came: the steps that it passed, and the answer of the last of them, if it gave one. */
export interface Passage {
  readonly passed: number
  readonly reply: Reply | undefined
}

/** Runs the first halves of a chain, until one answers. */
export function runBefore({ steps }: Chain, incoming: Incoming): Passage | Promise<Passage> {
  return before(steps, incoming, 0)
}

function before(steps: readonly Middleware[], incoming: Incoming, from: number): Passage | Promise<Passage> {
  for (let index = from; index < steps.length; index++) {
    const given = steps[index]!.before?.(incoming)
    const passed = index + 1
    if (given instanceof Promise) {
      return given.then((later) => (later ? { passed, reply: toAnswer(later) } : before(steps, incoming, passed)))
    }
    if (given) return { passed, reply: toAnswer(given) }
  }
  return { passed: steps.length, reply: undefined }
}

/** Runs the second halves of the steps that a request passed, the last one first. */
export function runAfter(
  { steps }: Chain,
  incoming: Incoming,
  { passed, reply }: Passage & { reply: Reply },
): Reply | Promise<Reply> {
  let current = reply
  for (let index = passed - 1; index >= 0; index--) {
    const given = steps[index]!.after?.(incoming, current)
    if (given instanceof Promise) {
      const so = current
      return given.then((later) => runAfter({ steps }, incoming, { passed: index, reply: toAnswer(later) ?? so }))
    }
    current = toAnswer(given) ?? current
  }
  return current
}

function toAnswer(answer: Answer): Reply | undefined {
  return answer instanceof Response ? toReply(answer) : (answer ?? undefined)
}
