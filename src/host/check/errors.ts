// What the layer rules say when they are broken: the line that names both places, and the way out.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'
import { waysOut } from '../refuse/errors.ts'
import { describeLayer, type Layer, layerNames, meetingLayer } from './layers.ts'
import type { Facts, ViolationCode } from './violation.ts'

const downOnly = 'A layer imports only from layers below it.'
const theNine = layerNames.toReversed().join(', ')

/** What a file does with a target that cannot be known, by the form of the reference; other forms import a module. */
const computedDoes: Readonly<Record<string, string>> = {
  require: 'loads a module in a way',
  glob: 'imports by a pattern',
  url: 'points to a file',
}

const computedFix: Readonly<Record<string, string>> = {
  require: 'Call the function `require`, or `createRequire` where it is made, and give it a plain string.',
  glob: 'Write the patterns as plain strings, and the options out.',
  url: `Write the path as a plain string, or, for one of several files, as a template that begins with their folder: \`./icons/\${name}.svg\`.`,
}

type CheckErrors = Readonly<Record<ViolationCode, ErrorEntry<Facts>>> &
  Readonly<Record<'LEAK_MODULE' | 'LEAK_CANARY' | 'LEAK_SOURCE' | 'LEAK_ENVIRONMENT', ErrorEntry<Leak>>>

const entries: CheckErrors = {
  LAYER_UPWARD: {
    message: (facts) => sentence(facts),
    fix: (facts) => `${downOnly} ${wayDown(facts)}`,
  },
  LAYER_WIRE: {
    message: (facts) => sentence(facts),
    fix: (facts) => `Layers 7 to 9 reach the server only through api (6). ${wayOverWire(facts)}`,
  },
  LAYER_PLATFORM: {
    message: (facts) => sentence(facts),
    fix: (facts) =>
      `What runs in the browser cannot use Node. Use ${named(facts)} in platform (2) or services (4) and hand out the result through api (6), or take a package with a browser build.`,
  },
  LAYER_CYCLE: {
    message: (facts) => `${place(facts)} imports ${facts.specifier}, which leads back: ${facts.chain?.join(' → ')}`,
    fix: () =>
      'Modules of different folders import in one direction, types included. Move what they share into a module that imports none of them.',
  },
  LAYER_DOOR: {
    message: (facts) => sentence(facts),
    fix: (facts) =>
      facts.from?.number === facts.to?.number
        ? 'A door is for other layers. Import the file that holds it.'
        : `A layer is imported through its doors only. Import ${named(facts)} from a door of ${layer(facts.to)} and list it there.`,
  },
  LAYER_DOOR_CODE: {
    message: (facts) => `${place(facts)} is a door and holds more than a list of names.`,
    fix: () => 'Move the code into a file of its own and write `export { name } from` here, each name written out.',
  },
  LAYER_UNKNOWN_FOLDER: {
    message: (facts) => `${facts.file} is none of the nine layers.`,
    fix: () => `Move its files into one of ${theNine}; what belongs to no layer lies outside.`,
  },
  LAYER_NO_FOLDER: {
    message: (facts) => `${facts.file} lies in no layer.`,
    fix: () => `Move it into one of ${theNine}.`,
  },
  LAYER_COMPUTED_IMPORT: {
    message: (facts) =>
      `${place(facts)} ${computedDoes[facts.form ?? ''] ?? 'imports a module'} that is known only when the program runs.`,
    fix: (facts) =>
      computedFix[facts.form ?? ''] ??
      "Write the module's path as a plain string, or choose from a list: `{ a: () => import('./a'), b: () => import('./b') }`.",
  },
  LAYER_TEST_IMPORT: {
    message: (facts) => `${place(facts)} imports ${facts.specifier}, a test.`,
    fix: (facts) => `Nothing imports a test. Move ${named(facts)} into a module that both may import.`,
  },
  LAYER_UNREADABLE: {
    message: (facts) => `${place(facts)} cannot be read: ${facts.reason}`,
    fix: () => 'Mend the syntax, so that its imports can be checked.',
  },
  LAYER_HIDDEN_STATE: {
    message: (facts) => hiddenState(facts),
    fix: ({ names: [component = ''], specifier, chain }) =>
      `${component || 'The component'} is taken for plain, so what it shows of state would stay as the server saw it. ${
        chain
          ? `Read the value in the component itself, or make the function a hook by its name, ${hookNamed(specifier)}: then the component is shipped to the browser.`
          : 'Import it from the file of state itself, by `~/` or a relative path: then the component is shipped to the browser.'
      }`,
  },
  LEAK_MODULE: {
    message: ({ file, module }) => `${file} holds ${module}, a module of the server.`,
    fix: () => 'Find what imports it with `layer9 check`, and reach it through a query or action under app/api.',
  },
  LEAK_CANARY: {
    message: ({ file, module }) => `${file} holds code of ${module}, a module of the server.`,
    fix: () =>
      'Look for what copies or bundles it there: a plugin, a file in public/, an output folder of another build.',
  },
  LEAK_SOURCE: {
    message: ({ file, module }) => `${file} holds the source of ${module}, a module of the server.`,
    fix: () => 'Look for what copies it there: an import with ?raw or ?url, a source map, a file in public/.',
  },
  LEAK_ENVIRONMENT: {
    message: ({ file, variable }) => `${file} holds the value of the environment variable ${variable}.`,
    fix: ({ variable }) =>
      `Read ${variable} in app/platform alone, and give browsers what they may know from a loader or a query; if everybody may know all of it, let its name begin with PUBLIC_.`,
  },
}

