// `tsc --build` looks whether an app's own files have changed since, not whether what is installed has, nor whether a
// file that is older has come from elsewhere.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { listFiles } from '../vite/app-files.ts'
import { sides } from './projects.ts'

/** What the compiler remembers, as far as it is looked at. */
interface BuildInfo {
  readonly fileNames?: readonly string[]
  readonly packageJsons?: readonly string[]
}

/**
 * Drops what the compiler remembers of an app if a declaration that it read was installed since, or is gone, or if a
 * file was moved: the next run looks at everything.
 */
export function forgetStale(root: string): void {
  const folder = join(root, '.layer9', 'types')
  const isForgotten = sides.some((side) => isStale(folder, `${side}.tsbuildinfo`)) || hasMoved(root, folder)
  if (isForgotten) rmSync(folder, { recursive: true })
}

/** Whether the app has a file that no side knows, though it is older than what they remember: moving keeps its time. */
function hasMoved(root: string, folder: string): boolean {
  const infos = sides.map((side) => join(folder, `${side}.tsbuildinfo`)).filter((file) => existsSync(file))
  if (infos.length === 0) return false
  const known = new Set(infos.flatMap((file) => (read(file).fileNames ?? []).map((path) => resolve(folder, path))))
  const written = Math.max(...infos.map((file) => statSync(file).mtimeMs))
  return listFiles(join(root, 'app'), 'app').some((path) => {
    const file = join(root, path)
    return /\.[cm]?tsx?$/.test(path) && !known.has(file) && statSync(file).mtimeMs <= written
  })
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
