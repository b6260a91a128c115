// The app's own TypeScript, in a process of its own: what it finds, as text and as data.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { hintOf } from '../types/hint.ts'
import { forgetStale } from '../types/stale.ts'

/** One error of the type checker. Without a place when it is about the configuration. */
export interface TypeProblem {
  /** `TS2322` and the like. */
  readonly code: string
  readonly message: string
  /** Relative to the app. Line and column count from 1. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The way out, where the name that is unknown is one of the other side. */
  readonly hint?: string
}

/** What the type checker said. */
export interface CheckedTypes {
  /** For a person, empty when all is well. */
  readonly output: string
  /** Each once, though several projects may have it. */
  readonly problems: readonly TypeProblem[]
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
  const found = readProblems(output)
  if (code === 0 || found.length > 0)
    return { output: pretty ? output : found.map(draw).join(''), problems: found, bySide }
  const message = output.trim() || `The compiler ended with ${code}.`
  return { output: `${message}\n`, problems: [{ code: 'TS', message }], bySide }
}

/** In the words of `tsc --pretty false`, which editors and other programs read. */
const draw = ({ file, line, column, code, message }: TypeProblem): string =>
  `${file === undefined ? '' : `${file}(${line},${column}): `}error ${code}: ${message}\n`

/** Whether a tsconfig.json leaves it to the projects in `.layer9`; it may have comments, so it is read as text. */
export const refersToSides = (config: string): boolean => /"path"\s*:\s*"(?:\.\/)?\.layer9\b/.test(config)

/**
 * Reads what `tsc` prints: a line an error, what explains it indented below. Of what it prints for a terminal only the
 * first lines are read.
 *
 * @example
 * readProblems("a.ts(1,7): error TS2322: Type 'string' is not …")[0]?.line // 1
 */
export function readProblems(output: string): TypeProblem[] {
  const problems: TypeProblem[] = []
  for (const line of stripVTControlCharacters(output).split(/\r?\n/)) {
    const found = /^(?:(.+?)(?:\((\d+),(\d+)\): |:(\d+):(\d+) - ))?error (TS\d+): (.*)$/.exec(line)
    const last = problems.at(-1)
    if (found) problems.push(problemOf(found))
    else if (last && /^\s+\S/.test(line))
      problems[problems.length - 1] = { ...last, message: `${last.message}\n${line}` }
  }
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), withHint(problem)])).values()]
}

function problemOf([, file, ...found]: RegExpExecArray): TypeProblem {
  const [line = found[2], column = found[3], , , code = '', message = ''] = found
  if (file === undefined) return { code, message }
  return { code, message, file: file.replaceAll('\\', '/'), line: Number(line), column: Number(column) }
}

function withHint(problem: TypeProblem): TypeProblem {
  const hint = hintOf(problem)
  return hint === undefined ? problem : { ...problem, hint }
}

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
