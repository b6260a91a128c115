// `npm test`: everything that must hold, in the order in which it fails soonest. `--deep` tries thousands of cases in
// every random suite, and leaves a record of that.
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { provideChromium } from './chromium.ts'
import { providePostgres } from './postgres.ts'
import {
  type Counts,
  countResults,
  type DeepRun,
  type Outcome,
  type Report,
  type Results,
  toResults,
} from './results.ts'
import { checkStatus, files, findContradictions } from './status.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules/.bin', name)
const layer9 = join(root, 'bin/layer9.js')
/** What this run's tests did, suite by suite. */
const fresh: Results = {}

/** One line of the summary: a check counts one, a suite counts its tests. */
interface StepResult extends Counts {
  name: string
  seconds: number
}

interface Step {
  name: string
  /** Whether it passes or fails as a whole; a suite has tests of its own. */
  check: boolean
  run: () => Promise<Counts>
}

const aCheck = (name: string, command: string, args: readonly string[], folder?: string): Step => ({
  name,
  check: true,
  run: () => runCommand(command, args, folder),
})

const aSuite = (project: string, name: string): Step => ({ name, check: false, run: () => runSuite(project) })

/** The apps that are checked like a user's: layers, types, routes. */
const apps = ['examples/counter', 'examples/board', 'docs']

const steps: readonly Step[] = [
  aCheck('build', process.execPath, ['scripts/build.ts']),
  aCheck('format and lint', bin('biome'), ['check', '--error-on-warnings']),
  aCheck('types', bin('tsc'), ['-p', 'tsconfig.json']),
  aCheck('style figures', process.execPath, ['scripts/style.ts']),
  aCheck('layers', process.execPath, [layer9, 'check']),
  ...apps.map((app) => aCheck(`check ${app}`, process.execPath, [layer9, 'check'], app)),
  aSuite('unit', 'unit tests'),
  aSuite('browser', 'browser tests'),
  aSuite('e2e', 'end-to-end tests'),
  { name: 'status', check: false, run: checkClaims },
]

/** Runs a command; passed when it ends with 0. */
async function runCommand(command: string, args: readonly string[], folder = '.'): Promise<Counts> {
  const code = await start(command, args, folder)
  return count(code === 0)
}

const count = (passed: boolean): Counts => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })

const start = (command: string, args: readonly string[], folder: string): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: join(root, folder),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: process.env,
    })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })

/**
 * One suite. They run one after the other: end-to-end tests start servers and browsers of their own, and on two cores
 * they would wait for the others long enough to fail.
 */
async function runSuite(project: string): Promise<Counts> {
  const report = join(root, `test-results/vitest-${project}.json`)
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await start(bin('vitest'), ['run', '--project', project, ...reporters], '.')
  if (!existsSync(report)) return count(false)
  const results = toResults(JSON.parse(readFileSync(report, 'utf8')) as Report, root)
  Object.assign(fresh, results)
  const counts = countResults(results)
  // An error outside every test (an unhandled rejection) fails the run, though no test counts as failed.
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** Keeps the outcome of a check like that of a test, under the name `checks > NAME`. */
function keepCheck(name: string, { failed }: Counts): void {
  const outcome: Outcome = failed > 0 ? 'fail' : 'pass'
  fresh['checks'] = { ...fresh['checks'], [name]: outcome }
  if (name !== 'types') return
  // Type tests have no run of their own: they hold when the compiler agrees.
  for (const file of globSync('src/**/*.test-d.{ts,tsx}', { cwd: root })) {
    fresh[file.replaceAll('\\', '/')] = { 'type-checks': outcome }
  }
}

/** Keeps the outcome of every test for `npm run status`. */
function keepResults(): void {
  const sorted = Object.fromEntries(Object.entries(fresh).sort(([one], [other]) => (one < other ? -1 : 1)))
  mkdirSync(join(root, 'test-results'), { recursive: true })
  writeFileSync(join(root, files.lastRun), `${JSON.stringify(sorted, null, 1)}\n`)
}

/**
 * Compares the committed claims with the committed evidence, and both with this run. The run itself changes no
 * committed file, so a clean checkout stays clean and CI judges what was committed.
 */
async function checkClaims(): Promise<Counts> {
  keepResults()
  const faults = [...checkStatus(root), ...findContradictions(root, fresh)]
  for (const fault of faults) console.error(fault)
  return count(faults.length === 0)
}

async function runStep(step: Step): Promise<StepResult> {
  console.log(`\n▸ ${step.name}`)
  const begin = performance.now()
  const counts = await step.run().catch((error: unknown) => {
    console.error(error)
    return count(false)
  })
  if (step.check) keepCheck(step.name, counts)
  return { name: step.name, seconds: (performance.now() - begin) / 1000, ...counts }
}

function summarise(results: readonly StepResult[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  console.log('')
  for (const { name, seconds, passed, failed, skipped } of results) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    const sign = failed > 0 ? '✗' : '✓'
    console.log(`${sign} ${name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s   ${draw({ passed, failed, skipped })}`)
  }
  return total
}

const draw = ({ passed, failed, skipped }: Counts): string => `${passed} passed, ${failed} failed, ${skipped} skipped`

/** The version of Node that the repository is pinned to; npm scripts find it in node_modules/.bin. */
function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 8)) return
  throw new Error(
    `Node ${process.versions.node} is too old: Layer9 needs 24.8. Run npm ci, then npm test, which uses the Node that npm ci installed.`,
  )
}

/** Leaves what a deep run did for `npm run status`. */
function keepDeepRun(counts: Counts, seconds: number): void {
  const record: DeepRun = {
    date: new Date().toISOString(),
    node: process.version,
    seed: Number(process.env.LAYER9_SEED),
    minutes: Math.round(seconds / 60),
    ...counts,
  }
  writeFileSync(join(root, files.lastDeepRun), `${JSON.stringify(record, null, 2)}\n`)
}

async function main(): Promise<number> {
  requireNode()
  const isDeep = process.argv.includes('--deep')
  if (isDeep) process.env.LAYER9_DEEP = '1'
  process.env.LAYER9_SEED ??= String(Math.floor(Math.random() * 2 ** 31))
  console.log(
    `Random cases begin at seed ${process.env.LAYER9_SEED}; LAYER9_SEED=${process.env.LAYER9_SEED} repeats them.`,
  )
  process.env.CHROMIUM = provideChromium()
  if (!providePostgres())
    console.log('No Postgres was found: its tests are skipped. Debian, Ubuntu: apt-get install postgresql')
  const begin = performance.now()
  const results: StepResult[] = []
  for (const step of steps) results.push(await runStep(step))
  const total = summarise(results)
  if (isDeep) keepDeepRun(total, (performance.now() - begin) / 1000)
  console.log(`\n${draw(total)}`)
  return total.failed === 0 ? 0 : 1
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    console.log(draw(count(false)))
    return 1
  })
}
