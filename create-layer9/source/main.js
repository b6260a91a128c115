// `npm create layer9`: asks what is not given, makes the app, says what to do next. JavaScript, because Node strips no
// types in node_modules, and without dependencies, so that it starts at once and works offline.
import { basename, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createApp, ownVersion } from './create.js'
import { CreateError } from './create-error.js'
import { findTemplate, templates } from './templates.js'

const help = `Makes a new Layer9 app.

  npm create layer9@latest [folder] [-- --template minimal|board]

  --template NAME   ${templates.map((template) => `${template.name}: ${template.description}`).join('\n                    ')}
  --layer9 SPEC     where the package layer9 comes from, e.g. file:../layer9.tgz
  --yes             ask nothing, take the defaults
  --version         say which version this is
  --help            show this`

const floor = { major: 24, minor: 8 }

/**
 * Runs the command and gives the exit code: 0 made, 1 not made, 2 not understood.
 *
 * @param {readonly string[]} given the words after the command's name
 * @returns {Promise<number>}
 */
export async function main(given) {
  try {
    refuseOldNode(process.versions.node)
    const options = readOptions(given)
    if (options.help) return say(help)
    if (options.version) return say(await ownVersion())
    const answers = await complete(options)
    const made = await createApp(answers)
    return say(nextSteps(made, answers))
  } catch (error) {
    if (!(error instanceof CreateError)) throw error
    console.error(`${error.message}\n  Fix: ${error.fix}`)
    return error.usage ? 2 : 1
  }
}

/** @param {string} version */
function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return
  throw new CreateError(`Layer9 needs Node ${floor.major}.${floor.minor} or newer; this is Node ${version}.`, {
    fix: `Install Node ${floor.major}.${floor.minor} or newer, then run the command again.`,
  })
}

/** @param {readonly string[]} given */
function readOptions(given) {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        template: { type: 'string', short: 't' },
        layer9: { type: 'string' },
        yes: { type: 'boolean', short: 'y', default: false },
        version: { type: 'boolean', short: 'v', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (positionals.length > 1) throw new Error(`Only one folder is made, and ${positionals.length} words were given`)
    return { ...values, folder: positionals[0] }
  } catch (error) {
    // Node goes on with how to pass a word that begins with a dash: no folder may be one.
    const reason = error instanceof Error ? error.message.replace(/ To specify a positional .*$/s, '') : String(error)
    throw new CreateError(reason, { fix: 'Run `create-layer9 --help` to see the options.', usage: true })
  }
}

/**
 * Asks for what was not given, where a person can answer; else takes the defaults.
 *
 * @param {ReturnType<typeof readOptions>} options
 */
async function complete(options) {
  const source = options.layer9 === undefined ? {} : { layer9: options.layer9 }
  const asks = process.stdin.isTTY && process.stdout.isTTY && !options.yes
  if (!asks) {
    const template = findTemplate(options.template ?? 'minimal')
    return { folder: options.folder ?? 'my-app', template, ...source }
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const folder = options.folder ?? ((await terminal.question('Folder of the app (my-app): ')).trim() || 'my-app')
    const names = templates.map((template) => template.name).join(' or ')
    const asked = options.template ?? ((await terminal.question(`Template, ${names} (minimal): `)).trim() || 'minimal')
    return { folder, template: findTemplate(asked), ...source }
  } finally {
    terminal.close()
  }
}

/**
 * @param {{ name: string, folder: string }} made
 * @param {{ folder: string, template: import('./templates.js').Template }} answers `folder` as it was given
 */
function nextSteps(made, { folder: given, template: { setup } }) {
  const here = resolve(given) === process.cwd()
  const steps = [
    ...(here ? [] : [`cd ${/\s/.test(given) ? JSON.stringify(given) : given}`]),
    'npm install',
    ...setup.map(([command]) => command),
    'npm run dev',
  ]
  return `Made ${made.name} in ${here ? 'this folder' : basename(made.folder)}. Next:\n\n${steps.map((step) => `  ${step}`).join('\n')}\n`
}

/** @param {string} text */
function say(text) {
  console.log(text)
  return 0
}
