// Raw handlers by method and path: feeds, files made on the fly, callbacks of other services.
import { type Incoming, type Reply, toReply } from '../2-platform/index.ts'
import { type Guard, isGuard, runGuard } from '../5-middleware/index.ts'
import { errors } from './errors.ts'
import { parseRoute, type Route } from './route-pattern.ts'

const brand: unique symbol = Symbol.for('layer9.endpoint') as never

/** What an endpoint's handler gets. */
export interface EndpointArguments<Context> {
  /** The web-standard request, made when first read. */
  readonly request: Request
  /** The request as the ingress parsed it: cheaper than `request`. */
  readonly incoming: Incoming
  /** Path parameters, decoded; rest parameters are one text with `/`. */
  readonly params: Readonly<Record<string, string>>
  /** The query. */
  readonly query: URLSearchParams
  readonly context: Context
  readonly signal: AbortSignal
}

/** What an endpoint is made of. */
export interface EndpointOptions<Context extends object> {
  /** Who may call it: a guard, or `everyone`. */
  access: Guard<Context>
  handler: (args: EndpointArguments<Context>) => Response | Reply | Promise<Response | Reply>
}

/** A raw handler for one method and path. */
export interface Endpoint {
  readonly [brand]: true
  readonly route: Route
  readonly access: Guard
  /** Runs the guard, then the handler. */
  run(incoming: Incoming, params: Readonly<Record<string, string>>): Reply | Promise<Reply>
}

/**
 * Declares an endpoint. A GET one answers HEAD too.
 *
 * @throws Layer9Error API_ACCESS_MISSING, API_ROUTE_INVALID
 * @example
 * import { text } from 'layer9/platform'
 * export const feed = endpoint('GET /feed.txt', {
 *   access: everyone,
 *   handler: async () => text((await recentPosts(1)).map(({ title }) => title).join('\n')),
 * })
 */
export function endpoint<Context extends object>(route: string, options: EndpointOptions<Context>): Endpoint {
  if (!isGuard(options?.access)) throw errors.API_ACCESS_MISSING({ what: `endpoint (${route})` })
  const parsed = parseRoute(route)
  const { access, handler } = options
  const answer = (args: EndpointArguments<Context>) => toAnswer(parsed, handler(args))
  return Object.freeze({
    [brand]: true as const,
    route: parsed,
    access,
    run(incoming: Incoming, params: Readonly<Record<string, string>>) {
      const context = runGuard(access, incoming)
      if (!(context instanceof Promise)) return answer(new Arguments(incoming, params, context))
      return context.then((given) => answer(new Arguments(incoming, params, given)))
    },
  })
}

/** Whether a value is an endpoint. */
export function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && brand in value
}

class Arguments<Context> implements EndpointArguments<Context> {
  readonly incoming: Incoming
  readonly params: Readonly<Record<string, string>>
  readonly context: Context
  constructor(incoming: Incoming, params: Readonly<Record<string, string>>, context: Context) {
    this.incoming = incoming
    this.params = params
    this.context = context
  }
  get request(): Request {
    return this.incoming.request
  }
  get query(): URLSearchParams {
    return new URLSearchParams(this.incoming.search)
  }
  get signal(): AbortSignal {
    return this.incoming.signal
  }
}

function toAnswer(route: Route, answer: Response | Reply | Promise<Response | Reply>): Reply | Promise<Reply> {
  if (answer instanceof Promise) return answer.then((given) => toAnswer(route, given))
  if (answer instanceof Response) return toReply(answer)
  // Below 200 an answer is not the last one (RFC 9110 §15.2): clients would take the next answer for this one's.
  if (answer?.status >= 200 && typeof answer.headers === 'object') return answer
  throw errors.API_ANSWER_INVALID({
    route: `${route.method} ${route.path}`,
    kind: typeof answer?.status === 'number' ? `status ${answer.status}` : answer === null ? 'null' : typeof answer,
  })
}
