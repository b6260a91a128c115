// `layer9/config`: what an app may set in layer9.config.ts, with its defaults.
import type { UserConfig as ViteConfig } from 'vite'
import { nearest } from '../1-contracts/server.ts'
import type { CorsOptions } from '../5-middleware/index.ts'
import { errors } from './errors.ts'

/** Sizes and times that an app may move; each guards against work sized by a stranger. */
export interface Limits {
  /** Largest request body, in bytes. Default 1 MiB. */
  body?: number
  /** Requests a minute and client address; 0 switches the limit off. Default 600. */
  requestsPerMinute?: number
  /** Milliseconds until the whole of a request is there, its body too. Default 30,000. */
  requestTime?: number
  /** Milliseconds that an idle connection is kept; behind a proxy more than the proxy keeps it. Default 5,000. */
  keepAlive?: number
  /** Most connections at once, in each process; more are closed as they come. Default 10,000. */
  connections?: number
  /** Milliseconds that running requests may go on once the server is told to end. Default 30,000. */
  drain?: number
}

/** What a page may make a browser load, in bytes compressed with gzip, as `layer9 build` prints them. */
export interface Budget {
  /** All script that the page can load. Default: no limit. */
  script?: number
  /** All style sheets of the page and its layouts. Default: no limit. */
  styles?: number
}

/** How the browser script goes from page to page. */
export interface Navigation {
  /** Whether every page is shown in a view transition; a link alone asks with `data-layer9-transition`. Default false. */
  viewTransitions?: boolean
}

/** The options of layer9.config.ts. All are optional; an unknown one is an error. */
export interface Config {
  /** URL path under which the app is served, with a slash at both ends. Default `/`. */
  base?: string
  /** Address to listen on; the variable HOST wins. Default `localhost` in `dev`, `0.0.0.0` in `start`. */
  host?: string
  /** Port to listen on; the variable PORT wins. Default 3000; in `dev` the next free one is taken. */
  port?: number
  /** Other origins that may send state-changing requests, forms too, e.g. `https://admin.example.com`. Default none. */
  origins?: readonly string[]
  /**
   * Other origins whose scripts may call queries, actions and endpoints and read what these answer, never pages. What
   * changes state also needs the origin in `origins`. Default none.
   *
   * @example
   * const origins = ['https://admin.example.com']
   * export default defineConfig({ cors: { origins, credentials: true, headers: ['authorization'], maxAge: 3600 } })
   */
  cors?: CorsOptions
  /** Whether `X-Forwarded-For`, `-Proto` and `-Host` are believed: only behind a proxy that sets them. Default false. */
  trustProxy?: boolean
  /** Host names that the server answers to besides its own; empty: any in production, loopback names in `dev`. */
  allowedHosts?: readonly string[]
  /**
   * Whether links and forms are taken over by the browser script; false leaves full page loads. Default true.
   *
   * @example
   * export default defineConfig({ navigation: { viewTransitions: true } })
   */
  navigation?: boolean | Navigation
  /** Whether pages may compile WebAssembly: adds `'wasm-unsafe-eval'` to the policy's `script-src`. Default false. */
  webAssembly?: boolean
  /**
   * How many processes serve the app at its one port, or `auto` for one a processor; `--workers` and the variable WORKERS
   * win. With it, SIGHUP starts the app anew without a failed request. Default: the one process that was started.
   */
  workers?: number | 'auto'
  limits?: Limits
  /**
   * Fails the build where a page costs more: by its pattern, e.g. `/posts/[id]`, or by `*` for every page that has none
   * of its own. Default none.
   */
  budgets?: Readonly<Record<string, Budget>>
  /** Merged into the configuration of Vite: plugins, `define`, `css`. What Layer9 needs itself cannot be overridden. */
  vite?: Pick<ViteConfig, 'plugins' | 'define' | 'css' | 'assetsInclude' | 'envPrefix' | 'logLevel'>
}

/** A configuration with every default filled in. */
export interface ResolvedConfig {
  base: string
  host: string | undefined
  port: number
  origins: readonly string[]
  cors: CorsOptions | undefined
  trustProxy: boolean
  allowedHosts: readonly string[]
  navigation: boolean
  viewTransitions: boolean
  webAssembly: boolean
  workers: number | 'auto' | undefined
  limits: Required<Limits>
  budgets: Readonly<Record<string, Budget>>
  vite: NonNullable<Config['vite']>
}

/**
 * Types the options of layer9.config.ts; gives them back as they are.
 *
 * @example
 * import { defineConfig } from 'layer9/config'
 * export default defineConfig({ port: 4000 })
 */
export function defineConfig(config: Config): Config {
  return config
}

type Check = readonly [expected: string, holds: (value: unknown) => boolean]

const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isPort = (value: unknown): boolean => isCount(value) && (value as number) <= 65_535

