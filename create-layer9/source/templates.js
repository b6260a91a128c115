// The templates: copies of examples, so that what is created is what is tested. `npm run build` makes the copies.
import { CreateError } from './create-error.js'
import { nearest } from './nearest.js'

/**
 * @typedef {object} Template
 * @property {string} name
 * @property {string} example folder under examples/ that it is copied from
 * @property {string} description
 * @property {Readonly<Record<string, string>>} dependencies what the app needs besides layer9
 * @property {readonly (readonly [command: string, what: string])[]} setup what is done once before it is developed
 */

/** @type {readonly Template[]} */
export const templates = [
  { name: 'minimal', example: 'counter', description: 'one page with a counter', dependencies: {}, setup: [] },
  {
    name: 'board',
    example: 'board',
    description: 'a message board that uses the layers',
    dependencies: { '@valibot/to-json-schema': '^1.8.0', valibot: '^1.5.0' },
    setup: [
      ['npx layer9 db migrate', 'make the database'],
      ['npx layer9 db seed', 'fill it with first posts'],
    ],
  },
]

/**
 * The template of a name.
 *
 * @param {string} name
 * @returns {Template}
 */
export function findTemplate(name) {
  const template = templates.find((candidate) => candidate.name === name)
  if (template) return template
  const known = templates.map((candidate) => candidate.name)
  const near = nearest(name, known)
  const question = near === undefined ? '.' : `; did you mean "${near}"?`
  throw new CreateError(`There is no template "${name}"${question}`, {
    fix: `Choose one of: ${known.join(', ')}.`,
    usage: true,
  })
}

/** Files of an example that a new app gets from `create` itself, or not at all. */
export const leftOut = new Set([
  'node_modules',
  '.layer9',
  '.data',
  'package.json',
  'README.md',
  '.gitignore',
  '.DS_Store',
])
