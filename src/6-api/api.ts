// All that an app's api modules make reachable: calls over the wire, named routes, endpoints, form posts. Nothing else.
import { Invalid, isOutcome, NotFound, type Outcome, Redirect } from '../1-contracts/index.ts'
import {
  type Incoming,
  log,
  openRequest,
  outcomeReply,
  problem,
  type Reply,
  redirectReply,
} from '../2-platform/index.ts'
import { type Endpoint, isEndpoint } from './endpoint.ts'
import { errors } from './errors.ts'
import { readInput } from './form.ts'
import { type Definition, definitionOf, runProcedure } from './procedure.ts'
import { compareRoutes, isStatic, matchParts, parseRoute, type Route } from './route-pattern.ts'
import { readCall, readJson, writeFault, writeMethods, writePlain, writeValue } from './wire.ts'

const PREFIX = '/_layer9/api/'

/** What `createApi` may be told. */
export interface ApiOptions {
  /** This build's id; a call of another build that is unknown or whose input is refused is answered STALE (409). */
  build?: string
  /** URL path the app is mounted at, for redirects of endpoints and named routes. Default `/`. */
  base?: string
  /** Gets every error that a stranger sees as an id alone. Default: the log. */
  report?: (error: unknown, id: string, incoming: Incoming) => void
}

/** One thing that can be reached, for `layer9 routes`. */
export interface ApiEntry {
  /** `<file>/<name>`. */
  readonly id: string
  readonly kind: 'query' | 'action' | 'endpoint'
  /** Every method and path it answers to. */
  readonly routes: readonly string[]
}

/** How a form post ended: with a value, or with an outcome (a redirect and wrong fields are outcomes too). */
export type FormResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly outcome: Outcome }

/** The api of an app. */
export interface Api {
  /** Answers calls, named routes and endpoints; undefined when the path is none of these. */
  handle(incoming: Incoming): Reply | Promise<Reply> | undefined
  /** The methods that a path answers, HEAD with GET; undefined when it is none of these. */
  methodsOf(path: string): readonly string[] | undefined
  /** Runs the action that a form names (`<file>/<name>`) with the form's fields. @throws what is no outcome */
  runForm(id: string, form: URLSearchParams, incoming: Incoming): Promise<FormResult>
  /** The query or action of a name. */
  find(id: string): Definition | undefined
  readonly endpoints: readonly Endpoint[]
  list(): readonly ApiEntry[]
}

/** A query or action is called by its name with a POST. */
const CALL: readonly string[] = Object.freeze(['POST'])

type Answer = (incoming: Incoming, params: Readonly<Record<string, string>>) => Reply | Promise<Reply>

/** All methods of one path. */
interface Resource {
  readonly route: Route
  readonly methods: Map<string, { route: Route; answer: Answer; id: string }>
}

/** Gives the procedures among a module's exports their names; the first module that has one names it. */
export function register(file: string, exports: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(exports)) {
    const made = definitionOf(value)
    if (made && made.id === '') made.id = `${file}/${name}`
  }
}

/**
 * Makes the api of an app's modules, by path below app/api without extension.
 *
 * @throws Layer9Error API_ROUTE_INVALID, API_ROUTE_CLASH, SCHEMA_NOT_READABLE
 * @example
 * const report = (error: unknown) => log.error('a call failed', { error })
 * const api = createApi({ posts: { listPosts, createPost } }, { report })
 */
