import type { Person } from '~/contracts/person'
import { demoPeople } from '~/services/people'

// Held by this process alone: a restart signs everybody out. The bound keeps a busy demo from growing without end.
const sessions = new Map<string, Person>()
const most = 10_000

/** Begins a session for one of the demo's neighbours; undefined when it is none of them. */
export function beginSession(personId: string): string | undefined {
  const person = demoPeople().find((each) => each.id === personId)
  if (!person) return undefined
  const oldest = sessions.keys().next()
  if (sessions.size >= most && !oldest.done) sessions.delete(oldest.value)
  const token = crypto.randomUUID()
  sessions.set(token, person)
  return token
}

export const findSession = (token: string | undefined): Person | undefined =>
  token === undefined ? undefined : sessions.get(token)

export const endSession = (token: string | undefined): void => {
  if (token !== undefined) sessions.delete(token)
}
