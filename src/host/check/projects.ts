// Which projects a folder holds: an app, or the framework itself with its examples and its docs.
import { join, resolve } from 'node:path'
import { Checker, type CheckResult } from './checker.ts'
import { Disk } from './disk.ts'
import type { Mode } from './project.ts'
import type { Alias } from './resolve.ts'
import type { Changes } from './since.ts'

/** Which folder is looked at, and how. */
export interface ProjectsOptions {
  /** The folder of an app, or of the framework itself: then `src/`, each example and the docs are looked at. */
  readonly root: string
  /** Whether scans are kept in `.layer9/check.json` for the next run. Default true. */
  readonly cache?: boolean
  /** Aliases of the app's Vite configuration, beside `~`. */
  readonly aliases?: readonly Alias[]
  /** Leaves out the violations that have nothing to do with these. */
  readonly changes?: Changes | undefined
}

/** A project and all that a check finds in it. */
export interface FoundProject {
  /** Relative to the folder that was looked at. */
  readonly folder: string
  /** The same, absolute. */
  readonly root: string
  readonly mode: Mode
  readonly result: CheckResult
  /** What found it, to be asked for more. */
  readonly checker: Checker
}

/** Checks every project in a folder; none: there is nothing to check there. */
export async function checkProjects(options: ProjectsOptions): Promise<FoundProject[]> {
  const { root, cache = true, aliases = [], changes } = options
  const base = resolve(root)
  const found: FoundProject[] = []
  for (const { folder, mode } of projectsIn(base)) {
    const at = join(base, folder)
    const kept = cache ? { cache: join(at, '.layer9', 'check.json') } : {}
    const checker = new Checker({ root: at, mode, aliases, ...kept })
    const layers = await checker.checkAll()
    const all = { ...layers, violations: [...layers.violations, ...checker.findHiddenState()] }
    const result = changes ? { ...all, violations: checker.narrow(all.violations, changes) } : all
    found.push({ folder, root: at, mode, result, checker })
  }
  return found
}

/** The projects in a folder: its app; if it is the framework itself, `src/` and every folder with an app below. */
export function projectsIn(root: string): { folder: string; mode: Mode }[] {
  const disk = new Disk()
  const found: { folder: string; mode: Mode }[] = []
  if (disk.isFolder(join(root, 'src', '1-contracts'))) {
    found.push({ folder: '.', mode: 'source' })
    const examples = [...disk.entries(join(root, 'examples')).keys()].sort().map((name) => join('examples', name))
    for (const folder of [...examples, 'docs']) {
      if (disk.isFolder(join(root, folder, 'app'))) found.push({ folder, mode: 'app' })
    }
  }
  if (disk.isFolder(join(root, 'app'))) found.push({ folder: '.', mode: 'app' })
  return found
}

/** How a project is called in what is printed: its folder; empty for an app that is the folder itself. */
export function projectName({ folder, mode }: Pick<FoundProject, 'folder' | 'mode'>): string {
  if (mode === 'source') return 'src'
  return folder === '.' ? '' : folder
}
