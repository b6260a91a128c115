// A form posted to a page: the action that it names runs behind its own guards and schema, like every call of it.
import { Invalid, Outcome, type RedirectData } from '../1-contracts/index.ts'
import { type Api, readForm } from '../6-api/index.ts'
import { isRedirect } from './failure.ts'
import type { Visit } from './visit.ts'

/**
 * Runs the action of a posted form.
 *
 * @returns where the visitor goes now (post, redirect, get); undefined when the form was refused, and the page, which
 *   gets values and messages through `visit.form`, is to be shown again
 * @throws outcomes that speak of the visitor or the page (401, 403, 404), and what is no outcome
 */
export async function submitForm(api: Api, visit: Visit): Promise<RedirectData | undefined> {
  const { incoming } = visit
  // Until something else is at work, what goes wrong is the page's to show.
  visit.at = visit.plan.parts.length - 1
  const fields = await readForm(incoming)
  const action = fields.get('$action')
  if (action === null) throw new Outcome({ status: 400, code: 'MALFORMED', message: 'This form names no action.' })
  const result = await api.runForm(action, fields, incoming)
  if (result.ok) return { to: incoming.path + incoming.search, external: false }
  const { outcome } = result
  if (isRedirect(outcome)) return outcome.data
  if (outcome.status === 401 || outcome.status === 403 || outcome.status === 404) throw outcome
  const errors = outcome instanceof Invalid ? outcome.fields : {}
  visit.status = outcome.status
  const form = fields.get('$form')
  const refused = { action, values: readValues(fields), errors, message: errors[''] ?? outcome.message }
  visit.form = form === null ? refused : { ...refused, form }
  return undefined
}

/** What was typed, by the name of the field; of several values the first. No prototype: a field may be `constructor`. */
function readValues(fields: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of fields) if (name[0] !== '$') values[name] ??= value
  return values
}
