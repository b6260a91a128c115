// Which database an app uses: DATABASE_URL says so, and without it there is a SQLite file.
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { SqliteEngine, type SqliteOptions } from './sqlite.ts'
import { DATA_FOLDER } from './sqlite-file.ts'

/** The file of an app that sets nothing, in the folder where it is started. */
export const DEFAULT_FILE: string = join(DATA_FOLDER, 'app.db')

/** Opens nothing yet: a database opens itself when it is first asked for something. */
export function openDatabase(url: string = process.env['DATABASE_URL'] || DEFAULT_FILE): Engine {
  return new SqliteEngine(readSqliteUrl(url))
}

/** The settings of a SQLite file: a path, `file:` and a path, or `:memory:`, and parameters. */
export function readSqliteUrl(url: string): SqliteOptions {
  const [place = '', query] = url.split('?', 2)
  const file = place.replace(/^(sqlite|file):(\/\/(?=\/))?/, '')
  const parameters = new URLSearchParams(query)
  const synchronous = parameters.get('synchronous') ?? 'normal'
  if (synchronous !== 'off' && synchronous !== 'normal' && synchronous !== 'full') {
    throw databaseErrors.DATABASE_URL_INVALID({ url, reason: `"synchronous" is off, normal or full` })
  }
  return { file, synchronous: file === ':memory:' ? 'off' : synchronous, busyTimeout: 5000 }
}
