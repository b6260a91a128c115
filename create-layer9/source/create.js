// Makes the app's folder from a template.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateError } from './create-error.js'

const home = fileURLToPath(new URL('..', import.meta.url))

/** What may already lie in the folder: a fresh repository is still an empty folder to its owner. */
const harmless = new Set(['.git', '.DS_Store', '.idea', '.vscode'])

/**
 * Makes an app; nothing is written when anything speaks against it.
 *
 * @param {{ folder: string, template: import('./templates.js').Template, layer9?: string }} options
 *   `layer9`: where the framework comes from; default this package's own version
 * @returns {Promise<{ name: string, folder: string }>}
 */
export async function createApp({ folder: given, template, layer9 }) {
  refuseDash(given)
  const folder = resolve(given)
  const name = toPackageName(basename(folder))
  await refuseUnlessEmpty(folder)
  await mkdir(folder, { recursive: true })
  await cp(join(home, 'templates', template.name), folder, { recursive: true })
  const source = layer9 ?? `^${await ownVersion()}`
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(packageFile(name, source, template), null, 2)}\n`)
  await writeFile(join(folder, '.gitignore'), 'node_modules/\n.layer9/\n.data/\n.env\n.env.*\n')
  await writeFile(join(folder, 'README.md'), readme(name, template))
  return { name, folder }
}

/** The version of this package, which is that of the framework. */
export async function ownVersion() {
  /** @type {{ version: string }} */
  const own = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
  return own.version
}

/**
 * Every command that is given such a folder would read it as an option, `cd` first.
 *
 * @param {string} given
 */
function refuseDash(given) {
  if (!given.startsWith('-')) return
  const fix = `Choose another name, such as ${toPackageName(given)}.`
  throw new CreateError(`A folder named "${given}" would be read as an option.`, { fix, usage: true })
}

/** @param {string} folder */
async function refuseUnlessEmpty(folder) {
  /** @type {string[]} */
  let entries = []
  try {
    entries = await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return
    const reason = code === 'ENOTDIR' ? 'is a file' : `cannot be read (${code})`
    throw new CreateError(`${folder} ${reason}.`, { fix: 'Give another folder.' })
  }
  const found = entries.filter((entry) => !harmless.has(entry))
  if (found.length === 0) return
  const shown = found.slice(0, 3).join(', ') + (found.length > 3 ? ', …' : '')
  throw new CreateError(`${folder} is not empty: it has ${shown}`, { fix: 'Give a new or an empty folder.' })
}

/**
 * A name that npm takes: lower case, letters, digits, `-`, `.` and `_`, and none of the latter two in front.
 *
 * @param {string} text
 */
export function toPackageName(text) {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 200)
  return name === '' || name === 'node_modules' ? 'my-app' : name
}

/**
 * @param {string} name
 * @param {string} layer9
 * @param {import('./templates.js').Template} template
 */
function packageFile(name, layer9, template) {
  return {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    scripts: { dev: 'layer9 dev', build: 'layer9 build', start: 'layer9 start', check: 'layer9 check' },
    dependencies: { layer9, ...template.dependencies },
    devDependencies: { typescript: '^7.0.2' },
    engines: { node: '>=24.8' },
  }
}

/**
 * @param {string} name
 * @param {import('./templates.js').Template} template
 */
const readme = (name, { setup }) => `# ${name}

A Layer9 app. Pages lie in \`app/routes\`; every folder under \`app/\` is a layer.

${setup.map(([command, what]) => `    ${command.padEnd(24)} ${what}\n`).join('')}    npm run dev      develop on http://localhost:3000
    npm run check    the layer rules and the types
    npm run build    build for production
    npm start        serve the build
`
