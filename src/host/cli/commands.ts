// The commands, their options and their help. What a command does lies in a file of its own, loaded when it is called.
import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, parseArgs, renderUsage } from 'citty'
import { nearest } from '../../1-contracts/server.ts'
import { errors } from '../errors.ts'
import { type Command, type CommandGroup, type Commands, common, type Given, json, root, text } from './command.ts'
import { dbCommands } from './db-commands.ts'
import type { Where } from './dev.ts'
import { packageVersion } from './package-version.ts'

const host = { type: 'string', description: 'Address to listen on (or HOST)', valueHint: 'address' } as const
const port = { type: 'string', description: 'Port to listen on (or PORT)', valueHint: 'number' } as const
const workers = {
  type: 'string',
  description: 'Processes that serve, or "auto" (or WORKERS)',
  valueHint: 'number',
} as const
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

const commands: Commands = {
  dev: {
    description: 'Develop: serve the app, reload what changes, show errors in the page',
    args: { root, host, port },
    run: async (given) => await (await import('./dev.ts')).runDev(place(given)),
  },
  build: {
    description: 'Build the app for production into .layer9/build',
    args: { root, json },
    run: async (given) => await (await import('./build.ts')).runBuild(common(given)),
  },
  start: {
    description: 'Serve what `layer9 build` made',
    args: { root, host, port, workers },
    run: async (given) =>
      await (await import('./start.ts')).runStart({ ...place(given), workers: text(given, 'workers') }),
  },
  check: {
    description: 'Check the layer rules, routes and components, and the types if TypeScript is installed',
    args: { root, json, sarif, since },
    run: async (given) => {
      const form = { sarif: given['sarif'] === true, since: text(given, 'since') }
      return await (await import('./check.ts')).checkApp({ ...common(given), ...form })
    },
  },
  routes: {
    description: 'List every URL, procedure and endpoint with its access rule',
    args: { root, json },
    run: async (given) => await (await import('./routes.ts')).runRoutes(common(given)),
  },
  layers: {
    description: 'Draw the ladder: files and lines of each layer, imports between them, violations',
    args: { root, json },
    run: async (given) => await (await import('./layers.ts')).runLayers(common(given)),
  },
  why: {
    description:
      'Tell of a file: its layer, where it runs, who imports it, what ships, the way out where it is refused',
    args: { file: { type: 'positional', description: 'e.g. app/components/Counter.tsx', required: false }, root, json },
    run: async (given) => await (await import('./why.ts')).runWhy({ ...common(given), file: given._[0] }),
  },
  explain: {
    description: 'Explain an error code',
    args: { code: { type: 'positional', description: 'e.g. LAYER_UPWARD; none lists all', required: false }, json },
    run: async (given) =>
      await (await import('./explain.ts')).runExplain({ code: given._[0], json: given['json'] === true }),
  },
  db: {
    description: 'Migrate, seed and look at the database: `layer9 db --help`',
    commands: dbCommands,
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
  const [first = '--help', ...behind] = given
  if (first === '--version' || first === '-v') return say(packageVersion())
  if (isHelp(first) || first === 'help') return await showHelp(behind.length === 0 ? undefined : findCommand(behind))
  const found = findCommand(given)
  const { name, command, words } = found
  if (words.some(isHelp) || isGroup(command)) return await showHelp(found)
  refuseOptions(name, command.args, words)
  // citty types each option on its own; here they are only text, true or absent.
  const options = parseArgs([...words], command.args) as unknown as Given
  if (!command.many) refuseSpare(name, command.args, options._)
  return await command.run(options, words)
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h'

const isGroup = (command: Command | CommandGroup): command is CommandGroup => 'commands' in command

interface Found {
  /** As it is written: `db migrate`. */
  readonly name: string
  readonly command: Command | CommandGroup
  /** What is written behind the name. */
  readonly words: readonly string[]
}

/** The command that words begin with. */
function findCommand([first = '', ...words]: readonly string[]): Found {
  const command = pick(commands, first)
  const [second, ...behind] = words
  if (!isGroup(command) || second === undefined || second.startsWith('-')) return { name: first, command, words }
  return { name: `${first} ${second}`, command: pick(command.commands, second, `${first} `), words: behind }
}

function pick<Kind>(among: Readonly<Record<string, Kind>>, name: string, before = ''): Kind {
  const command = Object.hasOwn(among, name) ? among[name] : undefined
  if (command) return command
  const near = nearest(name, Object.keys(among))
  throw errors.COMMAND_UNKNOWN({ command: before + name, ...(near && { near: before + near }) })
}

/** citty takes any option silently; a misspelt one, or one without its value, would do something else than was asked. */
function refuseOptions(command: string, args: ArgsDef, given: readonly string[]): void {
  for (const [index, word] of given.entries()) {
    if (!word.startsWith('-')) continue
    const [, whole = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    const isNegated = !Object.hasOwn(args, whole) && whole.startsWith('no-')
    const name = isNegated ? whole.slice('no-'.length) : whole
    const option = Object.hasOwn(args, name) ? args[name] : undefined
    if (!option || option.type === 'positional') throw errors.OPTION_UNKNOWN({ command, option: word })
    if (option.type !== 'string') continue
    if (isNegated) throw errors.OPTION_UNKNOWN({ command, option: word })
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

async function showHelp(found: Found | undefined): Promise<number> {
  const usage = await (found === undefined
    ? renderUsage(program())
    : renderUsage(toDefinition(found.name, found.command), program()))
  // citty colours for files and pipes too.
  return say(process.stdout.isTTY ? usage : stripVTControlCharacters(usage))
}

function program(): CommandDef {
  const meta = { name: 'layer9', version: packageVersion(), description: 'A web framework in nine enforced layers' }
  return defineCommand({ meta, subCommands: toDefinitions(commands) })
}

const toDefinitions = (among: Commands): Record<string, CommandDef> =>
  Object.fromEntries(Object.entries(among).map(([name, command]) => [name, toDefinition(name, command)]))

function toDefinition(name: string, command: Command | CommandGroup): CommandDef {
  const meta = { name, description: command.description }
  return isGroup(command)
    ? defineCommand({ meta, subCommands: toDefinitions(command.commands) })
    : (defineCommand({ meta, args: command.args }) as CommandDef)
}

function say(words: string): number {
  console.log(words)
  return 0
}
