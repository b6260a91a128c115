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
  return Object.assign(async (input?: unknown) => await call(id, input), { id, kind })
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
