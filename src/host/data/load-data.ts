// Loads the modules of `app/data` through what evaluates an app's modules: in a command, in development, in a test.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { checksumOf } from '../../3-data/build.ts'
import type { DataFiles } from '../vite/data-files.ts'
import { AppData } from './app-data.ts'
import type { Exports } from './exports.ts'

/** Evaluates a module by its absolute path. */
export type LoadModule = (file: string) => Promise<Exports>

/**
 * Loads the database of an app and its migrations.
 *
 * @throws what evaluating them throws, and what AppData misses in them
 */
export async function loadData(root: string, files: DataFiles, load: LoadModule): Promise<AppData> {
  const { seed } = files
  const migrations = await Promise.all(
    files.migrations.map(async (path) => ({
      name: basename(path),
      checksum: checksumOf(await readFile(`${root}/${path}`, 'utf8')),
      module: await load(`${root}/${path}`),
    })),
  )
  return new AppData({
    db: await load(`${root}/${files.db}`),
    migrations,
    seed: seed === undefined ? undefined : async () => await load(`${root}/${seed}`),
  })
}
