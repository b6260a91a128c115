import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Handler, Incoming, Reply } from '../../2-platform/index.ts'
import type { StaticManifest } from './static-file.ts'

/** Times in milliseconds, sizes in bytes. */
export interface ServerLimits {
  /** Largest body. Default 1 MiB. */
  readonly body?: number
  /** All header lines together. Default 16 KiB. */
  readonly headers?: number
  /** Until all headers are there. Default 10,000. */
  readonly headersTime?: number
  /** Until the whole request is there. Default 30,000. */
  readonly requestTime?: number
  /** How long an idle connection is kept. Default 5,000. */
  readonly keepAlive?: number
  /** How long a connection may be still while it is answered: a client that does not read. Default 120,000. */
  readonly stall?: number
  /** Most connections at once. Default 10,000. */
  readonly connections?: number
  /** How long requests may run on after `close()`. Default 30,000. */
  readonly drain?: number
}

/** What a server is told. */
export interface ServerOptions {
  /** URL path the app is mounted at. Default `/`. */
  readonly base?: string
  /** Hosts that are answered: `example.com`, or `.example.com` for all below it. Default: any. */
  readonly allowedHosts?: readonly string[]
  /** Number of trusted proxies in front, whose `x-forwarded-*` counts; true is 1. Default 0: nobody's does. */
  readonly trustProxy?: boolean | number
  readonly limits?: ServerLimits
  /** Laid under the headers of static files and of the server's own answers. */
  readonly headers?: Reply['headers']
  /** Called once a reply is written. Default: a line in the log. */
  readonly onReply?: (entry: RequestEntry) => void
  /** Called with every error that a stranger sees only as an id. Default: the log. */
  readonly report?: (error: unknown, id: string) => void
  /** Offered each canonical request first; true: it has taken it over. For a development server. */
  readonly intercept?: (incoming: Incoming, message: IncomingMessage, response: ServerResponse) => boolean
}

/** One line of the request log. */
export interface RequestEntry {
  readonly method: string
  /** As it came, without the query, which may hold secrets. */
  readonly path: string
  readonly status: number
  readonly milliseconds: number
  readonly address: string
}

/** All that `createServer` takes. */
export interface ServerParts {
  readonly handler: Handler
  readonly static?: StaticManifest
  readonly options?: ServerOptions
}
