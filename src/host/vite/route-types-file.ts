// Keeps `.layer9/routes.d.ts` as fresh as the files under app/routes.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { routeTypes } from '../../9-routes/build.ts'
import { findAppFiles } from './app-files.ts'

/** Writes the types of an app's routes, if they changed: an untouched file keeps editors and tsc idle. */
export async function refreshTypes(root: string): Promise<void> {
  const file = `${root}/.layer9/routes.d.ts`
  const text = routeTypes(findAppFiles(root).routes)
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return
  await mkdir(`${root}/.layer9`, { recursive: true })
  await writeFile(file, text)
}
