// The paths of endpoints and of procedures with a route: few, flat, matched by Map where nothing is dynamic.
import { errors } from './errors.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A method and a path pattern, parsed. */
export interface Route {
  readonly method: string
  /** As written: `/posts/[id]`. */
  readonly path: string
  /** Parts between slashes: a literal, or the name of a parameter. */
  readonly parts: readonly Part[]
}

/** One part of a path pattern. */
export interface Part {
  readonly literal?: string
  readonly param?: string
  /** Takes all that is left (`[...path]`). */
  readonly rest?: boolean
}

/**
 * Parses `METHOD /path/[param]/[...rest]`.
 *
 * @throws Layer9Error API_ROUTE_INVALID
 */
export function parseRoute(route: string): Route {
  const [method = '', path = '', ...more] = route.split(' ')
  const refuse = (reason: string) => errors.API_ROUTE_INVALID({ route, reason })
  if (!METHODS.includes(method)) throw refuse(`its method is not one of ${METHODS.join(', ')}`)
  if (more.length > 0 || !/^\/(?!\/)/.test(path)) throw refuse('its path does not begin with one "/"')
  if (path.startsWith('/_layer9')) throw refuse("paths under /_layer9 are the framework's own")
  if (path !== '/' && path.endsWith('/')) throw refuse('its path ends with "/"')
  const parts =
    path === '/'
      ? []
      : path
          .slice(1)
          .split('/')
          .map((part) => parsePart(part, refuse))
  if (parts.slice(0, -1).some((part) => part.rest)) throw refuse('only its last part may be a rest parameter')
  return Object.freeze({ method, path, parts })
}

function parsePart(part: string, refuse: (reason: string) => Error): Part {
  const match = /^\[(\.\.\.)?([A-Za-z_][A-Za-z0-9_]*)\]$/.exec(part)
  if (match) return { param: match[2]!, rest: match[1] !== undefined }
  if (part === '' || part === '.' || part === '..' || !/^[A-Za-z0-9._~!$&'()*+,;=:@-]+$/.test(part)) {
    throw refuse(`"${part}" is neither a literal part nor a parameter`)
  }
  return { literal: part }
}

/** Whether a path has no parameters, so that it can be looked up. */
export function isStatic(route: Route): boolean {
  return route.parts.every((part) => part.literal !== undefined)
}

/** The parameters of a canonical path, decoded once, or undefined if it does not match. */
export function matchParts(parts: readonly Part[], path: string): Readonly<Record<string, string>> | undefined {
  const given = path === '/' ? [] : path.slice(1).split('/')
  const params: Record<string, string> = Object.create(null)
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!
    const own = part.rest ? given.slice(index).join('/') : given[index]
    if (own === undefined || own === '') return undefined
    if (part.literal !== undefined && part.literal !== own) return undefined
    if (part.param !== undefined) params[part.param] = decodeURIComponent(own)
    if (part.rest) return params
  }
  return given.length === parts.length ? params : undefined
}

/** Sorts more literal patterns before more general ones, part by part. */
export function compareRoutes(left: Route, right: Route): number {
  const weight = (part: Part | undefined) => (part === undefined ? 3 : part.rest ? 2 : part.param !== undefined ? 1 : 0)
  for (let index = 0; index < Math.max(left.parts.length, right.parts.length); index++) {
    const difference = weight(left.parts[index]) - weight(right.parts[index])
    if (difference !== 0) return difference
  }
  return 0
}
