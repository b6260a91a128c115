// Where a SQLite database lies.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** The folder of the file that is used without any setting. Not `.layer9`, which may be deleted at any time. */
export const DATA_FOLDER = '.data'

/** A place on the disk that is ready, and what to do when it is no longer used. */
export interface PreparedFile {
  readonly file: string
  readonly remove: () => void
}

/**
 * Makes the folder of a file. `:memory:` is a file too, in a temporary folder that goes with it: connections could not
 * share what is in memory alone, and a test is to meet the same locks as an app.
 */
export function prepareFile(file: string): PreparedFile {
  if (file === ':memory:') return prepareTemporary()
  const folder = dirname(resolve(file))
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true })
    if (basename(folder) === DATA_FOLDER) writeFileSync(join(folder, '.gitignore'), '*\n')
  }
  return { file: resolve(file), remove: () => {} }
}

function prepareTemporary(): PreparedFile {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-data-'))
  const remove = () => {
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { file: join(folder, 'memory.db'), remove }
}
