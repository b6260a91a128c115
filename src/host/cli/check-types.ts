// The app's own TypeScript, in a process of its own: as it prints to a person, or as data.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** One error of the type checker. Without a place when it is about the configuration. */
export interface TypeProblem {
  /** `TS2322` and the like. */
  readonly code: string
  readonly message: string
  /** Relative to the app. Line and column count from 1. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** Lets TypeScript print what it finds; gives its exit code, or undefined when the app has none. */
export async function printTypes(root: string): Promise<number | undefined> {
  const child = startCompiler(root, [], 'inherit')
  return child && (await exitOf(child))
}

/** What TypeScript finds, or undefined when the app has none. */
export async function listTypes(root: string): Promise<TypeProblem[] | undefined> {
  const child = startCompiler(root, ['--pretty', 'false'], ['ignore', 'pipe', 'inherit'])
  if (!child) return undefined
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await exitOf(child)
  const problems = readProblems(output)
  if (code === 0 || problems.length > 0) return problems
  return [{ code: 'TS', message: output.trim() || `The compiler ended with ${code}.` }]
}

/**
 * Reads what `tsc --pretty false` prints: a line an error, what explains it indented below.
 *
 * @example
 * readProblems("a.ts(1,7): error TS2322: Type 'string' is not …")[0]?.line // 1
 */
export function readProblems(output: string): TypeProblem[] {
  const problems: TypeProblem[] = []
  for (const line of output.split(/\r?\n/)) {
    const found = /^(?:(.+)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/.exec(line)
    const last = problems.at(-1)
    if (found) problems.push(problemOf(found))
    else if (last && /^\s+\S/.test(line))
      problems[problems.length - 1] = { ...last, message: `${last.message}\n${line}` }
  }
  return problems
}

function problemOf([, file, line, column, code = '', message = '']: RegExpExecArray): TypeProblem {
  if (file === undefined) return { code, message }
  return { code, message, file: file.replaceAll('\\', '/'), line: Number(line), column: Number(column) }
}

type Child = ReturnType<typeof spawn>

function startCompiler(
  root: string,
  options: readonly string[],
  stdio: 'inherit' | ['ignore', 'pipe', 'inherit'],
): Child | undefined {
  const compiler = findCompiler(root)
  if (!compiler || !existsSync(join(root, 'tsconfig.json'))) return undefined
  return spawn(process.execPath, [compiler, '-p', 'tsconfig.json', '--noEmit', ...options], { cwd: root, stdio })
}

function exitOf(child: Child): Promise<number> {
  return new Promise((done) => child.once('close', (status) => done(status ?? 1)))
}

function findCompiler(root: string): string | undefined {
  try {
    return join(createRequire(join(root, 'package.json')).resolve('typescript/package.json'), '../bin/tsc')
  } catch {
    return undefined
  }
}
