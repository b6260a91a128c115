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

/** Folders that go with the process, if nobody removes them before. */
const temporary = new Set<string>()

function removeAll(): void {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
}

function prepareTemporary(): PreparedFile {
  const folder = mkdtempSync(join(tmpdir(), 'layer9-data-'))
  if (temporary.size === 0) process.once('exit', removeAll)
  temporary.add(folder)
  const remove = () => {
    temporary.delete(folder)
    if (temporary.size === 0) process.off('exit', removeAll)
    rmSync(folder, { recursive: true, force: true })
  }
  return { file: join(folder, 'memory.db'), remove }
}
