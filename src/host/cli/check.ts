// `layer9 check`: the layer rules, the routes, then TypeScript if the app has it.
import { resolve } from 'node:path'
import { drawError } from '../../1-contracts/index.ts'
import { type Changes, runCheck } from '../check/index.ts'
import { errors } from '../errors.ts'
import { type Findings, findAll, findRouteErrors, hasRoutes } from './check-findings.ts'
import { printTypes } from './check-types.ts'
import { toErrorData } from './error-data.ts'
import { findChanges } from './git-changes.ts'
import { toSarif } from './sarif.ts'

/** What to check, and for whom. */
export interface CheckAppOptions {
  readonly root: string
  readonly json: boolean
  /** Whether the findings are written as SARIF, which code hosts show beside the lines. */
  readonly sarif: boolean
  /** A revision of git: of the layers only what changed since then, and what that breaks, is told. */
  readonly since?: string | undefined
}

/** Runs the command: 0 all is well, 1 something is not. @throws APP_FOLDER_MISSING, OPTIONS_EXCLUSIVE, and what `findChanges` throws */
export async function checkApp({ root, json, sarif, since }: CheckAppOptions): Promise<number> {
  const folder = resolve(root)
  if (json && sarif) throw errors.OPTIONS_EXCLUSIVE({ command: 'check', options: ['--json', '--sarif'] })
  const changes = since === undefined ? undefined : await findChanges(folder, since)
  if (!json && !sarif) return await checkForPerson(folder, changes)
  const found = await findAll(folder, changes)
  const none = found.exitCode === 2
  // Who uploads the log wants one of an empty folder too; as JSON the error itself is the document.
  if (sarif) console.log(JSON.stringify(await toSarif(folder, found), undefined, 2))
  else if (!none) console.log(JSON.stringify({ ...toJson(found), ...(changes && { since }) }, undefined, 2))
  if (none) throw errors.APP_FOLDER_MISSING({ root: folder })
  return found.exitCode
}

async function checkForPerson(root: string, changes: Changes | undefined): Promise<number> {
  const layers = await runCheck({ root, changes })
  if (layers.exitCode === 2) throw errors.APP_FOLDER_MISSING({ root })
  process.stdout.write(layers.output)
  if (!hasRoutes(root)) return layers.exitCode
  const routes = await findRouteErrors(root)
  for (const error of routes) console.log(`\n${drawError(error)}`)
  const types = await printTypes(root)
  if (types === undefined) console.log('Types are not checked: the app has no TypeScript or no tsconfig.json.')
  if (types === 0) console.log('Types are in order.')
  return layers.exitCode === 0 && routes.length === 0 && !types ? 0 : 1
}

/** One JSON document with all that a person would be told. */
const toJson = ({ exitCode, projects, routes, types }: Findings): object => ({
  ok: exitCode === 0,
  projects,
  routes: routes.map(toErrorData),
  types: types ?? [],
  typesChecked: types !== undefined,
})
