// `tsc --build` looks whether an app's own files have changed, not whether what is installed has.
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sides } from './projects.ts'

/** What the compiler remembers, as far as it is looked at. */
interface BuildInfo {
  readonly fileNames?: readonly string[]
  readonly packageJsons?: readonly string[]
}

/**
 * Drops what the compiler remembers of an app if a declaration that it read was installed since, or is gone: the next
 * run looks at everything.
 */
export function forgetStale(root: string): void {
  const folder = join(root, '.layer9', 'types')
  if (sides.some((side) => isStale(folder, `${side}.tsbuildinfo`))) rmSync(folder, { recursive: true })
}

function isStale(folder: string, name: string): boolean {
  const file = join(folder, name)
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (written === undefined) return false
  const { fileNames = [], packageJsons = [] } = read(file)
  // What lies in `.layer9` the compiler writes itself, and its own libraries stand there by their names alone.
  const declarations = fileNames.filter((path) => /\.d\.[cm]?ts$/.test(path) && /^(?:\/|\w:|\.\.[\\/]\.\.)/.test(path))
  return [...declarations, ...packageJsons].some((path) => isNewer(resolve(folder, path), written))
}

/** By the time of the change of its entry: what is unpacked or linked may bring along an old time of its content. */
function isNewer(path: string, than: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return !found || found.ctimeMs > than
}

function read(file: string): BuildInfo {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BuildInfo
  } catch {
    // Half written: the compiler makes nothing of it either.
    return {}
  }
}
