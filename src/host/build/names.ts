// Which modules hold components that the browser may have to start, and by what names.
import { readFile } from 'node:fs/promises'
import { analyseModule } from '../../8-components/build.ts'

/** Names of live components by project path, in the order of the files. */
export type LiveNames = ReadonlyMap<string, readonly string[]>

/** Reads every component file of an app once; `sources` are project paths. */
export async function findLiveNames(root: string, sources: readonly string[]): Promise<LiveNames> {
  const files = sources.filter((path) => /\.[jt]sx$/.test(path))
  const found = await Promise.all(files.map(async (file) => [file, await namesOf(root, file)] as const))
  return new Map(found.filter(([, names]) => names.length > 0))
}

async function namesOf(root: string, file: string): Promise<readonly string[]> {
  const code = await readFile(`${root}/${file}`, 'utf8')
  return analyseModule(code, file).names
}
