// Which database an app uses: DATABASE_URL says so, and without it there is a SQLite file.
import { join } from 'node:path'
import type { Dialect } from './codec.ts'
import type { Engine } from './engine.ts'
import { databaseErrors } from './errors.ts'
import { PostgresEngine } from './postgres.ts'
import { readPostgresUrl, withoutPassword } from './postgres-url.ts'
import { SqliteEngine, type SqliteOptions } from './sqlite.ts'
import { DATA_FOLDER } from './sqlite-file.ts'

/** The file of an app that sets nothing, in the folder where it is started. */
export const DEFAULT_FILE: string = join(DATA_FOLDER, 'app.db')

const databaseUrl = (): string => process.env['DATABASE_URL'] || DEFAULT_FILE

const schemeOf = (url: string): string | undefined => /^([a-z][a-z0-9+.-]+):(?!memory:$)/i.exec(url)?.[1]?.toLowerCase()

/** What the database of a URL speaks; of a URL that no database can have, anything. */
export function dialectOf(url: string = databaseUrl()): Dialect {
  return /^postgres(?:ql)?$/.test(schemeOf(url) ?? '') ? 'postgres' : 'sqlite'
}

/**
 * The database of a URL. It opens itself when it is first asked for something; a URL that no database can have is
 * refused at once.
 *
 * @throws Layer9Error DATABASE_URL_INVALID
 */
export function openDatabase(url: string = databaseUrl()): Engine {
  if (dialectOf(url) === 'postgres') return new PostgresEngine(readPostgresUrl(url))
  const scheme = schemeOf(url)
  if (scheme === undefined || scheme === 'file' || scheme === 'sqlite') return new SqliteEngine(readSqliteUrl(url))
  const reason = `"${scheme}:" is neither postgres: nor the path of a file`
  throw databaseErrors.DATABASE_URL_INVALID({ url: withoutPassword(url), reason })
}

/**
 * The settings of a SQLite file: `:memory:` or a path, with `file:` before it or not, and parameters behind it:
 * `synchronous` (off, normal, full) and `busy_timeout` (milliseconds to wait for who writes).
 */
function readSqliteUrl(url: string): SqliteOptions {
  const [place = '', query] = url.split('?', 2)
  const invalid = (reason: string) => databaseErrors.DATABASE_URL_INVALID({ url: withoutPassword(url), reason })
  // A file would be made with a password for its name, and an empty database begun.
  if (/^["'\s]|["'\s]$/.test(url)) throw invalid('it has quotes or spaces around it')
  if (/postgres(?:ql)?:?\/\//i.test(place)) throw invalid('a server is named by postgres:// and its host')
  // "file:data/app.db", "file:/srv/app.db" and "file:///srv/app.db" are all in use.
  const file = place.replace(/^(sqlite|file):(\/\/(?=\/))?/i, '')
  if (file === '' || file.startsWith('//')) throw invalid('the path of the file is missing')
  const parameters = new URLSearchParams(query)
  const synchronous = parameters.get('synchronous') ?? (file === ':memory:' ? 'off' : 'normal')
  if (synchronous !== 'off' && synchronous !== 'normal' && synchronous !== 'full') {
    throw invalid('"synchronous" is off, normal or full')
  }
  const busyTimeout = Number(parameters.get('busy_timeout') ?? 5000)
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0)
    throw invalid('"busy_timeout" is no number of milliseconds')
  return { file, synchronous, busyTimeout }
}
