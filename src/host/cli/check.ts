// `layer9 check`: the layer rules, the routes, then TypeScript if the app has it.
import { resolve } from 'node:path'
import { drawError } from '../../1-contracts/index.ts'
import { type Changes, runCheck } from '../check/index.ts'
import { errors } from '../errors.ts'
import { ownConfig } from '../types/projects.ts'
import { readAliases } from '../vite/aliases.ts'
import { type Findings, findAll, findInRoutes, findTypeErrors, hasRoutes } from './check-findings.ts'
import type { CheckedTypes } from './check-types.ts'
import { toErrorData } from './error-data.ts'
import { findChanges } from './git-changes.ts'
import { createNarrowing } from './narrow-findings.ts'
import { toSarif } from './sarif.ts'

/** What to check, and for whom. */
export interface CheckAppOptions {
  readonly root: string
  readonly json: boolean
  /** Whether the findings are written as SARIF, which code hosts show beside the lines. */
  readonly sarif: boolean
  /** A revision of git: only what changed since then, and what that breaks, is told. */
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
  const layers = await runCheck({ root, changes, aliases: await readAliases(root) })
  if (layers.exitCode === 2) throw errors.APP_FOLDER_MISSING({ root })
  process.stdout.write(layers.output)
  if (!hasRoutes(root)) return layers.exitCode
  const told = createNarrowing({ root, changes, isConcerned: layers.isConcerned })
  const { routes, hints } = await findInRoutes(root, told)
  for (const error of routes) console.log(`\n${drawError(error)}`)
  for (const { message, fix } of hints) console.log(`Hint: ${message}\n  ${fix}`)
  const types = await findTypeErrors(root, layers.outsiders, process.stdout.isTTY === true)
  const found = types?.found.filter(({ problem }) => told.isToldOfType(problem)) ?? []
  sayTypes(types && { ...types, found })
  return layers.exitCode === 0 && routes.length === 0 && found.length === 0 ? 0 : 1
}

/** What the compiler printed, then the way out of what it cannot know of, each once. */
function sayTypes(types: CheckedTypes | undefined): void {
  if (types?.found.length === 0) console.log('Types are in order.')
  if (!types) console.log('Types are not checked: the app has no TypeScript or no tsconfig.json.')
  const { found = [], bySide = true } = types ?? {}
  process.stdout.write(found.map(({ text }) => text).join(''))
  for (const hint of new Set(found.flatMap(({ problem }) => problem.hint ?? []))) console.log(`\n${hint}`)
  if (!bySide) console.log(`${asOne} ${JSON.stringify(ownConfig)}`)
}

const asOne =
  'They are checked as one project, which knows `window` on the server and Node in the browser. To have them checked by side let tsconfig.json be'

/** One JSON document with all that a person would be told. */
const toJson = ({ exitCode, projects, routes, hints, types }: Findings): object => ({
  ok: exitCode === 0,
  projects,
  routes: routes.map(toErrorData),
  hints: hints.map(toErrorData),
  types: types ?? [],
  typesChecked: types !== undefined,
})
