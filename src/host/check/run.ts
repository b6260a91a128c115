// The layer rules as a command: which projects a folder holds, their violations as text and as data, the exit code.
import { join, resolve } from 'node:path'
import { type CheckResult, checkLayers } from './checker.ts'
import { Disk } from './disk.ts'
import { drawViolation } from './draw.ts'
import type { Mode } from './project.ts'
import type { Alias } from './resolve.ts'
import type { Violation } from './violation.ts'

/** What to check and how to say it. */
export interface RunCheckOptions {
  /** The folder of an app, or of the framework itself: then `src/`, each example and the docs are checked. */
  readonly root: string
  /** Whether scans are kept in `.layer9/check.json` for the next run. Default true. */
  readonly cache?: boolean
  /** Aliases of the app's Vite configuration, beside `~`. */
  readonly aliases?: readonly Alias[]
}

/** A project with its violations. */
export interface CheckedProject {
  /** Relative to the folder that was checked. */
  readonly folder: string
  readonly mode: Mode
  /** How many there are. */
  readonly files: number
  readonly imports: number
  readonly violations: readonly Violation[]
}

/** What was found. */
export interface RunCheckResult {
  /** 0: no rule is broken; 1: one is; 2: there is nothing to check at `root`. */
  readonly exitCode: 0 | 1 | 2
  /** The same for a person; each line ends with a line break. */
  readonly output: string
  readonly projects: readonly CheckedProject[]
}

interface Found {
  readonly folder: string
  readonly mode: Mode
  readonly result: CheckResult
}

/**
 * Checks the layers of the app, or of the framework, in a folder.
 *
 * @example
 * const { exitCode, output } = await runCheck({ root: process.cwd() })
 * process.stdout.write(output)
 * process.exitCode = exitCode
 */
export async function runCheck({ root, cache = true, aliases = [] }: RunCheckOptions): Promise<RunCheckResult> {
  const base = resolve(root)
  const found: Found[] = []
  for (const { folder, mode } of projectsIn(base)) {
    const at = join(base, folder)
    const kept = cache ? { cache: join(at, '.layer9', 'check.json') } : {}
    found.push({ folder, mode, result: await checkLayers({ root: at, mode, aliases, ...kept }) })
  }
  const broken = found.reduce((sum, { result }) => sum + result.violations.length, 0)
  const exitCode = found.length === 0 ? 2 : broken > 0 ? 1 : 0
  return { exitCode, output: found.map(drawFound).join(''), projects: found.map(toProject) }
}

/** The projects in a folder: its app; if it is the framework itself, `src/` and every folder with an app below. */
function projectsIn(root: string): { folder: string; mode: Mode }[] {
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

const toProject = ({ folder, mode, result }: Found): CheckedProject => ({
  folder,
  mode,
  files: result.files.length,
  imports: result.edges.length,
  violations: result.violations,
})

const drawFound = ({ folder, mode, result }: Found): string => drawProject(mode === 'source' ? 'src' : folder, result)

function drawProject(folder: string, { violations, files, edges }: CheckResult): string {
  const name = folder === '.' ? '' : `${folder}: `
  const size = `${files.length} files, ${edges.length} imports`
  if (violations.length === 0) return `${name}Layers are in order (${size}).\n`
  const count = violations.length === 1 ? '1 violation' : `${violations.length} violations`
  return `${violations.map((violation) => `${drawViolation(violation)}\n\n`).join('')}${name}${count} (${size}).\n`
}