export function createApi(
  modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  options: ApiOptions = {},
): Api {
  const procedures = new Map<string, Definition>()
  const endpoints = new Map<string, Endpoint>()
  for (const [file, exports] of Object.entries(modules)) {
    register(file, exports)
    for (const [name, value] of Object.entries(exports)) {
      const made = definitionOf(value)
      if (made) procedures.set(`${file}/${name}`, made)
      else if (isEndpoint(value)) endpoints.set(`${file}/${name}`, value)
    }
  }
  const paths = createPaths(procedures, endpoints, options)
  return {
    find: (id) => procedures.get(id),
    endpoints: [...endpoints.values()],
    list: () => listEntries(procedures, endpoints),
    runForm: async (id, form, incoming) => await runForm(procedures.get(id), form, incoming),
    handle(incoming) {
      if (incoming.path.startsWith(PREFIX))
        return guarded(incoming, options, () => answerCall(incoming, procedures, options))
      return paths.answer(incoming)
    },
    methodsOf(path) {
      if (!path.startsWith(PREFIX)) return paths.methodsOf(path)
      return procedures.has(path.slice(PREFIX.length)) ? CALL : undefined
    },
  }
}

/** `POST /_layer9/api/<file>/<name>`. */
async function answerCall(
  incoming: Incoming,
  procedures: ReadonlyMap<string, Definition>,
  options: ApiOptions,
): Promise<Reply> {
  const made = procedures.get(incoming.path.slice(PREFIX.length))
  const isStale = ({ build }: { build?: string | undefined }): boolean =>
    options.build !== undefined && build !== undefined && build !== options.build
  if (!made) {
    const call = incoming.method === 'POST' ? await readCall(incoming).catch(() => ({})) : {}
    return isStale(call) ? stale() : outcomeReply(new NotFound('query or action'))
  }
  if (incoming.method !== 'POST') return writeMethods(incoming.method, CALL)
  const call = await readCall(incoming)
  try {
    return writeValue(await runProcedure(made, call.input, incoming))
  } catch (error) {
    if (isStale(call) && error instanceof Invalid) return stale()
    throw error
  }
}

/** To a page of another build, whose call is none of this one's any more. */
const stale = (): Reply => problem(409, { code: 'STALE', message: 'This page is of an older version; load it again.' })

/** How outcomes are answered: browsers follow redirects of endpoints; a call hears of one itself. */
type Boundary = ApiOptions & { readonly follow?: boolean }

/** The one error boundary of the layer: outcomes become their replies, all else an id, with the rest in the report. */
function guarded(incoming: Incoming, options: Boundary, answer: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
  const fail = (error: unknown): Reply => {
    if (isOutcome(error)) {
      const followed = options.follow && error instanceof Redirect
      return followed ? redirectReply(error, options.base) : outcomeReply(error)
    }
    const id = crypto.randomUUID()
    if (options.report) options.report(error, id, incoming)
    else log.error(`${incoming.method} ${incoming.path} failed`, { id, error })
    return writeFault(id)
  }
  const { run, close } = openRequest(incoming)
  try {
    const reply = run(answer)
    return reply instanceof Promise ? reply.catch(fail).then(close) : close(reply)
  } catch (error) {
    return close(fail(error))
  }
}

/** What answers paths of its own. */
interface Paths {
  answer(incoming: Incoming): Reply | Promise<Reply> | undefined
  methodsOf(path: string): readonly string[] | undefined
}

/** Endpoints and named routes by path: a look-up where the path is static, else a short list, literal parts first. */
function createPaths(
  procedures: ReadonlyMap<string, Definition>,
  endpoints: ReadonlyMap<string, Endpoint>,
  options: ApiOptions,
): Paths {
  const boundary: Boundary = { ...options, follow: true }
  const resources = new Map<string, Resource>()
  for (const [id, one] of endpoints) addRoute(resources, { route: one.route, id, answer: one.run })
  for (const [id, made] of procedures) {
    // A procedure that another module exports again is one route, not a clash with itself.
    if (made.route === undefined || made.id !== id) continue
    const route = parseRoute(made.route)
    // Said at the start rather than to the first visitor: text is all that such a route is given.
    if (!hasBody(route.method) || !isStatic(route)) readInput(made, [], 'url')
    addRoute(resources, {
      route,
      id,
      answer: (incoming, params) => answerRoute(made, incoming, params),
    })
  }
  const dynamic = [...resources.values()]
    .filter((one) => !isStatic(one.route))
    .sort((a, b) => compareRoutes(a.route, b.route))
  const fixed = new Map(
    [...resources.values()].filter((one) => isStatic(one.route)).map((one) => [one.route.path, one]),
  )
  const answer = (incoming: Incoming, resource: Resource) => {
    const own = resource.methods.get(incoming.method === 'HEAD' ? 'GET' : incoming.method)
    if (!own) return writeMethods(incoming.method, [...resource.methods.keys()])
    // Each method names the parameters of the path itself.
    const params = isStatic(own.route) ? NO_PARAMS : matchParts(own.route.parts, incoming.path)
    return guarded(incoming, boundary, () => own.answer(incoming, params ?? NO_PARAMS))
  }
  const find = (path: string) => fixed.get(path) ?? dynamic.find((one) => matchParts(one.route.parts, path))
  return {
    answer(incoming) {
      const found = find(incoming.path)
      return found && answer(incoming, found)
    },
    methodsOf(path) {
      const found = find(path)
      return found && [...found.methods.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method))
    },
  }
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

