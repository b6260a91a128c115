// The violations that have to do with some changed files: their own, and those that they cause in files which import
// them or lie on a circle with them.
import { basename, dirname, resolve, sep } from 'node:path'
import { circles, circleThrough, type Graph } from './cycles.ts'
import { isForeign } from './leads.ts'
import type { Project } from './project.ts'
import type { Violation } from './violation.ts'

/** What changed, by absolute real paths. */
export interface Changes {
  /** Since when, as it was asked for. */
  readonly revision: string
  /** Files that were changed, added or removed. */
  readonly files: ReadonlySet<string>
  /** Those of them that were not there before, or are no longer. */
  readonly moved?: ReadonlySet<string>
  /** Folders of which everything counts: what a changed link leads to. */
  readonly folders: readonly string[]
}

/** What may change where any import of a project leads: then nothing is left out. */
const leadsElsewhere =
  /^(?:package\.json|tsconfig.*\.json|layer9\.config\..*|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-.*\.yaml|bun\.lockb?)$/

/** Whether a file counts as changed. */
export function isChanged(path: string, { files, folders }: Changes): boolean {
  return files.has(path) || folders.some((folder) => path === folder || path.startsWith(folder + sep))
}

/** Whether packages or paths of the project may lead elsewhere than before. */
export function isRedirected({ root }: Project, { files }: Changes): boolean {
  const isAround = (path: string) => root === dirname(path) || `${root}${sep}`.startsWith(`${dirname(path)}${sep}`)
  return [...files].some((path) => leadsElsewhere.test(basename(path)) && isAround(path))
}

/** Whether a violation, other than a circle, is in a changed file or comes about through one. */
export function isCaused({ file, target, chain }: Violation, changes: Changes, project: Project): boolean {
  const at = resolve(project.root, file)
  // A folder that is no layer: any changed file in it.
  if (isChanged(at, changes) || [...changes.files].some((path) => path.startsWith(at + sep))) return true
  if (target !== undefined && isChanged(resolve(project.root, target), changes)) return true
  const [first] = chain ?? []
  if (first === undefined) return false
  if (chain?.some((step) => isChanged(resolve(project.root, step), changes))) return true
  // One way is shown; the same import may break the rule on another, through a changed file, as well.
  return leadsToChanged(resolve(project.root, first), changes, project)
}

function leadsToChanged(start: string, changes: Changes, project: Project): boolean {
  const seen = new Set([start])
  for (const path of seen) {
    if (isChanged(path, changes)) return true
    if (project.layerOf(path)) continue
    for (const { target } of project.links(path)) {
      if (target.kind === 'file' && isForeign(target.path)) seen.add(target.path)
    }
  }
  return false
}

/** Whether a file changed, or imports one that did, however far: what types and routes say of it may be new. */
export function dependsOnChanged(start: string, changes: Changes, project: Project): boolean {
  const seen = new Set([start])
  for (const path of seen) {
    if (isChanged(path, changes)) return true
    for (const { target } of project.links(path)) {
      const goal = target.kind === 'file' || target.kind === 'none' ? target.path : undefined
      if (goal !== undefined && isForeign(goal)) seen.add(goal)
    }
  }
  return false
}

/**
 * A circle through a changed file for each group of modules that has one: beginning and ending with it, for that is
 * where somebody is at work. The circle that a full check shows may be another one of the group.
 */
export function circlesThroughChanged(
  graph: Graph,
  changes: Changes,
  counts: (from: string, to: string) => boolean,
): string[][] {
  const changed = [...graph.keys()].filter((path) => isChanged(path, changes)).sort()
  return circles(graph, counts).flatMap((circle) => {
    for (const path of changed) {
      const through = circleThrough(graph, path, circle)
      if (through) return [through]
    }
    return []
  })
}
