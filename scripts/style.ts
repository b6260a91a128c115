// Holds the source to its style: lengths, types, comments, names, errors. Prints the figures; exit code 1 over a limit.
//
//   node scripts/style.ts           the check
//   node scripts/style.ts --write   takes the public names of now into scripts/public-names.json
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOffences, readCodes } from './style-errors.ts'
import { type Figure, figures, type Limits, type Offence, offences } from './style-figures.ts'
import { type MeasuredFile, measure } from './style-measure.ts'
import { nameOffences, type PublicNames, readPublicNames } from './style-names.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const limitsFile = join(root, 'scripts/style.limits.json')
const namesFile = join(root, 'scripts/public-names.json')

/** What a run has found. */
export interface StyleReport {
  readonly figures: readonly Figure[]
  readonly offences: readonly Offence[]
}

/** Measures the repository in a folder. */
export async function checkStyle(folder: string, limits: Limits, listed: PublicNames): Promise<StyleReport> {
  const all = filesBelow(folder, 'src').filter((path) => /\.tsx?$/.test(path))
  const sources = all.filter((path) => !isTest(path))
  const measured = new Map<string, MeasuredFile>()
  for (const path of sources) measured.set(path, measure(path, readFileSync(join(folder, path), 'utf8')))
  const tests = all.filter(isTest)
  const tested = [...tests, ...['tests', 'create-layer9'].flatMap((top) => filesBelow(folder, top)).filter(isTest)]
  const testText = tested.map((path) => readFileSync(join(folder, path), 'utf8'))
  // A case is a folder: its files are what a test feeds in, its `expected` is compared by one, so a code in it is asserted.
  const cases = filesBelow(folder, 'src', true).filter((path) =>
    /\/fixtures\/.*\.(?:[cm]?[jt]sx?|css|txt|html)$/.test(path),
  )
  const caseText = cases.map((path) => readFileSync(join(folder, path), 'utf8'))
  const golden = caseText.filter((_, index) => /\/expected[^/]*$/.test(cases[index] ?? ''))
  const evidence = [...testText, ...golden].join('\n')
  const catalogues = sources.filter((path) => /=\s*defineErrors\(/.test(readFileSync(join(folder, path), 'utf8')))
  const codes = await readCodes(folder, catalogues)
  const testLines = [...testText, ...caseText].reduce((sum, text) => sum + text.split('\n').length - 1, 0)
  return {
    figures: figures(measured, testLines, limits),
    offences: [
      ...offences(measured, limits),
      ...nameOffences(readPublicNames(folder), listed),
      ...codeOffences(codes, evidence),
    ],
  }
}

/** The report as text: a table, then every place that breaks a limit. */
export function drawReport({ figures: rows, offences: places }: StyleReport): string {
  const lines = rows.map(({ name, value, limit, ok }) =>
    `${ok ? ' ' : '✗'} ${name.padEnd(24)} ${value.padStart(14)}   ${limit}`.trimEnd(),
  )
  const listed = places.map(({ place, what }) => `✗ ${place} ${what}`)
  return [...lines, ...listed].join('\n')
}

function isTest(path: string): boolean {
  return /\.(?:test|test-d)\.tsx?$/.test(path) || /\.fixture\.tsx?$/.test(path)
}

function filesBelow(folder: string, top: string, fixtures = false): string[] {
  if (!existsSync(join(folder, top))) return []
  return readdirSync(join(folder, top), { withFileTypes: true }).flatMap((entry) => {
    const path = `${top}/${entry.name}`
    if (!entry.isDirectory()) return [path]
    const skip = entry.name === 'node_modules' || entry.name === 'dist' || (entry.name === 'fixtures' && !fixtures)
    return skip ? [] : filesBelow(folder, path, fixtures)
  })
}

async function run(): Promise<void> {
  if (process.argv.includes('--write')) {
    writeFileSync(namesFile, `${JSON.stringify(readPublicNames(root), undefined, 2)}\n`)
  }
  const limits = JSON.parse(readFileSync(limitsFile, 'utf8')) as Limits
  const listed = existsSync(namesFile) ? (JSON.parse(readFileSync(namesFile, 'utf8')) as PublicNames) : {}
  const report = await checkStyle(root, limits, listed)
  console.log(drawReport(report))
  if (report.offences.length > 0 || report.figures.some(({ ok }) => !ok)) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