/** One row an option, so that a wrong value is named in the developer's words. */
const checks: Readonly<Record<keyof Config, Check>> = {
  base: [
    'a path such as "/" or "/shop/"',
    (value) => typeof value === 'string' && /^\/(?:(?!\.+\/)[\w.~-]+\/)*$/.test(value),
  ],
  host: ['an address or host name', (value) => typeof value === 'string' && value !== ''],
  port: ['a whole number from 0 to 65535', isPort],
  origins: ['a list of origins such as "https://example.com"', (value) => isStrings(value) && areOrigins(value)],
  cors: ['an object such as { origins: ["https://example.com"] }', isObject],
  trustProxy: ['true or false', (value) => typeof value === 'boolean'],
  allowedHosts: ['a list of host names', isStrings],
  navigation: [
    'true, false, or an object such as { viewTransitions: true }',
    (value) => typeof value === 'boolean' || isObject(value),
  ],
  webAssembly: ['true or false', (value) => typeof value === 'boolean'],
  workers: ['a number of processes, or "auto"', (value) => value === 'auto' || (isCount(value) && value !== 0)],
  limits: ['an object such as { body: 1048576 }', isObject],
  budgets: ['an object such as { "*": { script: 20000 } }', isObject],
  vite: ['an object with options of Vite', isObject],
}

const budgetChecks: Readonly<Record<keyof Budget, Check>> = {
  script: ['a number of bytes', isCount],
  styles: ['a number of bytes', isCount],
}

const navigationChecks: Readonly<Record<keyof Navigation, Check>> = { viewTransitions: checks.webAssembly }

const limitChecks: Readonly<Record<keyof Limits, Check>> = {
  body: ['a number of bytes', isCount],
  requestsPerMinute: ['a number of requests, or 0 for no limit', isCount],
  requestTime: ['a number of milliseconds', isCount],
  keepAlive: ['a number of milliseconds', isCount],
  connections: ['a number of connections', isCount],
  drain: ['a number of milliseconds', isCount],
}

const defaultLimits: Required<Limits> = {
  body: 1_048_576,
  requestsPerMinute: 600,
  requestTime: 30_000,
  keepAlive: 5_000,
  connections: 10_000,
  drain: 30_000,
}

const corsChecks: Readonly<Record<keyof CorsOptions, Check>> = {
  // An endpoint that everybody may read says so itself; a list with `*` would open every other one too.
  origins: ['a list of origins such as "https://example.com", without "*"', checks.origins[1]],
  credentials: checks.trustProxy,
  headers: ['a list of header names such as "authorization"', (value) => isStrings(value) && areHeaders(value)],
  maxAge: ['a number of seconds', isCount],
}

/** `*` is a token too, and would let every header pass. */
function areHeaders(value: unknown): boolean {
  return (value as string[]).every((item) => /^[\w!#$%&'+.^`|~-]+$/.test(item))
}

/** An origin is scheme, host and port alone (RFC 6454 §6.2): a path would never match an `Origin` header. */
function areOrigins(value: unknown): boolean {
  return (value as string[]).every((item) => URL.canParse(item) && new URL(item).origin === item)
}

/**
 * Checks a configuration and fills in the defaults.
 *
 * @throws CONFIG_UNKNOWN_OPTION, CONFIG_INVALID
 */
export function resolveConfig(config: Config): ResolvedConfig {
  checkOptions(config, checks, '')
  checkOptions(config.limits ?? {}, limitChecks, 'limits.')
  const navigation = typeof config.navigation === 'object' ? config.navigation : {}
  checkOptions(navigation, navigationChecks, 'navigation.')
  for (const [page, budget] of Object.entries(config.budgets ?? {})) {
    const option = `budgets.${JSON.stringify(page)}`
    checkOptions({ [option]: budget }, { [option]: ['an object such as { script: 20000 }', isObject] }, '')
    checkOptions(budget, budgetChecks, `${option}.`)
  }
  const { cors } = config
  // `origins` is the one that may not be left out.
  if (cors) checkOptions({ ...cors, origins: cors.origins ?? null }, corsChecks, 'cors.')
  return {
    base: config.base ?? '/',
    host: config.host,
    port: config.port ?? 3000,
    origins: config.origins ?? [],
    cors,
    trustProxy: config.trustProxy ?? false,
    allowedHosts: config.allowedHosts ?? [],
    navigation: config.navigation !== false,
    viewTransitions: navigation.viewTransitions ?? false,
    webAssembly: config.webAssembly ?? false,
    workers: config.workers,
    limits: { ...defaultLimits, ...withoutUndefined(config.limits) },
    budgets: config.budgets ?? {},
    vite: config.vite ?? {},
  }
}

const withoutUndefined = <Options extends object>(options: Options | undefined): Options =>
  Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Options

function checkOptions(given: object, known: Readonly<Record<string, Check>>, prefix: string): void {
  for (const [option, value] of Object.entries(given)) {
    const check = known[option]
    if (!check) {
      const near = nearest(option, Object.keys(known))
      throw errors.CONFIG_UNKNOWN_OPTION({ option: prefix + option, ...(near && { near: prefix + near }) })
    }
    if (value === undefined || check[1](value)) continue
    throw errors.CONFIG_INVALID({
      option: prefix + option,
      expected: check[0],
      value: JSON.stringify(value) ?? typeof value,
    })
  }
}
