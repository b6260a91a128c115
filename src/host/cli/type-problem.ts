// What the compiler prints, read back: each error once, without what the layer rules say better.
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { hintOf, isKnownThere } from '../types/hint.ts'

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

/** An error as it was printed: its head, then what explains it, for a terminal with the lines of source. */
export interface PrintedProblem {
  readonly problem: TypeProblem
  readonly text: string
}

/** The head of an error, with and without `--pretty`. */
const head = /^(?:(.+?)(?:\((\d+),(\d+)\): |:(\d+):(\d+) - ))?error (TS\d+): (.*)$/

/**
 * Reads what `tsc` prints.
 *
 * @example
 * readPrinted("a.ts(1,7): error TS2322: Type 'string' is not …")[0]?.problem.line // 1
 */
export function readPrinted(output: string): PrintedProblem[] {
  const found: PrintedProblem[] = []
  for (const line of output.split('\n')) {
    const plain = stripVTControlCharacters(line).replace(/\r$/, '')
    // The summary for a terminal, which counts what will be left out too.
    if (/^Found \d+ errors?\b/.test(plain)) break
    const begun = head.exec(plain)
    const last = found.at(-1)
    if (begun) found.push({ problem: problemOf(begun), text: `${line}\n` })
    else if (last) found[found.length - 1] = continued(last, { line, plain })
  }
  return found
}

/** Each problem once, with its way out, and without those that only follow from a broken layer rule. */
export function sift(found: readonly PrintedProblem[], root: string): PrintedProblem[] {
  const once = new Map(found.map(({ problem, text }) => [text.trimEnd(), problem]))
  const kept = [...once].filter(([, problem]) => !followsFromLayers(problem, root))
  return kept.map(([text, problem]) => ({ problem: withHint(problem), text: `${text}\n` }))
}

function problemOf([, file, ...found]: RegExpExecArray): TypeProblem {
  const [line = found[2], column = found[3], , , code = '', message = ''] = found
  if (file === undefined) return { code, message }
  return { code, message, file: file.replaceAll('\\', '/'), line: Number(line), column: Number(column) }
}

/** A block with one more line; what is indented explains, until the first empty line. */
function continued(
  { problem, text }: PrintedProblem,
  { line, plain }: { line: string; plain: string },
): PrintedProblem {
  const explains = /^\s+\S/.test(plain) && !/\n\s*\n/.test(stripVTControlCharacters(text))
  const message = explains ? `${problem.message}\n${plain}` : problem.message
  return { problem: { ...problem, message }, text: `${text}${line}\n` }
}

/** A file of one side in the project of another, where its names are unknown: what the layer rules say, and better. */
function followsFromLayers(problem: TypeProblem, root: string): boolean {
  const taken = problem.code === 'TS6307' ? /^File '([^']+)'/.exec(problem.message)?.[1] : undefined
  const app = `${join(realpathSync(root), 'app')}/`.replaceAll('\\', '/')
  return taken?.startsWith(app) || isKnownThere(problem)
}

function withHint(problem: TypeProblem): TypeProblem {
  const hint = hintOf(problem)
  return hint === undefined ? problem : { ...problem, hint }
}
