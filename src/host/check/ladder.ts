// The ladder of a project: how much lies in each layer, and which layers import which, as data and as a drawing.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isTest, layerNames, layerNumbered } from './layers.ts'
import { type FoundProject, projectName } from './projects.ts'
import type { Violation } from './violation.ts'

/** The imports of one layer from another. */
export interface Arrow {
  readonly to: string
  /** Every import, and how many of them are of types alone. */
  readonly imports: number
  readonly types: number
  /** How many of them break a rule. */
  readonly violations: number
}

/** One step of the ladder. Tests are counted apart, for they belong to no layer. */
export interface Rung {
  /** 1 to 9; 10 is the host of the framework's own source. */
  readonly number: number
  readonly name: string
  readonly files: number
  readonly lines: number
  /** Imports between two files of this layer. */
  readonly within: number
  /** To other layers, the highest first. */
  readonly arrows: readonly Arrow[]
  /** Violations by files of this layer. */
  readonly violations: number
}

/** A project by its layers. */
export interface Ladder {
  /** Relative to the folder that was looked at. */
  readonly folder: string
  readonly mode: FoundProject['mode']
  /** The highest first; all nine, empty ones too. */
  readonly layers: readonly Rung[]
  readonly tests: { readonly files: number; readonly lines: number }
  readonly violations: readonly Violation[]
}

/** Measures a project that was checked. */
export function measureLadder({ folder, root, mode, result }: FoundProject): Ladder {
  const { files, edges, violations } = result
  const layers = new Map(files.map(({ path, layer }) => [path, layer]))
  const measure = (paths: readonly string[]) => ({
    files: paths.length,
    lines: paths.reduce((sum, path) => sum + countLines(readFileSync(resolve(root, path), 'utf8')), 0),
  })
  const pathsIn = (number: number) => files.filter(({ layer }) => layer === number).map(({ path }) => path)
  const crossings = edges.map((edge) => ({ from: layers.get(edge.from), to: layers.get(edge.to), edge }))
  const rung = (number: number): Rung => {
    const own = crossings.filter(({ from, to }) => from === number && to !== undefined)
    return {
      number,
      name: layerNumbered(number).name,
      ...measure(pathsIn(number)),
      within: own.filter(({ to }) => to === number).length,
      arrows: [...numbers(mode)].filter((to) => to !== number).flatMap((to) => arrow(number, to, own)),
      violations: violations.filter(({ from }) => from?.number === number).length,
    }
  }
  const arrow = (from: number, to: number, own: typeof crossings): Arrow[] => {
    const these = own.filter((crossing) => crossing.to === to)
    if (these.length === 0) return []
    const broken = violations.filter((one) => one.from?.number === from && one.to?.number === to)
    // One import may break two rules: it leads up, and closes a circle.
    const refused = new Set(broken.map(({ file, line, column }) => `${file}:${line}:${column}`)).size
    const types = these.filter(({ edge }) => edge.typeOnly).length
    return [{ to: layerNumbered(to).name, imports: these.length, types, violations: refused }]
  }
  const tests = measure(files.filter(({ path }) => isTest(path, mode)).map(({ path }) => path))
  return { folder, mode, layers: numbers(mode).map(rung), tests, violations }
}

/** The layers of a project, the highest first: an app has nine, the framework's own source a host on top of them. */
const numbers = (mode: FoundProject['mode']): number[] =>
  Array.from({ length: layerNames.length + (mode === 'source' ? 1 : 0) }, (_, index) => index + 1).toReversed()

/** A last line counts whether or not it ends with a break. */
const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0)

/** Columns of a terminal that a drawing fits into. */
const width = 80

/**
 * Draws a ladder within 80 columns; ends with a line break.
 *
 * @example
 * const arrows = [{ to: 'api', imports: 11, types: 2, violations: 0 }]
 * const routes = { number: 9, name: 'routes', files: 9, lines: 432, within: 0, arrows, violations: 0 }
 * const tests = { files: 0, lines: 0 }
 * drawLadder({ folder: '.', mode: 'app', layers: [routes], tests, violations: [] }) // `app: 9 files, 432 lines
 * //
 * //  9 routes        9 files    432 lines  → api 11 (2 types)
 * // …`
 */
export function drawLadder(ladder: Ladder): string {
  const { layers, tests, violations } = ladder
  const sums = layers.reduce((sum, it) => ({ files: sum.files + it.files, lines: sum.lines + it.lines }), {
    files: 0,
    lines: 0,
  })
  const name = projectName(ladder) || 'app'
  const size = `${count(sums.files, 'file')}, ${count(sums.lines, 'line')}`
  const lines = [
    tests.files > 0 ? `${name}: ${size}; tests: ${tests.files}, ${count(tests.lines, 'line')}` : `${name}: ${size}`,
  ]
  lines.push('')
  for (const rung of layers) {
    lines.push(...drawRung(rung))
    // What browsers are given as it is lies above, what only the server runs below.
    if (rung.number === 7) lines.push('  ─── the wire '.padEnd(width, '─'))
  }
  lines.push('', violations.length === 0 ? 'No violations.' : `${count(violations.length, 'violation')}:`)
  lines.push(...violations.flatMap(({ code, message }) => wrap(`  ${code}  ${message}`, 4)))
  return `${lines.join('\n')}\n`
}

function drawRung({ number, name, files, lines, arrows }: Rung): string[] {
  const place = number > 9 ? '*' : String(number)
  const head = ` ${place} ${name.padEnd(11)}`
  if (files === 0) return [`${head}          -`]
  const size = `${String(files).padStart(4)} ${(files === 1 ? 'file' : 'files').padEnd(5)} ${String(lines).padStart(6)} ${(lines === 1 ? 'line' : 'lines').padEnd(5)}`
  const words = arrows.map(({ to, imports, types, violations }) => {
    const notes = [...(types > 0 ? [count(types, 'type')] : []), ...(violations > 0 ? [`${violations} REFUSED`] : [])]
    return `${to} ${imports}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`.replaceAll(' ', '\u00a0')
  })
  const start = `${head}${size}`
  if (words.length === 0) return [start.trimEnd()]
  return wrap(`${start}  → ${words.join(', ')}`, start.length + 4).map((line) => line.replaceAll('\u00a0', ' '))
}

export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`

/** Breaks at blanks that stand after the indent; what has no blank stays whole. */
function wrap(text: string, indent: number): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width)
    const cut = at > indent ? at : rest.indexOf(' ', Math.max(width, indent))
    if (cut < 0) break
    lines.push(rest.slice(0, cut))
    rest = ' '.repeat(indent) + rest.slice(cut + 1)
  }
  return [...lines, rest]
}
