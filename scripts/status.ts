// `npm run status` records the last test run, and writes STATUS.md and the figures of the README; `--check` only compares.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeepRun, Results } from './results.ts'
import { findUnproven, type Page } from './status-marks.ts'
import { drawStatus } from './status-page.ts'
import { type BenchResult, withoutFigures, writeFigures } from './status-readme.ts'
import { type Figures, findRowFaults, type JudgedRow, judgeRow, type Row } from './status-rows.ts'

/** Where a repository keeps what a status is made of; all paths from its root. */
export const files: Record<'rows' | 'results' | 'lastRun' | 'deepRun' | 'lastDeepRun' | 'page' | 'readme', string> = {
  rows: 'status/rows.json',
  /** The recorded run; committed. */
  results: 'status/results/tests.json',
  /** The last whole run on this machine; never committed. `npm test` writes it. */
  lastRun: 'test-results/tests.json',
  /** The recorded deep run; committed. */
  deepRun: 'status/results/deep.json',
  /** The last deep run on this machine. `npm run test:deep` writes it. */
  lastDeepRun: 'test-results/deep.json',
  page: 'STATUS.md',
  readme: 'README.md',
}

interface Status {
  rows: JudgedRow[]
  page: string
  readme: string
}

/** Judges all rows against the recorded run and the committed figures. */
export function judgeStatus(root: string, results: Results = readJson(root, files.results, {})): Status {
  const measured = readMeasured(root)
  const figures = toFigures(measured)
  const rows = readJson<Row[]>(root, files.rows, []).map((row) => judgeRow(row, results, figures))
  const deepRun = readJson<DeepRun | undefined>(root, files.deepRun, undefined)
  const readme = writeFigures(readText(root, files.readme), measured)
  return { rows, page: drawStatus(rows, { results, figures, deepRun }), readme }
}

/**
 * Everything that is not as it says: faults in the rows, a stale STATUS.md, a table of the README that the benchmarks did
 * not make, marks in README and docs that are not green, other figures and features of the README without a mark, figures
 * of the docs without one. Looks at committed files alone.
 */
export function checkStatus(root: string): string[] {
  const { rows, page, readme } = judgeStatus(root)
  const stale = readText(root, files.page) !== page
  const edited = readText(root, files.readme) !== readme
  return [
    ...findRowFaults(rows),
    ...(stale ? [`${files.page} is stale. Run npm test, then npm run status, and commit what changed.`] : []),
    ...(edited ? [`The figures of ${files.readme} are not those of bench/results. Run npm run status.`] : []),
    ...readPages(root).flatMap((each) => findUnproven(each, rows, each.path === files.readme)),
  ]
}

/**
 * What the recorded run claims and a fresh run does not confirm. A skipped test contradicts nothing: it is the fresh
 * machine that lacks something. So new tests never fail a run, and lost ones always do.
 */
export function findContradictions(root: string, fresh: Results): string[] {
  const now = judgeStatus(root, fresh).rows
  return judgeStatus(root).rows.flatMap((row, index) => {
    const state = now[index]
    if (row.state !== 'works' || !state || state.state === 'works') return []
    const skipped = row.proof?.tests?.every((test) => !state.reason.includes(`failing: ${test}`) && exists(fresh, test))
    return skipped ? [] : [`STATUS.md says that "${row.id}" works; this run does not confirm it (${state.reason}).`]
  })
}

const exists = (results: Results, pattern: string): boolean => {
  const all = Object.fromEntries(
    Object.entries(results).map(([file, tests]) => [
      file,
      Object.fromEntries(Object.keys(tests).map((name) => [name, 'pass' as const])),
    ]),
  )
  return (
    judgeRow({ id: '', area: '', claim: '', step: 'later', proof: { tests: [pattern] } }, all, {}).state === 'works'
  )
}

/** Records the last run, if there was one on this machine, and writes STATUS.md and the figures of the README. */
export function writeStatus(root: string): JudgedRow[] {
  record(root, files.lastRun, files.results)
  record(root, files.lastDeepRun, files.deepRun)
  const { rows, page, readme } = judgeStatus(root)
  writeFileSync(join(root, files.page), page)
  if (readme !== readText(root, files.readme)) writeFileSync(join(root, files.readme), readme)
  return rows
}

function record(root: string, from: string, to: string): void {
  if (existsSync(join(root, from))) writeFileSync(join(root, to), readFileSync(join(root, from)))
}

/** What the benchmarks have left, by the names of the files. */
function readMeasured(root: string): BenchResult[] {
  const paths = globSync('bench/results/*.json', { cwd: root }).sort()
  return paths.map((path) => JSON.parse(readText(root, path)) as BenchResult)
}

const toFigures = (measured: readonly BenchResult[]): Figures =>
  Object.fromEntries(measured.flatMap(({ name, rows }) => rows.map((row) => [`${name}/${row.id}`, row])))

/** README and every page of the docs. */
function readPages(root: string): Page[] {
  const paths = [files.readme, ...globSync(['docs/**/*.md', 'docs/app/**/*.tsx'], { cwd: root }).sort()]
  return paths
    .filter((path) => !path.includes('node_modules'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: withoutFigures(readText(root, path)) }))
}

const readText = (root: string, path: string): string =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''

const readJson = <Value>(root: string, path: string, missing: Value): Value =>
  existsSync(join(root, path)) ? JSON.parse(readText(root, path)) : missing

function run(root: string, check: boolean): number {
  if (check) {
    const faults = checkStatus(root)
    for (const fault of faults) console.error(fault)
    if (faults.length === 0) console.log(`${files.page} is fresh, and every mark is proven.`)
    return faults.length === 0 ? 0 : 1
  }
  const rows = writeStatus(root)
  const works = rows.filter((row) => row.state === 'works').length
  console.log(`${files.page}: ${works} of ${rows.length} claims work.`)
  return 0
}

if (import.meta.main) process.exitCode = run(join(import.meta.dirname, '..'), process.argv.includes('--check'))
