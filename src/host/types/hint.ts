// What type errors mean that come of checking by side, and the way out: the compiler only knows that there is no such
// name, or that a declaration cannot say a type.
import { isBuiltin } from 'node:module'
import { layerOfAppPath } from '../check/index.ts'
import { type KnownSide, sideOf } from './owner.ts'

/** What the compiler says, as far as a hint looks at it. */
export interface NamedProblem {
  readonly code: string
  readonly message: string
  /** Relative to the app. */
  readonly file?: string
}

/** The codes with which the compiler says that a name is unknown, and that a module is. */
const unknownName = new Set(['TS2304', 'TS2503', 'TS2552', 'TS2580', 'TS2584', 'TS2591'])
const unknownModule = new Set(['TS2307', 'TS2591'])

const names = {
  browser:
    /^(?:window|document|location|history|screen|localStorage|sessionStorage|indexedDB|customElements|alert|confirm|prompt|matchMedia|getComputedStyle|(?:request|cancel)AnimationFrame|DOMParser|Element|Node|NodeList|Window|Document|(?:HTML|SVG)\w*|\w+Observer|(?:UI|Mouse|Keyboard|Pointer|Touch|Input|Focus|Drag|Submit|Clipboard|Storage)Event)$/,
  server:
    /^(?:node:.+|process|Buffer|NodeJS|global|require|module|exports|__dirname|__filename|setImmediate|clearImmediate)$/,
  both: /^(?:fetch|Request|Response|Headers|(?:set|clear)(?:Timeout|Interval)|queueMicrotask|performance|navigator|Event|EventTarget|WebSocket|\w+Stream|Abort(?:Controller|Signal))$/,
} as const

const waysOut: Readonly<Record<KnownSide, string>> = {
  contracts:
    'what both sides agree on is pure and knows neither Node nor the page. Take it as a parameter, or move this to the layer that has it.',
  server:
    'it runs on the server. What touches the page belongs in state (7), components (8) or routes (9), in a handler or an effect.',
  browser:
    'it runs in the browser too. Use it in platform (2) or services (4) and hand out the result through api (6); a variable whose name begins with PUBLIC_ is read with `publicEnv`.',
}

/** The codes of types that a declaration cannot name: TS2742 and its like, TS4020 to TS4128. */
const unnameable = /^TS(?:2742|2883|40\d\d|41[0-2]\d)$/

/**
 * A sentence for whoever uses a name of the other side, or exports what cannot be declared to it; undefined for all
 * other errors.
 *
 * @example
 * const message = "Cannot find name 'window'."
 * hintOf({ code: 'TS2304', message, file: 'app/services/posts.ts' }) // '`window` is not known in services (4)…'
 */
export function hintOf(problem: NamedProblem): string | undefined {
  const found = unknownIn(problem)
  if (!found) return undefined
  if (unnameable.test(problem.code)) return toldToOthers
  const { name, layer, side, homes } = found
  if (homes.length === 0 || homes.includes(side)) return undefined
  return `\`${name}\` is not known in ${layer.name} (${layer.number}): ${waysOut[side]}`
}

/** Whether a name is said to be unknown that its file does know: another side's project took the file in. */
export const isKnownThere = (problem: NamedProblem): boolean => {
  const found = unknownIn(problem)
  return found?.homes.includes(found.side) === true
}

/** The name that an error is about, and where it would be known. */
function unknownIn({ code, message, file }: NamedProblem) {
  const name = /'([^']+)'/.exec(message)?.[1]
  const layer = file === undefined ? undefined : layerOfAppPath(file)
  if (!layer || name === undefined) return undefined
  return { name, layer, side: sideOf(layer.number), homes: homesOf(name, code) }
}

const toldToOthers =
  'What a layer exports is declared to the layers above: write the type of what is exported, or export the type that it names.'

/** Where a name is known that the compiler did not find. */
function homesOf(name: string, code: string): KnownSide[] {
  const isModule = unknownModule.has(code) && isBuiltin(name)
  if (isModule) return ['server']
  if (!unknownName.has(code)) return []
  if (names.browser.test(name)) return ['browser']
  if (names.server.test(name)) return ['server']
  // Both sides know it: it can only be missing in contracts.
  return names.both.test(name) ? ['server', 'browser'] : []
}
