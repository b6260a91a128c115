// Shortens the names of properties that objects of the runtime have among themselves. A minifier cannot: it does not know
// which properties are the page's, an app's or data, nor what a module exports. These are none of them: the runtime reads no property of
// the DOM, no prop and no key of a table by such a name, and no app ever holds these objects.
import { minifySync, type Plugin } from 'vite'
import { frameworkFolder } from '../vite/framework.ts'

/** By who has them: views, holes and templates, components and their hooks, roots, slots, the starter. */
const names = [
  'mount patch move end first view owner nodes kids',
  'put adopt child control holes space html root',
  'parent depth cells cursor again dirty provided readers element schedule invalidate refresh close uses reads defer same',
  'over failure held begin shownBy around',
  'identity take settle handle slots described block ready',
  'items make asleep top due wake cleanUp',
  'effects watch running describe propsOf loadTagged',
]
  .join(' ')
  .split(' ')

// Without `x` and `y`, which are places on the page. Two signs for the names at the end, which are used least.
const single = [...'abcdefghijklmnopqrstuvwzABCDEFGHIJKLMNOPQRSTUVWZ$_']
const letters = [...single, ...single.map((letter) => `$${letter}`)]

/** Each name with its letter: the same in all modules, whatever a build consists of. */
export const shortenedNames: Record<string, string> = Object.fromEntries(
  names.map((name, index) => [name, letters[index] as string]),
)

const mangleProps = { include: new RegExp(`^(?:${names.join('|')})$`), cache: shortenedNames }

/** Modules whose objects meet in the browser. */
const runtime = `${frameworkFolder}/{7-state,8-components,9-routes}/**`

/** Shortens names in the runtime's own modules. For the browser's half of a build alone. */
export function shortenPlugin(): Plugin {
  return {
    name: 'layer9:shorten',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    transform: {
      filter: { id: runtime },
      handler(code, id) {
        const made = minifySync(id, code, { module: true, compress: false, mangle: false, codegen: false, mangleProps })
        return { code: made.code, map: null }
      },
    },
  }
}
