// The app's own TypeScript, in a process of its own: what it finds, as text and as data.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { forgetStale } from '../types/stale.ts'
import { type PrintedProblem, readPrinted, sift } from './type-problem.ts'

/** What the type checker said. */
export interface CheckedTypes {
  readonly found: readonly PrintedProblem[]
  /** Whether the app's tsconfig.json refers to the projects by side; else one project knows every name. */
  readonly bySide: boolean
}

/**
 * Runs TypeScript; undefined when the app has none, or no tsconfig.json.
 *
 * @param pretty whether it prints for a terminal
 */
export async function checkTypes(root: string, pretty: boolean): Promise<CheckedTypes | undefined> {
  const compiler = findCompiler(root)
  const config = await readFile(join(root, 'tsconfig.json'), 'utf8').catch(() => undefined)
  if (!compiler || config === undefined) return undefined
  const bySide = refersToSides(config)
  if (bySide) forgetStale(root)
  const given = bySide ? ['--build', 'tsconfig.json'] : ['-p', 'tsconfig.json', '--noEmit']
  const { code, output } = await run([compiler, ...given, '--pretty', String(pretty)], root)
  const found = readPrinted(output)
  if (code === 0 || found.length > 0) return { found: sift(found, root), bySide }
  const message = output.trim() || `The compiler ended with ${code}.`
  return { found: [{ problem: { code: 'TS', message }, text: `${message}\n` }], bySide }
}

/** Whether a tsconfig.json leaves it to the projects in `.layer9`; it may have comments, so it is read as text. */
export const refersToSides = (config: string): boolean => /"path"\s*:\s*"(?:\.\/)?\.layer9\b/.test(config)

/** Runs a script of Node to its end; what it wrote to its error output is shown. */
async function run(given: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, given, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? 1)))
  return { code, output }
}

function findCompiler(root: string): string | undefined {
  try {
    return join(createRequire(join(root, 'package.json')).resolve('typescript/package.json'), '../bin/tsc')
  } catch {
    return undefined
  }
}