/** The catalogue of the checker. */
export const errors: ErrorCatalogue<CheckErrors> = defineErrors(entries)

/** A piece of the server found in a file that browsers are given. */
export interface Leak {
  /** Relative to the folder that browsers are served from. */
  readonly file: string
  /** The server's module, relative to the project; for a value of the environment, none. */
  readonly module?: string
  /** The name of an environment variable. Its value is never repeated. */
  readonly variable?: string
}

/** `app/services/posts.ts:3 (services, 4) imports ~/components/Price (components, 8)`, with the way there if hidden. */
function sentence(facts: Facts): string {
  const { specifier, to, target, chain } = facts
  const goal = to ? `(${describeLayer(to)})` : ''
  if (chain?.length)
    return `${place(facts)} imports ${specifier}, which leads to ${[...chain, target].join(' → ')} ${goal}`.trimEnd()
  return `${place(facts)} imports ${specifier} ${goal}`.trimEnd()
}

/** The call with the way from it, or the name that is one of state. */
function hiddenState(facts: Facts): string {
  const { chain, target = '', to, specifier } = facts
  const goal = `${target} ${to ? `(${describeLayer(to)})` : ''}`.trimEnd()
  if (!chain) return `${place(facts)} uses ${specifier} in a plain component, which is of ${goal}`
  return `${place(facts)} calls ${specifier} in a plain component, which leads to ${[...chain, goal].join(' → ')}`
}

const hookNamed = (name: string): string => `use${name.charAt(0).toUpperCase()}${name.slice(1)}`

/** File and line, and the layer they are in. */
function place({ file, line, from }: Facts): string {
  // A place without a line is what led a module here when nothing in a file shows it.
  const at = line === 0 ? file : `${file}:${line}`
  return from ? `${at} (${describeLayer(from)})` : at
}

/** How a file above the wire gets what it needs. */
function wayOverWire(facts: Facts): string {
  if (facts.inlineType === true)
    return `Write \`import type { ${facts.names.join(', ')} }\`: with an inline \`type\` the import itself stays in the browser's module.`
  if (facts.to?.number === 6)
    return 'As text, as an address or as a worker its file would be sent with all its source: import its queries and actions by name.'
  return `Call ${named(facts)} in a query or action under app/api and import that; for types alone write \`import type\`.`
}

/** Where a binding must go so that both sides may use it. */
function wayDown(facts: Facts): string {
  const { from, to } = facts
  if (!from || !to) return `Move ${named(facts)} down.`
  const wayOut = to.number > 9 && facts.target !== undefined ? waysOut[facts.target] : undefined
  if (wayOut) return `${wayOut}.`
  const isEntry = facts.target?.startsWith('layer9/') === true
  const meeting = meetingLayer(from, to)
  if (isEntry || to.number > 9 || (meeting.number < 8 && isComponent(facts)))
    return `Use ${named(facts)} in ${layer(to)}${to.number < 9 ? ' or above' : ''}, and hand down what this file needs.`
  return `Move ${named(facts)} to ${layer(meeting)}, where both may use it.`
}

/** Whether what is imported looks like components, which cannot lie below their layer. Types can. */
function isComponent({ names, target, typeOnly, inlineType }: Facts): boolean {
  const isJsx = /\.[jt]sx$/.test(target ?? '') && !typeOnly && !inlineType
  return isJsx && names.length > 0 && names.every((name) => /^[A-Z]/.test(name))
}

function layer(given: Layer | undefined): string {
  if (!given) return 'its layer'
  return given.number > 9 ? 'the host' : `${given.name} (${given.number})`
}

/** The imported bindings as words; without names, what the specifier stands for. */
function named({ names, specifier }: Facts): string {
  if (names.length === 0) return `what it needs of ${specifier}`
  if (names.length === 1) return names[0] ?? ''
  if (names.length <= 4) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
