// Finds queries, actions and endpoints without a stated rule in the text of an api module: a start would refuse them, and nothing
// of the app runs in a build.
import type { ESTree } from 'vite'
import type { Layer9Error } from '../1-contracts/index.ts'
import { placeOf } from '../1-contracts/server.ts'
import { parseModule, readModule } from './compile-stub.ts'
import { errors } from './errors.ts'

/**
 * Looks at every query, action and endpoint that is made in a module. Silent where its options are not written out, and
 * about what does not parse: the compiler says that with its place.
 *
 * @param file path in the project, e.g. `app/api/posts.ts`
 * @returns API_ACCESS_MISSING
 * @example
 * const code = "import { query } from 'layer9/api'\nexport const all = query({ handler })"
 * checkAccess(code, 'app/api/posts.ts') // [{ code: 'API_ACCESS_MISSING', … }]
 */
export function checkAccess(code: string, file: string): Layer9Error[] {
  const { program, errors: wrong } = parseModule(code, file)
  if (wrong.length > 0) return []
  const { procedures, endpoints } = readModule(program, file, code)
  return [...procedures.values(), ...endpoints]
    .filter(({ kind, call }) => !statesAccess(call.arguments[kind === 'endpoint' ? 1 : 0]))
    .toSorted((one, other) => one.call.start - other.call.start)
    .map(({ kind, call }) =>
      errors.API_ACCESS_MISSING({ what: kind }, { places: [placeOf({ file, code }, call.callee)] }),
    )
}

function statesAccess(options: ESTree.Argument | undefined): boolean {
  if (options?.type !== 'ObjectExpression') return true
  return options.properties.some(
    (property) =>
      property.type !== 'Property' ||
      property.computed ||
      (property.key.type === 'Identifier' && property.key.name === 'access') ||
      (property.key.type === 'Literal' && property.key.value === 'access'),
  )
}
