// `tsc --build` looks at the times of an app's own files alone: what was installed since it does not see, nor a file that
// came to its place with the time it had elsewhere (`mv`, `cp -p`, an unpacked archive), nor that one is gone.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { layerOfAppPath } from '../check/index.ts'
import { listFiles } from '../vite/app-files.ts'
import { sideOf } from './owner.ts'
import { type Side, sides } from './projects.ts'

/** What the compiler remembers of a project, as far as it is looked at. */
interface BuildInfo {
  readonly fileNames?: readonly string[]
  readonly packageJsons?: readonly string[]
}

/** A project's memory. */
interface Memory {
  /** When it was written, in milliseconds. */
  readonly written: number
  /** Files that it was made from, absolute. */
  readonly read: readonly string[]
}

/** Drops what the compiler remembers of an app where it would not see that it has changed: it looks at everything then. */
export function forgetStale(root: string): void {
  const folder = join(root, '.layer9', 'types')
  const memories = new Map(sides.flatMap((side) => entryOf(side, remembered(folder, side))))
  if (memories.size === 0) return
  const isStale =
    [...memories.values()].some((memory) => isOutdated(memory, root)) ||
    ownFiles(root).some((path) => cameSilently(join(root, path), memories.get(sideOfPath(path))))
  if (isStale) rmSync(folder, { recursive: true })
}

const entryOf = (side: Side, memory: Memory | undefined): [Side, Memory][] => (memory ? [[side, memory]] : [])

function remembered(folder: string, side: Side): Memory | undefined {
  const file = join(folder, `${side}.tsbuildinfo`)
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (written === undefined) return undefined
  const { fileNames = [], packageJsons = [] } = readInfo(file)
  // What lies in `.layer9` the compiler writes itself, and its own libraries stand there by their names alone.
  const given = fileNames.filter((path) => /^(?:\/|\w:|\.\.[\\/]\.\.)/.test(path))
  return { written, read: [...given, ...packageJsons].map((path) => resolve(folder, path)) }
}

function readInfo(file: string): BuildInfo {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BuildInfo
  } catch {
    // Half written: the compiler makes nothing of it either.
    return {}
  }
}

/** Whether a file is gone, or one that the compiler does not look at again was put there since. */
function isOutdated({ written, read }: Memory, root: string): boolean {
  return read.some((path) => {
    const found = statSync(path, { throwIfNoEntry: false })
    // By the time of the change of its entry: what is unpacked or linked brings along an old time of its content.
    return !found || (!isOwn(path, root) && found.ctimeMs > written)
  })
}

/** Whether a file is there since with an older time, which hides it from the compiler. */
function cameSilently(path: string, memory: Memory | undefined): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return (
    found !== undefined && memory !== undefined && found.ctimeMs > memory.written && found.mtimeMs <= memory.written
  )
}

const isOwn = (path: string, root: string): boolean => /^(?:app|tests)[\\/]/.test(relative(root, path))

/** Files that the projects take in by the folder they lie in, relative to the app. */
function ownFiles(root: string): string[] {
  const below = ['app', 'tests'].flatMap((folder) =>
    existsSync(join(root, folder)) ? listFiles(join(root, folder), folder) : [],
  )
  return [...below, ...readdirSync(root)].filter((path) => /\.(?:[cm]?tsx?|json)$/.test(path))
}

function sideOfPath(path: string): Side {
  const layer = /\.(?:test|test-d)\.[^/]+$/.test(path) ? undefined : layerOfAppPath(path)
  return layer ? sideOf(layer.number) : 'tests'
}
