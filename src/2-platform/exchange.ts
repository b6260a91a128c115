// The contract between the ingress (host/server) and everything that answers a request. It lies here, low, so that
// routes, api and middleware can all speak it; the ingress and the tests make the values.

/** A request, parsed and made canonical once (SECURITY I1). Frozen: nobody parses the URL or the host again. */
export interface Incoming {
  /** Upper case, one of GET HEAD POST PUT PATCH DELETE OPTIONS. */
  readonly method: string
  /** Canonical path, still percent-encoded, without the configured base; always begins with `/`. */
  readonly path: string
  /** The query with its `?`, or the empty string. */
  readonly search: string
  /** Scheme and authority as the client sees them, e.g. `http://localhost:3000`. */
  readonly origin: string
  /** Header names in lower case; repeated ones joined as node:http does. `x-layer9-*` never appears. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The client's address. */
  readonly address: string
  /** Aborted when the client leaves or the request times out. */
  readonly signal: AbortSignal
  /** Reads the body once, at most `limit` bytes (default: the configured body limit). @throws PayloadTooLarge outcome */
  body(limit?: number): Promise<Uint8Array>
  /** The same as a web-standard Request, made on first use. */
  readonly request: Request
}

/** What a handler answers. Header names in lower case. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** `null`: no body. Iterables are streamed chunk by chunk with backpressure. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array> | null
}

/** Answers a request, at once where nothing has to be waited for (a promise costs more than a small page). */
export type Handler = (incoming: Incoming) => Reply | Promise<Reply>
