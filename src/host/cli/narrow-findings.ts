// Of what is wrong with routes and types that which has to do with changed files: `layer9 check --since REV`.
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Layer9Error } from '../../1-contracts/index.ts'
import type { Changes } from '../check/index.ts'
import type { TypeProblem } from './type-problem.ts'

/** Chooses among findings. */
export interface Narrowing {
  isToldOfRoute(error: Layer9Error): boolean
  isToldOfType(problem: TypeProblem): boolean
  /** A hint is about one file and no other: it is told when that file changed. */
  isToldOfHint(error: Layer9Error): boolean
}

/** What to go by. */
export interface NarrowingOptions {
  readonly root: string
  readonly changes: Changes | undefined
  /** Whether a file changed or imports, however far, one that did. */
  isConcerned(path: string): boolean
}

/** An error about a whole file has no place in it; its data names the file. */
function filesOf({ places, data }: Layer9Error): string[] {
  if (places.length > 0) return places.map(({ file }) => file)
  const { file } = (data ?? {}) as { file?: unknown }
  return typeof file === 'string' ? [`app/routes/${file}`] : []
}

/** Without changes everything is told. */
export function createNarrowing({ root: given, changes, isConcerned }: NarrowingOptions): Narrowing {
  if (!changes) return { isToldOfRoute: () => true, isToldOfType: () => true, isToldOfHint: () => true }
  const root = realpathSync(given)
  const changed = [...changes.files]
  const below = (folder: string) => (path: string) => path.startsWith(join(root, folder, '/'))
  // Every module may name any route, and every page any guard, without an import that says so.
  const routesMoved = [...(changes.moved ?? [])].some(below('app/routes'))
  const guardsChanged = changed.some(below('app/middleware'))
  // What a declaration file says may hold everywhere.
  const declared = changed.some((path) => /\.d\.[cm]?ts$/.test(path))
  const concerns = (files: readonly string[]): boolean =>
    files.length === 0 || files.some((file) => isConcerned(resolve(root, file)))
  return {
    isToldOfRoute: (error) => routesMoved || guardsChanged || concerns(filesOf(error)),
    isToldOfType: ({ file }) => routesMoved || declared || concerns(file === undefined ? [] : [file]),
    isToldOfHint: (error) => filesOf(error).some((file) => changes.files.has(resolve(root, file))),
  }
}