function addRoute(resources: Map<string, Resource>, own: { route: Route; id: string; answer: Answer }): void {
  // Parameters of one place are one path, whatever their names.
  const key = own.route.path.replace(/\[(\.\.\.)?[^\]]*\]/g, '[$1]')
  const resource = resources.get(key) ?? { route: own.route, methods: new Map() }
  const first = resource.methods.get(own.route.method)
  if (first)
    throw errors.API_ROUTE_CLASH({ route: `${own.route.method} ${own.route.path}`, first: first.id, second: own.id })
  resource.methods.set(own.route.method, own)
  resources.set(key, resource)
}

/** Whether the input of a route comes as a body. */
const hasBody = (method: string): boolean => method === 'POST' || method === 'PUT' || method === 'PATCH'

/** A procedure by its own route: input from path and query (GET, DELETE) or path and JSON body; plain JSON back. */
function answerRoute(
  made: Definition,
  incoming: Incoming,
  params: Readonly<Record<string, string>>,
): Reply | Promise<Reply> {
  const run = (given: unknown) => {
    const value = runProcedure(made, given, incoming)
    return value instanceof Promise ? value.then(writePlain) : writePlain(value)
  }
  const inPath = Object.entries(params)
  if (hasBody(incoming.method)) return readJson(incoming).then((given) => run(withPath(made, given, inPath)))
  // Parameters of the path win: they are what the route was matched by.
  const query = [...new URLSearchParams(incoming.search)].filter(([name]) => !Object.hasOwn(params, name))
  return run(readInput(made, [...query, ...inPath], 'url'))
}

/** A JSON body with the parameters of the path, which are texts, and win. */
function withPath(made: Definition, given: unknown, inPath: readonly [string, string][]): unknown {
  const isRecord = typeof given === 'object' && given !== null && !Array.isArray(given)
  if (!isRecord || inPath.length === 0) return given
  const read = readInput(made, inPath, 'url')
  return Object.assign(given, Object.fromEntries(inPath.map(([name]) => [name, read[name]])))
}

async function runForm(made: Definition | undefined, form: URLSearchParams, incoming: Incoming): Promise<FormResult> {
  if (made?.kind !== 'action') return { ok: false, outcome: new NotFound('action') }
  try {
    return { ok: true, value: await runProcedure(made, readInput(made, form, 'form'), incoming) }
  } catch (error) {
    if (isOutcome(error)) return { ok: false, outcome: error }
    throw error
  }
}

function listEntries(
  procedures: ReadonlyMap<string, Definition>,
  endpoints: ReadonlyMap<string, Endpoint>,
): ApiEntry[] {
  const entries: ApiEntry[] = []
  for (const [id, made] of procedures) {
    entries.push({ id, kind: made.kind, routes: [`POST ${PREFIX}${id}`, ...(made.route ? [made.route] : [])] })
  }
  for (const [id, one] of endpoints)
    entries.push({ id, kind: 'endpoint', routes: [`${one.route.method} ${one.route.path}`] })
  return entries
}
