// Style sheets, pictures and the like that are imported and not there: TypeScript takes every path with their endings.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Layer9Error } from '../../1-contracts/index.ts'
import { errors } from '../errors.ts'
import { findPlace, type Imported, readImports } from './imported-names.ts'
import { nearestFile } from './nearest-file.ts'

/** A path of the app with an ending, in quotes: few modules have one, and only these are parsed. */
const ending = /['"](?:~|\.\.?)\/[^'"\n]*\.\w+['"]/
/** What an import may leave out of a script's name, which may have a dot of its own. */
const left = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '/index.ts', '/index.tsx']

/** The imports of files without script that lead nowhere, in the order of the modules. Nothing of the app runs. */
export async function findMissingFiles(
  root: string,
  sources: readonly { readonly file: string; readonly code: string }[],
): Promise<Layer9Error[]> {
  const find = async ({ file, code }: (typeof sources)[number]): Promise<Layer9Error[]> => {
    const missing = ending.test(code)
      ? readImports(code, file).filter((imported) => isMissing(root, file, imported))
      : []
    return await Promise.all(missing.map(async (imported) => await refuse(root, file, imported)))
  }
  return (await Promise.all(sources.map(find))).flat()
}

function isMissing(root: string, file: string, { name, specifier }: Imported): boolean {
  if (name !== undefined || !/^(?:~|\.\.?)\/.*\.\w+$/.test(specifier) || /\.[cm]?[jt]sx?$/.test(specifier)) return false
  const path = specifier.startsWith('~/') ? join(root, 'app', specifier.slice(2)) : join(root, dirname(file), specifier)
  return !left.some((end) => existsSync(path + end))
}

async function refuse(root: string, file: string, imported: Imported): Promise<Layer9Error> {
  const importer = join(root, file)
  const near = await nearestFile(root, importer, imported.specifier)
  const data = { specifier: imported.specifier, ...(near !== undefined && { near }) }
  return errors.IMPORT_NOT_FOUND(data, { places: await findPlace(root, importer, imported) })
}
