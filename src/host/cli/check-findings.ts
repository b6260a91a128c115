// All that `layer9 check` looks at, as data: the layer rules, the routes, the types.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkContracts } from '../../1-contracts/build.ts'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { findRefused } from '../../8-components/build.ts'
import { checkRouteTypes, findUnlinked, type LinkSource } from '../../9-routes/build.ts'
import { checkEntries } from '../build/check-entries.ts'
import { type Changes, type CheckedProject, type Outsider, runCheck } from '../check/index.ts'
import { isOurs } from '../draw-any-error.ts'
import { ownersOf } from '../types/owner.ts'
import { refreshProjects, refreshTypes } from '../types/refresh.ts'
import { readAliases } from '../vite/aliases.ts'
import { type AppFiles, findAppFiles } from '../vite/app-files.ts'
import { loadConfig } from '../vite/load-config.ts'
import { findMissingFiles } from '../vite/missing-files.ts'
import { contractsOptions } from '../vite/plugin.ts'
import { type CheckedTypes, checkTypes } from './check-types.ts'
import { createNarrowing, type Narrowing } from './narrow-findings.ts'
import type { TypeProblem } from './type-problem.ts'

/** What was found in a folder. */
export interface Findings {
  /** 0: all is well, 1: something is not, 2: there is nothing to check here. */
  readonly exitCode: 0 | 1 | 2
  readonly projects: readonly CheckedProject[]
  readonly routes: readonly Layer9Error[]
  /** What may be meant as it is: it breaks nothing, and leaves the exit code alone. */
  readonly hints: readonly Layer9Error[]
  /** Undefined: not checked, for the app has no TypeScript or no routes. */
  readonly types: readonly TypeProblem[] | undefined
}

/** Looks at everything; `changes` leaves out what has nothing to do with them. */
export async function findAll(root: string, changes?: Changes): Promise<Findings> {
  const { exitCode, projects, isConcerned, outsiders } = await runCheck({
    root,
    changes,
    aliases: await readAliases(root),
  })
  const told = createNarrowing({ root, changes, isConcerned })
  const { routes, hints } = await findInRoutes(root, told)
  const all = hasRoutes(root)
    ? (await findTypeErrors(root, outsiders, false))?.found.map(({ problem }) => problem)
    : undefined
  const types = all?.filter(told.isToldOfType)
  const broken = exitCode === 1 || routes.length > 0 || (types ?? []).length > 0
  return { exitCode: exitCode === 2 ? 2 : broken ? 1 : 0, projects, routes, hints, types }
}

/** Whether a folder is an app's, which has routes and types to check beside its layers. */
export const hasRoutes = (root: string): boolean => existsSync(join(root, 'app', 'routes'))

/** What is wrong with routes and components, and with imports that types let pass; and once nothing is, what may be. */
export async function findInRoutes(root: string, told: Narrowing): Promise<Pick<Findings, 'routes' | 'hints'>> {
  if (!hasRoutes(root)) return { routes: [], hints: [] }
  const sources = await readSources(root)
  const all = [...(await findRouteErrors(root)), ...findRefused(sources), ...(await findMissingFiles(root, sources))]
  const hints = all.length === 0 ? findUnlinked(findAppFiles(root).routes, sources) : []
  return { routes: all.filter(told.isToldOfRoute), hints: hints.filter(told.isToldOfHint) }
}

/** What the compiler finds, with the app's projects as they must be now; undefined when the app has none. @param pretty whether it prints for a terminal */
export async function findTypeErrors(
  root: string,
  outsiders: readonly Outsider[],
  pretty: boolean,
): Promise<CheckedTypes | undefined> {
  await refreshProjects(root, ownersOf(outsiders))
  return await checkTypes(root, pretty)
}

/** What a start would refuse of configuration, routes, api and contracts, and paths in types that are another file's. The route types are written anew first. */
async function findRouteErrors(root: string): Promise<Layer9Error[]> {
  try {
    await loadConfig(root)
    await refreshTypes(root)
  } catch (error) {
    // A configuration that is none, or files that do not make a tree of routes: what is in them comes after that.
    if (isOurs(error)) return [error]
    throw error
  }
  const files = findAppFiles(root)
  const alias = await readAliases(root)
  const contracts = await checkContracts({ ...contractsOptions(root), alias })
  return [...(await checkEntries(root, files)), ...contracts, ...(await findMismatches(root, files))]
}

/** The text of every module of the app. */
async function readSources(root: string): Promise<LinkSource[]> {
  const read = async (file: string) => ({ file, code: await readFile(join(root, file), 'utf8') })
  return await Promise.all(findAppFiles(root).sources.map(read))
}

async function findMismatches(root: string, { routes }: AppFiles): Promise<Layer9Error[]> {
  const read = async (file: string) => checkRouteTypes(file, await readFile(join(root, 'app/routes', file), 'utf8'))
  return (await Promise.all(routes.map(read))).flat()
}
