// The database of an app for a command: of its sources where they are, else of its build.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildFolder } from '../build/build-folder.ts'
import { findDataFiles } from '../vite/data-files.ts'
import type { AppData } from './app-data.ts'
import { errors } from './errors.ts'

/** A database that was found. */
export interface FoundData {
  /** The folder of the app. */
  readonly root: string
  readonly data: AppData
  /** Whether it was found in the sources, beside which a migration can be written. */
  readonly fromSources: boolean
}

/**
 * Uses the database of an app, and closes what its modules have opened.
 *
 * @throws DATA_MISSING, and what loading the modules throws
 */
export async function withData<Value>(given: string, use: (found: FoundData) => Promise<Value>): Promise<Value> {
  const root = resolve(given).replaceAll('\\', '/')
  return existsSync(`${root}/app`) && findDataFiles(root) ? await withSources(root, use) : await withBuild(root, use)
}

async function withSources<Value>(root: string, use: (found: FoundData) => Promise<Value>): Promise<Value> {
  process.env['NODE_ENV'] ??= 'development'
  // Vite is loaded for sources alone: a build is used as it is.
  const { openSources } = await import('./open-sources.ts')
  const { completePlaces } = await import('../dev/error-places.ts')
  const { data, close } = await openSources(root)
  try {
    return await use({ root, data, fromSources: true })
  } catch (error) {
    // The line of the seed or migration, as the development server draws it.
    completePlaces(error, root)
    throw error
  } finally {
    await close()
  }
}

async function withBuild<Value>(root: string, use: (found: FoundData) => Promise<Value>): Promise<Value> {
  const file = `${root}/${buildFolder}/server/data.js`
  if (!existsSync(file)) throw errors.DATA_MISSING({ root })
  process.env['NODE_ENV'] ??= 'production'
  // Written by `layer9 build` from `dataModule`.
  const { data } = (await import(pathToFileURL(file).href)) as { data: AppData }
  try {
    return await use({ root, data, fromSources: false })
  } finally {
    await data.close()
  }
}
