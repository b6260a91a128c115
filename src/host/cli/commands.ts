// The commands, their options and their help. What a command does lies in a file of its own, loaded when it is called.
import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, parseArgs, renderUsage } from 'citty'
import { nearest } from '../../1-contracts/build.ts'
import { errors } from '../errors.ts'
import type { Where } from './dev.ts'
import { packageVersion } from './package-version.ts'

const root = { type: 'string', description: 'Folder of the app', valueHint: 'folder', default: '.' } as const
const host = { type: 'string', description: 'Address to listen on (or HOST)', valueHint: 'address' } as const
const port = { type: 'string', description: 'Port to listen on (or PORT)', valueHint: 'number' } as const
const workers = {
  type: 'string',
  description: 'Processes that serve, or "auto" (or WORKERS)',
  valueHint: 'number',
} as const
const json = { type: 'boolean', description: 'Write JSON for a machine', default: false } as const
const sarif = {
  type: 'boolean',
  description: 'Write SARIF 2.1.0, which code hosts show beside the lines',
  default: false,
} as const
const since = {
  type: 'string',
  description: 'Tell only of files that changed since a revision of git, and of what they break',
  valueHint: 'revision',
} as const

/** Options as they were given, by name. */
export type Given = Readonly<Record<string, string | boolean | undefined>> & { readonly _: readonly string[] }

interface Command {
  readonly description: string
  readonly args: ArgsDef
  readonly run: (given: Given) => Promise<number>
}

/** A text option, or undefined when it was not given. */
const text = (given: Given, name: string): string | undefined =>
  typeof given[name] === 'string' ? given[name] : undefined

const commands: Readonly<Record<string, Command>> = {
  dev: {
    description: 'Develop: serve the app, reload what changes, show errors in the page',
    args: { root, host, port },
    run: async (given) => await (await import('./dev.ts')).runDev(place(given)),
  },
  build: {
    description: 'Build the app for production into .layer9/build',
    args: { root, json },
    run: async (given) =>
      await (await import('./build.ts')).runBuild({ ...place(given), json: given['json'] === true }),
  },
  start: {
    description: 'Serve what `layer9 build` made',
    args: { root, host, port, workers },
    run: async (given) =>
      await (await import('./start.ts')).runStart({ ...place(given), workers: text(given, 'workers') }),
  },
  check: {
    description: 'Check the layer rules, the routes, and the types if TypeScript is installed',
    args: { root, json, sarif, since },
    run: async (given) => {
      const form = { json: given['json'] === true, sarif: given['sarif'] === true, since: text(given, 'since') }
      return await (await import('./check.ts')).checkApp({ ...place(given), ...form })
    },
  },
  routes: {
    description: 'List every URL, procedure and endpoint with its access rule',
    args: { root, json },
    run: async (given) =>
      await (await import('./routes.ts')).runRoutes({ ...place(given), json: given['json'] === true }),
  },
  layers: {
    description: 'Draw the ladder: files and lines of each layer, imports between them, violations',
    args: { root, json },
    run: async (given) =>
      await (await import('./layers.ts')).runLayers({ ...place(given), json: given['json'] === true }),
  },
  why: {
    description:
      'Tell of a file: its layer, where it runs, who imports it, what ships, the way out where it is refused',
    args: { file: { type: 'positional', description: 'e.g. app/components/Counter.tsx', required: false }, root, json },
    run: async (given) =>
      await (await import('./why.ts')).runWhy({ ...place(given), file: given._[0], json: given['json'] === true }),
  },
  explain: {
    description: 'Explain an error code',
    args: { code: { type: 'positional', description: 'e.g. LAYER_UPWARD; none lists all', required: false }, json },
    run: async (given) =>
      await (await import('./explain.ts')).runExplain({ code: given._[0], json: given['json'] === true }),
  },
}

const place = (given: Given): Where => ({
  root: text(given, 'root') ?? '.',
  host: text(given, 'host'),
  port: text(given, 'port'),
})

/**
 * Understands a command line and runs it.
 *
 * @returns the exit code
 * @throws COMMAND_UNKNOWN, OPTION_UNKNOWN, OPTION_VALUE_MISSING, ARGUMENT_UNKNOWN
 */
export async function runCommandLine(given: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = given
  if (name === '--help' || name === '-h' || name === 'help') return await showHelp(rest[0])
  if (name === '--version' || name === '-v') return say(packageVersion())
  const command = findCommand(name)
  if (rest.includes('--help') || rest.includes('-h')) return await showHelp(name)
  refuseOptions(name, command.args, rest)
  // citty types each option on its own; here they are only text, true or absent.
  const options = parseArgs([...rest], command.args) as unknown as Given
  refuseSpare(name, command.args, options._)
  return await command.run(options)
}

function findCommand(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  const near = nearest(name, Object.keys(commands))
  throw errors.COMMAND_UNKNOWN({ command: name, ...(near && { near }) })
}

/** citty takes any option silently; a misspelt one, or one without its value, would do something else than was asked. */
function refuseOptions(command: string, args: ArgsDef, given: readonly string[]): void {
  for (const [index, word] of given.entries()) {
    if (!word.startsWith('-')) continue
    const [, negation, name = '', value] = /^--?(no-)?([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    const option = Object.hasOwn(args, name) ? args[name] : undefined
    if (!option) throw errors.OPTION_UNKNOWN({ command, option: word })
    if (option.type !== 'string') continue
    if (negation !== undefined) throw errors.OPTION_UNKNOWN({ command, option: word })
    const written = value ?? given[index + 1] ?? ''
    if (written === '' || (value === undefined && written.startsWith('-')))
      throw errors.OPTION_VALUE_MISSING({ command, option: `--${name}` })
  }
}

/** `layer9 dev my-app` would develop the app where one stands, and say nothing of the one that was meant. */
function refuseSpare(command: string, args: ArgsDef, words: readonly string[]): void {
  const spare = words[Object.values(args).filter((arg) => arg.type === 'positional').length]
  if (spare !== undefined) throw errors.ARGUMENT_UNKNOWN({ command, argument: spare, root: 'root' in args })
}

async function showHelp(name: string | undefined): Promise<number> {
  const usage = await (name === undefined
    ? renderUsage(program())
    : renderUsage(toDefinition(name, findCommand(name)), program()))
  // citty colours for files and pipes too.
  return say(process.stdout.isTTY ? usage : stripVTControlCharacters(usage))
}

function program(): CommandDef {
  const subCommands = Object.fromEntries(Object.entries(commands).map(([name, it]) => [name, toDefinition(name, it)]))
  const meta = { name: 'layer9', version: packageVersion(), description: 'A web framework in nine enforced layers' }
  return defineCommand({ meta, subCommands })
}

const toDefinition = (name: string, command: Command): CommandDef =>
  defineCommand({ meta: { name, description: command.description }, args: command.args }) as CommandDef

function say(words: string): number {
  console.log(words)
  return 0
}
