// In development: raw SQL that does not say what it reads and writes is told of, once for each place.
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { log } from '../../2-platform/index.ts'
import { quoteStatement } from '../errors.ts'

/** Where this layer lies, whose own functions are nobody's place. */
const layer = dirname(import.meta.dirname)

const told = new Set<string>()

/** What cannot be told of a statement. */
export type Unknown = 'raw' | 'table'

const texts: Readonly<Record<Unknown, string>> = {
  raw:
    'This SQL does not say what it reads and writes, so it counts as everything, and all caches and live pages follow ' +
    "it. Say it: db.raw({ reads: ['posts'], writes: [] }) in the place of db.",
  table:
    'This query names a table that database() does not have, so it counts as everything. Say what that name reads in ' +
    'database(…, { depends: { reads: { … } } }).',
}

/** Tells of a statement, if this is development and its place is new. */
export function hintAt(unknown: Unknown, sql: string): void {
  if (process.env['NODE_ENV'] !== 'development') return
  const at = findPlace(new Error('place').stack ?? '')
  if (at === undefined || told.has(at)) return
  told.add(at)
  log.warn(texts[unknown], { at, sql: quoteStatement(sql) })
}

/** The first place on a stack that is no package's, not Node's and not this layer's: `app/data/posts.ts:12:5`. */
function findPlace(stack: string): string | undefined {
  for (const line of stack.split('\n').slice(1)) {
    const [, place] = /\(?((?:file:\/\/)?\/[^()]*:\d+:\d+)\)?$/.exec(line) ?? []
    if (place === undefined || place.includes('/node_modules/')) continue
    const path = place.startsWith('file:') ? fileURLToPath(place) : place
    if (path.startsWith(layer) && !/\.test\.ts:/.test(path)) continue
    return relative(process.cwd(), path)
  }
  return undefined
}
