// What a command is: what its help says, what it takes, and what runs it.
import type { ArgsDef } from 'citty'

/** Options as they were given, by name. */
export type Given = Readonly<Record<string, string | boolean | undefined>> & { readonly _: readonly string[] }

/** One command. */
export interface Command {
  readonly description: string
  readonly args: ArgsDef
  /** Whether it takes any number of words: its last positional argument is a list. */
  readonly many?: boolean
  /** Gives the exit code. `words` is what was written, for options that may be given several times. */
  readonly run: (given: Given, words: readonly string[]) => Promise<number>
}

/** Commands that begin with the same word. */
export interface CommandGroup {
  readonly description: string
  readonly commands: Readonly<Record<string, Command>>
}

/** Commands and groups of them, by their first word. */
export type Commands = Readonly<Record<string, Command | CommandGroup>>

/** Where a command works. */
export const root = { type: 'string', description: 'Folder of the app', valueHint: 'folder', default: '.' } as const

/** How it says what it has done. */
export const json = { type: 'boolean', description: 'Write JSON for a machine', default: false } as const

/** A text option, or undefined when it was not given. */
export const text = (given: Given, name: string): string | undefined =>
  typeof given[name] === 'string' ? given[name] : undefined

/** Where a command works and how it speaks, as most commands take it. */
export const common = (given: Given): { root: string; json: boolean } => ({
  root: text(given, 'root') ?? '.',
  json: given['json'] === true,
})
