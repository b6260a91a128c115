// The names of segments: a layout or page with the values of its parameters. The browser keeps a segment's nodes when
// the next document has one of the same name, and replaces them when it has not.
import type { Params } from './match.ts'
import type { Identity, LoaderArgs } from './types.ts'

/**
 * The name of a segment, as it stands in the comment that opens it.
 *
 * @param id the route id of the page, or the path of a layout's file
 * @param names the parameters that belong to it, in the order of the path
 * @example
 * segmentName('/posts/[id]', ['id'], { id: '1' }) // '/posts/[id]?id=1'
 */
export function segmentName(id: string, names: readonly string[], params: Params): string {
  let name = id
  let mark = '?'
  for (const key of names) {
    const value = params[key]
    if (value === undefined) continue
    name += `${mark}${key}=${typeof value === 'string' ? escapeValue(value) : value.map(escapeValue).join('/')}`
    mark = '&'
  }
  return name
}

/**
 * What a part's `identity` adds to the name of its segment.
 *
 * @throws what the app's function throws
 * @example
 * const query = new URLSearchParams('?tab=news&page=2')
 * identityName(['tab'], { query } as LoaderArgs) // ';tab=news'
 */
export function identityName(identity: Identity, args: LoaderArgs): string {
  if (typeof identity === 'function') {
    const value = identity(args)
    return value == null ? '' : `;${escapeValue(`${value}`)}`
  }
  const values = identity.flatMap((name) =>
    args.query.getAll(name).map((value) => `${escapeValue(name)}=${escapeValue(value)}`),
  )
  return values.length === 0 ? '' : `;${values.join('&')}`
}

/** A value that can neither end the comment (two dashes, `>`) nor pose as another parameter. */
function escapeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll('--', '-%2D')
}
