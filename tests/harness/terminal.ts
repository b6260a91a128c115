// Runs the command line on a terminal, as a person who reads what it asks and answers.
import { spawn } from 'node:child_process'
import { expect, vi } from 'vitest'
import { type CommandOptions, type Ended, program, shell } from './command.ts'

/** A command on a terminal. */
export interface Terminal {
  /** Waits until it says a text behind the last one, then answers with a line; without an answer it only waits. */
  says(text: string, answer?: string): Promise<void>
  /** Sends what keys send: `\x03` is Ctrl+C, `\x04` the end of the input. */
  press(keys: string): void
  /** Waits until it has ended. All that it said is in `out`, as on the terminal: there is no other way out. */
  end(): Promise<Omit<Ended, 'err'>>
}

/** Python's module makes a pseudo-terminal, its own input and output being pipes. */
const relay = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))'

/**
 * Starts a command on a terminal.
 *
 * @example
 * const terminal = openTerminal(['db', 'reset'], { cwd: 'examples/board' })
 * await terminal.says('Go on? (y/n)', 'y')
 * expect(await terminal.end()).toMatchObject({ code: 0 })
 */
export function openTerminal(given: readonly string[], { cwd, env }: CommandOptions): Terminal {
  const child = spawn('python3', ['-c', relay, process.execPath, program, ...given], { cwd, env: shell(env) })
  let out = ''
  let read = 0
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (out += chunk))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  process.once('exit', () => child.kill())
  return {
    async says(text, answer) {
      await vi.waitFor(() => expect(out.slice(read)).toContain(text), { timeout: 60_000, interval: 20 })
      // What came with it is said too.
      read = out.indexOf(text, read) + text.length
      if (answer !== undefined) child.stdin.write(`${answer}\n`)
    },
    press: (keys) => void child.stdin.write(keys),
    end: async () => ({ code: await ended, out }),
  }
}
