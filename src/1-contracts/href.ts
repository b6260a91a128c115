import { appBase } from './base.ts'
import { hrefErrors } from './errors.ts'

/**
 * The app's routes: pattern → parameters. Empty here; `.layer9/routes.d.ts` (written by dev, build and check) fills it:
 * `declare module 'layer9/contracts' { interface Routes { '/posts/[id]': { id: string } } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: generated declarations add the members
export interface Routes {}

/** Every route pattern of the app; any text as long as no routes are known. */
export type RoutePattern = PatternIn<Routes>

/** The patterns of a table of routes. */
export type PatternIn<Table> = keyof Table extends never ? string : keyof Table & string

/** What a parameter of a link may be; rest parameters (`[...path]`) take arrays. */
export type HrefParam = string | number | bigint | readonly (string | number | bigint)[]

/** The parameters of a pattern, numbers welcome where the route has text. */
export type HrefParams<Pattern extends string> = ParamsIn<Routes, Pattern>

/** The parameters of a pattern of a table of routes. */
export type ParamsIn<Table, Pattern extends string> = Pattern extends keyof Table
  ? { [Name in keyof Table[Pattern]]: Loose<Table[Pattern][Name]> }
  : Readonly<Record<string, HrefParam | undefined>>

type Loose<Value> = Value extends readonly string[] ? readonly (string | number | bigint)[] : Value | number | bigint

/** What follows the path. Absent values (undefined, null) are left out; arrays repeat the name. */
export interface HrefOptions {
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>
  /** Without its `#`. */
  hash?: string
}

type QueryValue = string | number | bigint | boolean | null | undefined

/** What follows the pattern: parameters that may be left out only if there are none that must be given. */
export type ArgumentsIn<Table, Pattern extends string> =
  Record<never, never> extends ParamsIn<Table, Pattern>
    ? [params?: ParamsIn<Table, Pattern>, options?: HrefOptions]
    : [params: ParamsIn<Table, Pattern>, options?: HrefOptions]

/**
 * The URL path of a route, typed from the app's routes; every value is encoded, and where the app is mounted below a path
 * (`base` of its configuration), that stands in front.
 *
 * @throws Layer9Error HREF_PARAM_MISSING, HREF_PARAM_INVALID, HREF_PATTERN_INVALID
 * @example
 * href('/posts/[id]', { id: 7 }, { query: { page: 2 }, hash: 'comments' })   // '/posts/7?page=2#comments'
 */
export function href<Pattern extends RoutePattern>(pattern: Pattern, ...rest: ArgumentsIn<Routes, Pattern>): string {
  const [params, options] = rest as [Readonly<Record<string, HrefParam | undefined>> | undefined, HrefOptions?]
  if (pattern[0] !== '/' || pattern[1] === '/') throw hrefErrors.HREF_PATTERN_INVALID({ pattern })
  let path = ''
  for (const segment of pattern.split('/')) {
    if (segment === '' || /^\(.*\)$/.test(segment)) continue
    path += writeSegment(pattern, segment, params ?? {})
  }
  return (
    (appBase() + path || '/') +
    writeQuery(options?.query) +
    (options?.hash ? `#${encodeURIComponent(options.hash)}` : '')
  )
}

/** One part of the pattern as it stands in the URL, with its `/`; nothing for an absent optional one. */
function writeSegment(
  pattern: string,
  segment: string,
  params: Readonly<Record<string, HrefParam | undefined>>,
): string {
  const match = /^\[(\[)?(\.\.\.)?([^[\].]+)\]?\]$/.exec(segment)
  if (!match) return `/${segment}`
  const [, optional, rest, param = ''] = match
  // Own properties only: a parameter named `constructor` must not find the prototype's.
  const value = Object.hasOwn(params, param) ? params[param] : undefined
  if (value === undefined || value === '') {
    if (optional) return ''
    throw hrefErrors.HREF_PARAM_MISSING({ pattern, param })
  }
  if (Array.isArray(value) !== Boolean(rest)) {
    throw hrefErrors.HREF_PARAM_INVALID({
      pattern,
      param,
      value,
      reason: rest ? 'it is not an array' : 'it is an array',
    })
  }
  const parts = (rest ? value : [value]) as readonly (string | number | bigint)[]
  return parts.map((part) => `/${encodePart(pattern, param, String(part))}`).join('')
}

/**
 * What the ingress would refuse or read differently is refused here: empty parts, dot segments, encoded slashes
 * (RFC 3986 §3.3 and §5.2.4), half surrogates.
 */
function encodePart(pattern: string, param: string, value: string): string {
  const refuse = (reason: string) => hrefErrors.HREF_PARAM_INVALID({ pattern, param, value, reason })
  if (value === '') throw refuse('it is empty')
  if (value === '.' || value === '..') throw refuse('it is a dot segment')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[/\\\u0000-\u001f\u007f]/.test(value)) throw refuse('it holds a slash or a control character')
  if (!value.isWellFormed()) throw refuse('it is not well-formed Unicode')
  return encodeURIComponent(value)
}

function writeQuery(query: HrefOptions['query']): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null) continue
      pairs.push(`${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(String(one).toWellFormed())}`)
    }
  }
  return pairs.length ? `?${pairs.join('&')}` : ''
}
