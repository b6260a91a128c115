// Whether the attacks would notice: each patch breaks one invariant on one way in, and must fail that invariant's tests
// and no others. A run of `npm test` tries one of them, by its seed; `npm run test:deep` all.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { repository } from './harness/command.ts'
import { createRandom } from './harness/random.ts'

/** A copy of the repository to break: its own sources, the packages of this one. */
let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'layer9-mutants-'))
  const skip = new Set(['node_modules', '.git', '.layer9', 'dist', 'test-results'])
  cpSync(repository, copy, { recursive: true, filter: (path) => !skip.has(basename(path)) })
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(repository, 'node_modules')))
    symlinkSync(join(repository, 'node_modules', name), join(copy, 'node_modules', name))
  rmSync(join(copy, 'node_modules/layer9'), { force: true })
  symlinkSync(copy, join(copy, 'node_modules/layer9'), 'dir')
  build()
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', env: { ...process.env, LAYER9_DEEP: '0' } })

function build(): void {
  const { status, stdout, stderr } = run(process.execPath, ['scripts/build.ts'])
  if (status !== 0) throw new Error(stdout + stderr)
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[]
  }[]
}

/** The invariants whose tests fail now. */
function attack(): string[] {
  const file = join(copy, 'report.json')
  rmSync(file, { force: true })
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const args = ['run', '--project', 'e2e', 'tests/security.test.ts', '--reporter', 'json', '--outputFile', file]
  const { stdout, stderr } = run(process.execPath, [vitest, ...args])
  let report: Report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`The attacks did not run:\n${stdout}${stderr}`)
  }
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  expect(all.length).toBeGreaterThan(40)
  const failed = all.filter(({ status }) => status === 'failed')
  return [...new Set(failed.map(({ ancestorTitles }) => ancestorTitles[1]?.split(':')[0] ?? ''))].sort()
}

/** What fails with a patch. */
function tryPatch(file: string): string[] {
  const { status, stderr } = run('git', ['apply', file])
  if (status !== 0) throw new Error(`${file} does not fit any more:\n${stderr}`)
  try {
    build()
    return attack()
  } finally {
    // The next one begins with what is whole.
    expect(run('git', ['apply', '--reverse', file]).status).toBe(0)
  }
}

/** The line `Fails: I1, I11` at the head of a patch. */
const readExpected = (file: string): string[] | undefined =>
  /^Fails: (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.split(', ')

const patches = globSync('tests/mutants/*.patch', { cwd: repository }).sort()
const chosen = process.env['LAYER9_DEEP'] === '1' ? patches : [createRandom(inject('seed')).pick(patches)]

describe('attacks on a broken framework', () => {
  it('are there for every invariant', () => {
    const attacks = readFileSync(join(repository, 'tests/security.test.ts'), 'utf8')
    const invariants = new Set([...attacks.matchAll(/^ +describe\('(I\d+b?): /gm)].map(([, name]) => name))
    const broken = new Set(patches.flatMap((patch) => readExpected(join(repository, patch)) ?? []))
    expect(invariants.size).toBeGreaterThan(10)
    expect([...broken].sort()).toEqual([...invariants].sort())
  })

  it.each(chosen)(
    'are noticed by the tests of the invariant that was broken, and by no others: %s',
    { timeout: 1_200_000 },
    (patch) => {
      const file = join(repository, patch)
      expect(tryPatch(file)).toEqual(readExpected(file))
    },
  )
})
