// A call over the wire (Contract 5 in ARCHITECTURE.md).
import { decodeTrusted, deserialise, encode, type OutcomeWire } from '../1-contracts/index.ts'
import { errors } from './browser-errors.ts'

/**
 * The browser's side of a query or action: sends its input, gives its value or throws the outcome that the handler
 * threw. Where the server is of another build, which does not take the input or has no such procedure, the page is
 * loaded again. The compiler writes the calls of this function.
 *
 * @throws outcomes; Outcome INTERNAL with `data.id`; Layer9Error API_UNREACHABLE, API_ANSWER_UNREADABLE
 * @example
 * export const createPost = stub('posts/createPost', 'action')
 */
export function stub(
  id: string,
  kind: 'query' | 'action',
): ((input?: unknown) => Promise<unknown>) & { id: string; kind: string } {
  const run = (input?: unknown) => (kind === 'action' ? act(call(id, input)) : call(id, input))
  return Object.assign(run, { id, kind })
}

/**
 * Writes an action down for the navigation: a document that is asked for before it has settled is outdated. Neither is loaded
 * with the other, so they meet at a property of the page (`actions.ts` of the routes).
 */
function act<Result>(action: Promise<Result>): Promise<Result> {
  const page = globalThis as { layer9Actions?: Promise<unknown>[] }
  page.layer9Actions ??= []
  page.layer9Actions.push(action)
  return action
}

async function call(id: string, input: unknown): Promise<unknown> {
  // The document says which build it is of, and where the app is mounted.
  const meta = document.querySelector<HTMLMetaElement>('meta[name=layer9]')
  const body = encode({ build: meta?.content, input })
  let status = 0
  let text: string
  try {
    const url = `${meta?.dataset['base'] ?? ''}/_layer9/api/${id}`
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    status = response.status
    text = await response.text()
    // The visitor is another one now: what was loaded for the last one is loaded anew, here and (by the change of the storage,
    // where there is any) in the other tabs.
    if (response.headers.has('layer9-session')) {
      location.reload()
      localStorage.setItem('layer9', `${Date.now()}`)
    }
  } catch (cause) {
    throw errors.API_UNREACHABLE({ id }, { cause })
  }
  const answer = read(text)
  if (answer?.error) {
    const { error } = answer
    if (error.code === 'STALE') {
      // This page is of another build. What is above may keep what was typed; nobody waits for the answer any more.
      if (dispatchEvent(new Event('layer9:stale', { cancelable: true }))) location.reload()
      return await new Promise(() => {})
    }
    throw deserialise({ ...error, data: error.data ?? (error.id && { id: error.id }) }, status)
  }
  if (!answer || !('value' in answer)) throw errors.API_ANSWER_UNREADABLE({ id, status })
  return answer.value
}

interface WireAnswer {
  value?: unknown
  error?: OutcomeWire & { id?: string }
}

function read(text: string): WireAnswer | undefined {
  try {
    const answer = decodeTrusted(JSON.parse(text))
    return typeof answer === 'object' && answer !== null ? answer : undefined
  } catch {
    return undefined
  }
}
