// What a build would refuse of an app's components, for `layer9 check`, which builds nothing.
import { Layer9Error } from '../../1-contracts/index.ts'
import { showingPlace } from '../../1-contracts/server.ts'
import { compileModule } from './module.ts'

/** A module of an app by its path in the project. */
export interface ModuleText {
  readonly file: string
  readonly code: string
}

/**
 * What the compiler refuses in modules, in their order: the first error of each. Both sides refuse the same. Syntax is left
 * to whoever reads imports, and tells of it already. Nothing of the app runs.
 *
 * @example
 * findRefused([{ file: 'app/components/Late.tsx', code: 'export async function Late() { return <p /> }' }])
 */
export function findRefused(modules: readonly ModuleText[]): Layer9Error[] {
  return modules.filter(({ file }) => /\.[jt]sx$/.test(file)).flatMap(refusalOf)
}

function refusalOf({ file, code }: ModuleText): Layer9Error[] {
  const route = file.startsWith('app/routes/')
  try {
    showingPlace(() => compileModule(code, { file, side: 'server', dev: false, route }))
    return []
  } catch (error) {
    if (error instanceof Layer9Error) return error.code === 'JSX_SYNTAX' ? [] : [error]
    throw error
  }
}
