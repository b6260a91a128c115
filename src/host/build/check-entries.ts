// What a start would refuse of an app's routes and api, found in their texts: a build and `layer9 check` say it first.
import { readFile } from 'node:fs/promises'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { checkAccess } from '../../6-api/build.ts'
import { checkRouteExports, readGuardNames } from '../../9-routes/build.ts'
import type { AppFiles } from '../vite/app-files.ts'

/** Looks at every route file and api module; what is found is in the order of the files. Nothing of the app runs. */
export async function checkEntries(root: string, { routes, api, middleware }: AppFiles): Promise<Layer9Error[]> {
  const guards = await guardNames(root, middleware)
  const check = async (file: string) =>
    checkRouteExports(file, await readFile(`${root}/app/routes/${file}`, 'utf8'), guards)
  const checkApi = async (file: string) =>
    checkAccess(await readFile(`${root}/app/api/${file}`, 'utf8'), `app/api/${file}`)
  return (await Promise.all([...routes.map(check), ...api.map(checkApi)])).flat()
}

async function guardNames(root: string, file: string | undefined): Promise<readonly string[] | undefined> {
  return file === undefined ? [] : readGuardNames(await readFile(`${root}/app/middleware/${file}`, 'utf8'), file)
}
