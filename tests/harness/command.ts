// Runs the command line as a person would, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, vi } from 'vitest'

/** The repository, whose `dist` the tests run. */
export const repository = join(import.meta.dirname, '../..')

export const program: string = join(repository, 'bin', 'layer9.js')

/** What a command that ended left behind. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Where and with what a command runs. */
export interface CommandOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Another program than the repository's, e.g. the one that a packed tarball installed. */
  readonly program?: string
}

/** The environment of a user's shell: vitest sets NODE_ENV=test, which no shell does. */
export const shell = (env: CommandOptions['env'] = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: undefined,
  HOST: undefined,
  PORT: undefined,
  DATABASE_URL: undefined,
  FORCE_COLOR: undefined,
  ...env,
})

function launch(given: readonly string[], { cwd, env, program: other }: CommandOptions): ChildProcess {
  return spawn(process.execPath, [other ?? program, ...given], {
    cwd,
    env: shell(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs a command to its end. */
export async function runLayer9(given: readonly string[], options: CommandOptions): Promise<Ended> {
  const child = launch(given, options)
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => (out += chunk))
  child.stderr?.on('data', (chunk) => (err += chunk))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, out, err }
}

/** A server that runs: `dev` or `start`. */
export interface RunningServer {
  /** Without a slash at the end: `http://localhost:40123`. */
  readonly url: string
  readonly port: number
  /** All that it wrote so far. */
  output(): string
  /** Waits until it wrote a text: a line of the log may come behind the answer that it speaks of. */
  says(text: string): Promise<void>
  /**
   * Sends a signal and waits for the end; the exit code, or the signal's name when it died of it. Default SIGINT, which
   * closes idle connections at once.
   */
  end(signal?: NodeJS.Signals): Promise<number | string>
  readonly pid: number
}

/** Starts a server and waits until it says where it listens. */
export async function startLayer9(given: readonly string[], options: CommandOptions): Promise<RunningServer> {
  const child = launch(given, { ...options, env: { PORT: '0', ...options.env } })
  let output = ''
  const ended = new Promise<number | string>((done) => {
    child.once('close', (code, signal) => done(code ?? signal ?? 'unknown'))
  })
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk
      const found = /https?:\/\/[^\s"/]+:\d+/.exec(output)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    void ended.then((code) => reject(new Error(`layer9 ${given.join(' ')} ended with ${code}:\n${output}`)))
  })
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    output: () => output,
    says: async (text) => await vi.waitFor(() => expect(output).toContain(text), { timeout: 5_000 }),
    async end(signal = 'SIGINT') {
      child.kill(signal)
      return await ended
    },
  }
}
