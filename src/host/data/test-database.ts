// A database of its own for an app in a test, made by the app's migrations.
import { findDataFiles } from '../vite/data-files.ts'
import type { AppData } from './app-data.ts'
import { errors } from './errors.ts'
import { type LoadModule, loadData } from './load-data.ts'

/** The variable is the process's: apps that are made at once take turns with it. */
let turn: Promise<unknown> = Promise.resolve()

/**
 * Evaluates the app's `db` for another database, and migrates that.
 *
 * @throws DATA_MISSING, and what loading and migrating throw
 */
export async function openTestDatabase(root: string, url: string, load: LoadModule): Promise<AppData> {
  const files = findDataFiles(root)
  if (!files) throw errors.DATA_MISSING({ root })
  const opened = turn.then(async () => await withUrl(url, async () => await loadData(root, files, load)))
  turn = opened.catch(() => {})
  const data = await opened
  await data.migrate()
  return data
}

/** `database()` reads the variable when it is called, and never again. */
async function withUrl<Value>(url: string, work: () => Promise<Value>): Promise<Value> {
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = url
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env['DATABASE_URL']
    else process.env['DATABASE_URL'] = before
  }
}
