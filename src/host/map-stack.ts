// Leads stacks of a server bundle back to the sources. Node could do it by itself, but would read every source map when
// the server starts; here a map is read when the first error needs it.
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Source maps by bundle file; null where there is none. */
const maps = new Map<string, SourceMap | null>()
const MOST_MAPS = 200

/** A place in a stack: `file:///app/.layer9/build/server/index.js:10:5`. */
const place = /(file:\/\/[^\s()]+?\.js):(\d+):(\d+)/g

/**
 * Rewrites the stack of an error, and those of its causes, to the sources that the bundle was made from, relative to
 * `root`. What no map knows stays as it is.
 *
 * @example
 * mapStack(error, process.cwd())
 * log.error('failed', { error }) // (its stack says app/routes/index.tsx:3:9)
 */
export function mapStack(error: unknown, root: string): void {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current.stack)
      current.stack = current.stack.replace(
        place,
        (found, url: string, line: string, column: string) =>
          lookUp(url, { line: Number(line), column: Number(column) }, root) ?? found,
      )
  }
}

function lookUp(url: string, at: { line: number; column: number }, root: string): string | undefined {
  // A stack begins with the error's message, which may repeat what a stranger wrote: a URL of no file is left alone.
  const file = URL.canParse(url) && new URL(url).host === '' && !/%2f/i.test(url) ? fileURLToPath(url) : undefined
  const entry = file && mapOf(file)?.findEntry(at.line - 1, at.column - 1)
  if (!file || !entry || !('originalSource' in entry) || !entry.originalSource) return undefined
  const source = resolve(dirname(file), entry.originalSource)
  return `${relative(root, source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}

function mapOf(file: string): SourceMap | null {
  let map = maps.get(file)
  if (map === undefined) {
    map = readMap(`${file}.map`)
    // A bundle has few files; only names in messages are without end.
    if (maps.size >= MOST_MAPS) maps.clear()
    maps.set(file, map)
  }
  return map
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // A bundle may be deployed without its maps; an error must never hide behind another one.
    return null
  }
}
