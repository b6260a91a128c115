// The layer rules as a command: the violations of a folder's projects as text and as data, the exit code.
import { drawViolation } from './draw.ts'
import { count } from './ladder.ts'
import type { Outsider } from './outside.ts'
import type { Mode } from './project.ts'
import { checkProjects, type FoundProject, type ProjectsOptions, projectName } from './projects.ts'
import { type ReportedViolation, withRepair } from './reported.ts'

/** What to check and how to say it. */
export type RunCheckOptions = ProjectsOptions

/** A project with its violations. */
export interface CheckedProject {
  /** Relative to the folder that was checked. */
  readonly folder: string
  readonly mode: Mode
  /** How many there are. */
  readonly files: number
  readonly imports: number
  readonly violations: readonly ReportedViolation[]
}

/** What was found. */
export interface RunCheckResult {
  /** 0: no rule is broken; 1: one is; 2: there is nothing to check at `root`. */
  readonly exitCode: 0 | 1 | 2
  /** The same for a person; each line ends with a line break. */
  readonly output: string
  readonly projects: readonly CheckedProject[]
  /** Whether a file, absolute, has to do with what changed; without changes to go by every file has. */
  isConcerned(path: string): boolean
  /** Files of no layer that the app in the folder itself takes in. */
  readonly outsiders: readonly Outsider[]
}

/**
 * Checks the layers of the app, or of the framework, in a folder.
 *
 * @example
 * const { exitCode, output } = await runCheck({ root: process.cwd() })
 * process.stdout.write(output)
 * process.exitCode = exitCode
 */
export async function runCheck(options: RunCheckOptions): Promise<RunCheckResult> {
  const found = await checkProjects(options)
  const broken = found.reduce((sum, { result }) => sum + result.violations.length, 0)
  const exitCode = found.length === 0 ? 2 : broken > 0 ? 1 : 0
  return {
    exitCode,
    output: found.map((project) => drawProject(project, options)).join(''),
    // What a program could do about a violation takes a look at all files: a person does not wait for it.
    get projects() {
      return found.map(toProject)
    },
    isConcerned: (path) => {
      const { changes } = options
      return !changes || found.some(({ checker }) => checker.isConcerned(path, changes))
    },
    get outsiders() {
      return found.find(({ folder, mode }) => folder === '.' && mode === 'app')?.checker.outsiders() ?? []
    },
  }
}

const toProject = ({ folder, mode, result, checker }: FoundProject): CheckedProject => ({
  folder,
  mode,
  files: result.files.length,
  imports: result.edges.length,
  violations: result.violations.map((violation) => withRepair(violation, checker)),
})

function drawProject(project: FoundProject, { changes }: RunCheckOptions): string {
  const { violations, files, edges } = project.result
  const name = projectName(project) && `${projectName(project)}: `
  const since = changes ? ` since ${changes.revision}` : ''
  const size = `${count(files.length, 'file')}, ${count(edges.length, 'import')}`
  if (violations.length === 0) return `${name}Layers are in order${since} (${size}).\n`
  return `${violations.map((violation) => `${drawViolation(violation)}\n\n`).join('')}${name}${count(violations.length, 'violation')}${since} (${size}).\n`
}
