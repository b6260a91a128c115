// All that `layer9 check` looks at, as data: the layer rules, the routes, the types.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { checkRouteTypes } from '../../9-routes/build.ts'
import { checkEntries } from '../build/check-entries.ts'
import { type Changes, type CheckedProject, runCheck } from '../check/index.ts'
import { isOurs } from '../draw-any-error.ts'
import { type AppFiles, findAppFiles } from '../vite/app-files.ts'
import { loadConfig } from '../vite/load-config.ts'
import { refreshTypes } from '../vite/route-types-file.ts'
import { listTypes, type TypeProblem } from './check-types.ts'

/** What was found in a folder. */
export interface Findings {
  /** 0: all is well, 1: something is not, 2: there is nothing to check here. */
  readonly exitCode: 0 | 1 | 2
  readonly projects: readonly CheckedProject[]
  readonly routes: readonly Layer9Error[]
  /** Undefined: not checked, for the app has no TypeScript or no routes. */
  readonly types: readonly TypeProblem[] | undefined
}

/**
 * Looks at everything. `changes` leaves out what breaks the layers elsewhere; routes and types are looked at as ever, for
 * whether an app starts and type-checks is a question about the whole of it.
 */
export async function findAll(root: string, changes?: Changes): Promise<Findings> {
  const { exitCode, projects } = await runCheck({ root, changes })
  const routes = hasRoutes(root) ? await findRouteErrors(root) : []
  const types = hasRoutes(root) ? await listTypes(root) : undefined
  const broken = exitCode === 1 || routes.length > 0 || (types !== undefined && types.length > 0)
  return { exitCode: exitCode === 2 ? 2 : broken ? 1 : 0, projects, routes, types }
}

/** Whether a folder is an app's, which has routes and types to check beside its layers. */
export const hasRoutes = (root: string): boolean => existsSync(join(root, 'app', 'routes'))

/** What a start would refuse of configuration, routes and api, and paths in types that are another file's. The route types are written anew first. */
export async function findRouteErrors(root: string): Promise<Layer9Error[]> {
  try {
    await loadConfig(root)
    await refreshTypes(root)
  } catch (error) {
    // A configuration that is none, or files that do not make a tree of routes: what is in them comes after that.
    if (isOurs(error)) return [error]
    throw error
  }
  const files = findAppFiles(root)
  return [...(await checkEntries(root, files)), ...(await findMismatches(root, files))]
}

async function findMismatches(root: string, { routes }: AppFiles): Promise<Layer9Error[]> {
  const read = async (file: string) => checkRouteTypes(file, await readFile(join(root, 'app/routes', file), 'utf8'))
  return (await Promise.all(routes.map(read))).flat()
}
