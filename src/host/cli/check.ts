// `layer9 check`: the layer rules, the routes, then TypeScript if the app has it.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { drawError, type Layer9Error } from '../../1-contracts/index.ts'
import { checkRouteTypes } from '../../9-routes/build.ts'
import { checkRoutes } from '../build/check-routes.ts'
import { runCheck } from '../check/index.ts'
import { isOurs } from '../draw-any-error.ts'
import { errors } from '../errors.ts'
import { type AppFiles, findAppFiles } from '../vite/app-files.ts'
import { refreshTypes } from '../vite/route-types-file.ts'
import { listTypes, printTypes } from './check-types.ts'

/** Runs the command: 0 all is well, 1 something is not, 2 there is nothing to check here. */
export async function checkApp({ root, json }: { root: string; json: boolean }): Promise<number> {
  const folder = resolve(root)
  return json ? await checkForMachine(folder) : await checkForPerson(folder)
}

async function checkForPerson(root: string): Promise<number> {
  const layers = await runCheck({ root })
  if (layers.exitCode === 2) return refuse(root)
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
async function checkForMachine(root: string): Promise<number> {
  const { exitCode, projects } = await runCheck({ root })
  const routes = hasRoutes(root) ? await findRouteErrors(root) : []
  const types = hasRoutes(root) ? await listTypes(root) : undefined
  const ok = exitCode === 0 && routes.length === 0 && !types?.length
  const found = { ok, projects, routes: routes.map(toData), types: types ?? [], typesChecked: types !== undefined }
  console.log(JSON.stringify(found, undefined, 2))
  if (exitCode === 2) return refuse(root)
  return ok ? 0 : 1
}

function refuse(root: string): number {
  console.error(drawError(errors.APP_FOLDER_MISSING({ root })))
  return 2
}

const hasRoutes = (root: string): boolean => existsSync(join(root, 'app', 'routes'))

/** An error as data; of its places not the sources, which the reader has. */
const toData = ({ code, message, fix, data, places }: Layer9Error): object => ({
  code,
  message,
  fix,
  data,
  places: places.map(({ source: _, ...place }) => place),
})

async function findRouteErrors(root: string): Promise<Layer9Error[]> {
  try {
    await refreshTypes(root)
  } catch (error) {
    // Files that do not make a tree of routes: what is in them comes after that.
    if (isOurs(error)) return [error]
    throw error
  }
  const files = findAppFiles(root)
  return [...(await checkRoutes(root, files)), ...(await findMismatches(root, files))]
}

async function findMismatches(root: string, { routes }: AppFiles): Promise<Layer9Error[]> {
  const read = async (file: string) => checkRouteTypes(file, await readFile(join(root, 'app/routes', file), 'utf8'))
  return (await Promise.all(routes.map(read))).flat()
}
