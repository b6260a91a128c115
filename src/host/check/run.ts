// `layer9 check`: which projects a folder holds, their violations as text or JSON, the exit code.
import { join, resolve } from 'node:path'
import { type CheckResult, checkLayers } from './checker.ts'
import { Disk } from './disk.ts'
import { drawViolation } from './draw.ts'
import type { Mode } from './project.ts'
import type { Alias } from './resolve.ts'

/** What to check and how to say it. */
export interface RunCheckOptions {
  /** The folder of an app, or of the framework itself: then `src/`, each example and the docs are checked. */
  readonly root: string
  /** One JSON document instead of text. Default false. */
  readonly json?: boolean
  /** Whether scans are kept in `.layer9/check.json` for the next run. Default true. */
  readonly cache?: boolean
  /** Aliases of the app's Vite configuration, beside `~`. */
  readonly aliases?: readonly Alias[]
}

/** 0: no rule is broken; 1: one is; 2: there is nothing to check at `root`. `output` ends with a line break. */
export interface RunCheckResult {
  readonly exitCode: 0 | 1 | 2
  readonly output: string
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
export async function runCheck({
  root,
  json = false,
  cache = true,
  aliases = [],
}: RunCheckOptions): Promise<RunCheckResult> {
  const base = resolve(root)
  const projects = projectsIn(base)
  const found: Found[] = []
  for (const { folder, mode } of projects) {
    const at = join(base, folder)
    const kept = cache ? { cache: join(at, '.layer9', 'check.json') } : {}
    found.push({ folder, mode, result: await checkLayers({ root: at, mode, aliases, ...kept }) })
  }
  const broken = found.reduce((sum, { result }) => sum + result.violations.length, 0)
  const exitCode = found.length === 0 ? 2 : broken > 0 ? 1 : 0
  return { exitCode, output: json ? asJson(exitCode, found) : asText(base, found) }
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

function asJson(exitCode: number, found: readonly Found[]): string {
  const projects = found.map(({ folder, mode, result }) => ({
    folder,
    mode,
    files: result.files.length,
    imports: result.edges.length,
    violations: result.violations,
  }))
  return `${JSON.stringify({ ok: exitCode === 0, projects }, undefined, 2)}\n`
}

function asText(root: string, found: readonly Found[]): string {
  if (found.length === 0)
    return `There is no app to check: ${root} has no folder "app".\n  Fix: Run it in the folder of a Layer9 app, or name that by \`--root\`.\n`
  return found.map(({ folder, mode, result }) => drawProject(mode === 'source' ? 'src' : folder, result)).join('')
}

function drawProject(folder: string, { violations, files, edges }: CheckResult): string {
  const name = folder === '.' ? '' : `${folder}: `
  const size = `${files.length} files, ${edges.length} imports`
  if (violations.length === 0) return `${name}Layers are in order (${size}).\n`
  const count = violations.length === 1 ? '1 violation' : `${violations.length} violations`
  return `${violations.map((violation) => `${drawViolation(violation)}\n\n`).join('')}${name}${count} (${size}).\n`
}
