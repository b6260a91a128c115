import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  Outcome,
  type OutcomeWire,
  PayloadTooLarge,
  TooManyRequests,
  Unauthorized,
} from './outcome.ts'
import { Redirect } from './redirect.ts'

/** Classes by code: a closed set, so that no text from the wire chooses what is constructed. */
const classes = new Map<string, new (data: never) => Outcome>([
  ['NOT_FOUND', NotFound],
  ['UNAUTHORIZED', Unauthorized],
  ['FORBIDDEN', Forbidden],
  ['CONFLICT', Conflict],
  ['INVALID', Invalid],
  ['TOO_MANY_REQUESTS', TooManyRequests],
  ['PAYLOAD_TOO_LARGE', PayloadTooLarge],
  ['REDIRECT', Redirect],
])

/**
 * The outcome of its data, of the class that was thrown; an unknown code gives a plain `Outcome`.
 *
 * @example
 * deserialise({ code: 'NOT_FOUND', message: 'There is no such post.' }, 404) instanceof NotFound // true
 */
export function deserialise(wire: OutcomeWire, status: number): Outcome {
  const Class = classes.get(wire.code)
  if (!Class) return new Outcome({ status, code: wire.code, message: wire.message, data: wire.data })
  // Each class takes its own data as its only argument; the server, which wrote it, is trusted with the shape.
  const outcome = new Class(wire.data as never)
  outcome.message = wire.message
  return outcome
}
