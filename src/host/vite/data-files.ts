// What of an app's data layer the framework itself imports, from the folder alone.
import { existsSync } from 'node:fs'
import { listFiles } from './app-files.ts'
import { migrationsFolder } from './migrations-folder.ts'

/** Project paths: `app/data/db.ts`. */
export interface DataFiles {
  readonly db: string
  /** In the order in which they are applied. */
  readonly migrations: readonly string[]
  readonly seed: string | undefined
}

const source = /\.[cm]?[jt]s$/
const left = /\.(?:test|spec)(?:-d)?\.[^/]+$|\.d\.[cm]?ts$/

/** Reads the folder; undefined where the app has no database. */
export function findDataFiles(root: string): DataFiles | undefined {
  if (!existsSync(`${root}/app/data`)) return undefined
  const files = listFiles(`${root}/app/data`, 'app/data').filter((path) => source.test(path) && !left.test(path))
  const named = (name: string): string | undefined =>
    files.find((path) => path.replace(source, '') === `app/data/${name}`)
  const db = named('db')
  if (db === undefined) return undefined
  return { db, migrations: files.filter((path) => path.startsWith(`${migrationsFolder}/`)), seed: named('seed') }
}
