// The README's two commands in a fresh clone, with the Node that the machine happens to have.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from './harness/command.ts'

let clone: string

/**
 * The environment of a shell outside of the repository: npm puts node_modules/.bin, and with it the Node of the
 * repository, before everything else while this test runs.
 */
function outside(more: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE|VITEST|PORT$|HOST$)/i.test(name))
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  // What is in npm's cache is not fetched again; a machine without one fetches it.
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), npm_config_prefer_offline: 'true', ...more }
}

/** Runs a command of the clone in a process group of its own, so that all of it can be ended. */
function start(command: string, given: readonly string[], more: Record<string, string>) {
  const child = spawn(command, given, { cwd: clone, env: outside(more), detached: true })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return { child, ended, output: () => output }
}

const endGroup = ({ pid }: ChildProcess): boolean => process.kill(-(pid as number), 'SIGTERM')

const addressIn = (output: string): string => /http:\/\/localhost:\d+/.exec(output)?.[0] ?? ''

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'layer9-clone-'))
  // As they are here, not as they were committed: what is tested is what will be committed.
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--deduplicate'], { cwd: repository })
  for (const file of listed.toString().split('\0').filter(Boolean)) await cp(join(repository, file), join(clone, file))
})
afterAll(async () => await rm(clone, { recursive: true, force: true }))

describe('a fresh clone', () => {
  it('installs what it needs and begins to test, by the command that CI runs', async () => {
    // A browser that is not there ends the run where the suites would begin, for they would run this test again.
    const { ended, output } = start('.ci/run', [], { CHROMIUM: '/nowhere/chromium' })
    expect(await ended).toBe(1)
    expect(output()).toContain('CHROMIUM=/nowhere/chromium is not an executable file.')
    expect(output().trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped')
  }, 120_000)

  it('migrates, seeds and serves the board by `npm run demo`, and ends with it', async () => {
    const { child, ended, output } = start('npm', ['run', 'demo'], { PORT: '0' })
    try {
      await expect.poll(output, { timeout: 120_000, interval: 100 }).toMatch(/Listening on http/)
      const response = await fetch(addressIn(output()))
      expect(response.status).toBe(200)
      const page = await response.text()
      expect(page).toContain('Linden Street</title>')
      expect(output()).toContain('Applied 0001_create_people.ts')
      expect(page).toContain('Soup on the pavement, Saturday from noon')
    } finally {
      endGroup(child)
    }
    await ended
    await expect(fetch(addressIn(output()))).rejects.toThrow()
  }, 150_000)
})
