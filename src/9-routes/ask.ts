// Asks the server for documents, as the browser would, and says that it is a script which asks: then what is no page is
// not run but left to the browser, and a redirect that changes the session is told instead of followed.

/** What the server answered, live or kept. */
export interface Answer {
  /** Where it came from, after redirects. A response that was kept has lost it. */
  readonly url: string
  readonly response: Response
}

/** What is asked for, and why. */
export interface AskOptions {
  readonly body?: BodyInit | undefined
  readonly signal?: AbortSignal | undefined
  readonly purpose?: 'visit' | 'prefetch'
}

/** Asks for a document. @throws what `fetch` throws */
export async function ask(url: URL | string, { body, signal, purpose = 'visit' }: AskOptions = {}): Promise<Answer> {
  const headers = { 'layer9-navigation': purpose }
  // Without a method it is GET.
  const response = await fetch(url, {
    method: body && 'POST',
    body,
    signal,
    headers,
  } as RequestInit)
  return { url: response.url, response }
}

/** Whether an answer is a document; what is none is the browser's. */
export const isDocument = ({ response }: Answer): boolean => /html/.test(response.headers.get('content-type') ?? '')
