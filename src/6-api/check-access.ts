// Finds queries and actions without a stated rule in the text of an api module: a start would refuse them, and nothing
// of the app runs in a build.
import { type ESTree, parseSync } from 'vite'
import type { Layer9Error } from '../1-contracts/index.ts'
import { placeOf, procedureCall, readModule } from './compile-stub.ts'
import { errors } from './errors.ts'

/**
 * Looks at every query and action that is made in a module. Silent where its options are not written out.
 *
 * @param file path in the project, e.g. `app/api/posts.ts`
 * @returns API_ACCESS_MISSING
 * @example
 * checkAccess("import { query } from 'layer9/api'\nexport const all = query({ handler })", 'app/api/posts.ts')
 */
export function checkAccess(code: string, file: string): Layer9Error[] {
  const lang = /\.[cm]?ts$/.test(file) ? 'ts' : 'tsx'
  const { program, errors: wrong } = parseSync(file, code, { lang, sourceType: 'module' })
  if (wrong.length > 0) return []
  const { makers } = readModule(program, file, code)
  return program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ init }) => {
      const found = init && procedureCall(init, makers)
      if (!found || statesAccess(found.call)) return []
      return [errors.API_ACCESS_MISSING({ what: found.kind }, { places: [placeOf(found.call.callee, file, code)] })]
    })
  })
}

function statesAccess({ arguments: [options] }: ESTree.CallExpression): boolean {
  if (options?.type !== 'ObjectExpression') return true
  return options.properties.some(
    (property) =>
      property.type !== 'Property' ||
      property.computed ||
      (property.key.type === 'Identifier' && property.key.name === 'access') ||
      (property.key.type === 'Literal' && property.key.value === 'access'),
  )
}
