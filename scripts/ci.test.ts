import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, '../.ci/run')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-ci-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Runs the script with an npm that says and does what the test wants, and gives the last line of output. */
function run(npm: string) {
  const path = join(folder, 'npm')
  writeFileSync(path, `#!/bin/sh\n${npm}\n`)
  chmodSync(path, 0o755)
  const env = {
    ...process.env,
    CHROMIUM: '/bin/true',
    POSTGRES_BIN: '/bin',
    PATH: folder + delimiter + process.env.PATH,
  }
  const { status, stdout } = spawnSync('bash', [script], { env, encoding: 'utf8' })
  return { status, last: stdout.trimEnd().split('\n').at(-1) }
}

describe('.ci/run', () => {
  it('ends with the counts of the test command, whatever npm says after them', () => {
    const npm = '[ "$1" = test ] && echo "12 passed, 0 failed, 3 skipped" && echo "npm notice: a new version"\ntrue'
    expect(run(npm)).toEqual({ status: 0, last: '12 passed, 0 failed, 3 skipped' })
  })

  it('fails as the test command fails, with its counts', () => {
    const npm = '[ "$1" = test ] && echo "12 passed, 2 failed, 0 skipped" && exit 1\ntrue'
    expect(run(npm)).toEqual({ status: 1, last: '12 passed, 2 failed, 0 skipped' })
  })

  it('counts a failed installation, or a test command that died, as a failure', () => {
    const failed = { status: 1, last: '0 passed, 1 failed, 0 skipped' }
    expect(run('exit 1')).toEqual(failed)
    expect(run('[ "$1" = test ] && exit 1\ntrue')).toEqual(failed)
  })
})
