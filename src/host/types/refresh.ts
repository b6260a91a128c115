// Keeps what TypeScript is told of an app in `.layer9`: its projects, and the types of its routes. A file that would
// not change is not touched, so that editors and tsc stay idle.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { routeTypes } from '../../9-routes/build.ts'
import { findAppFiles } from '../vite/app-files.ts'
import { type Outside, projectFiles, type Side, sides } from './projects.ts'

/** Writes the projects and the types of the routes. @throws what the tree of routes throws */
export async function refreshTypes(root: string): Promise<void> {
  await refreshProjects(root)
  await writeChanged(root, { 'routes.d.ts': routeTypes(findAppFiles(root).routes) })
}

/**
 * Writes the projects.
 *
 * @param outside files of no layer that the app takes in; default: those that were found last
 */
export async function refreshProjects(root: string, outside?: Outside): Promise<void> {
  await writeChanged(root, projectFiles(outside ?? (await keptOutside(root))))
}

async function writeChanged(root: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const folder = join(root, '.layer9')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(texts)) {
    const file = join(folder, name)
    if ((await readText(file)) !== text) await writeFile(file, text)
  }
}

async function keptOutside(root: string): Promise<Outside> {
  const lists = sides.map(async (side) => [side, listed(await readText(join(root, '.layer9', `${side}.json`)))])
  return Object.fromEntries(await Promise.all(lists)) as Partial<Record<Side, string[]>>
}

/** The files that a project lists, as it was written by us; in any other form: none. */
function listed(text: string | undefined): string[] {
  try {
    const { files = [] } = JSON.parse(text?.replace(/^\/\/.*\n/, '') ?? '{}') as { files?: string[] }
    return files.map((file) => file.slice('../'.length))
  } catch {
    return []
  }
}

const readText = async (file: string): Promise<string | undefined> =>
  await readFile(file, 'utf8').catch(() => undefined)
