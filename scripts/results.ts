// What a run of the tests leaves behind: one line per test, small enough to be committed and read in a diff.
import { relative } from 'node:path'

/** How a test ended. A test marked `todo` counts as skipped. */
export type Outcome = 'pass' | 'fail' | 'skip'

/** File (path from the repository's root) → name of the test with its describes → outcome. */
export type Results = Record<string, Record<string, Outcome>>

/** How many tests, or checks, ended how. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** What is kept of a deep run (`npm run test:deep`): how it ended, and how to repeat it. */
export interface DeepRun extends Counts {
  /** When, as ISO 8601. */
  date: string
  node: string
  seed: number
  minutes: number
}

/** The part of vitest's JSON report that is read here. */
export interface Report {
  testResults: readonly {
    name: string
    status: string
    assertionResults: readonly { ancestorTitles: readonly string[]; title: string; status: string }[]
  }[]
}

/** Between a file, its describes and its test in a name. */
export const separator = ' > '

/**
 * Turns vitest's JSON report into results with sorted keys, so that two equal runs give the same bytes. Of tests with
 * one name in one file the worst outcome counts. A file that failed as a whole gets a failing entry of its own.
 */
export function toResults(report: Report, root: string): Results {
  const results: Results = {}
  for (const file of report.testResults) {
    const path = relative(root, file.name).replaceAll('\\', '/')
    const tests: Record<string, Outcome> = results[path] ?? {}
    for (const test of file.assertionResults) {
      const name = [...test.ancestorTitles, test.title].join(separator)
      tests[name] = worst(tests[name], toOutcome(test.status))
    }
    const failed = file.status === 'failed' && !Object.values(tests).includes('fail')
    if (failed) tests['(the file itself)'] = 'fail'
    results[path] = sorted(tests)
  }
  return sorted(results)
}

/** Counts all tests of a run. */
export function countResults(results: Results): Counts {
  const outcomes = Object.values(results).flatMap((tests) => Object.values(tests))
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') }
}

/**
 * The outcomes of the tests that a pattern means: a file or a glob over files (`src/host/*.test.ts`, `**` crosses
 * folders), a file with the beginning of a name (`file > describe`), or one test (`file > describe > it`).
 *
 * @example
 * const results: Results = { 'src/a.test.ts': { 'encode > writes text': 'pass', 'decode > reads text': 'fail' } }
 * matchTests(results, 'src/a.test.ts > encode')   // ['pass']
 */
export function matchTests(results: Results, pattern: string): Outcome[] {
  const [glob = '', ...names] = pattern.split(separator)
  const wanted = names.join(separator)
  const matcher = toMatcher(glob)
  return Object.entries(results)
    .filter(([file]) => matcher.test(file))
    .flatMap(([, tests]) => Object.entries(tests))
    .filter(([name]) => wanted === '' || name === wanted || name.startsWith(wanted + separator))
    .map(([, outcome]) => outcome)
}

// Everything but the two wildcards is literal, so that `[id].test.ts` names itself.
function toMatcher(glob: string): RegExp {
  const source = glob
    .split(/(\*\*\/|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : escapeLiteral(part)))
  return new RegExp(`^${source.join('')}$`)
}

const escapeLiteral = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const toOutcome = (status: string): Outcome => (status === 'passed' ? 'pass' : status === 'failed' ? 'fail' : 'skip')

const order: readonly Outcome[] = ['pass', 'skip', 'fail']

const worst = (one: Outcome | undefined, other: Outcome): Outcome =>
  one !== undefined && order.indexOf(one) > order.indexOf(other) ? one : other

const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)))
