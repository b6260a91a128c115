// Writes the migration of what changed in the entities.
import { mkdir, writeFile } from 'node:fs/promises'
import { type Ask, type Generated, generate, generateNotify, modelOf } from '../../3-data/build.ts'
import { migrationsFolder } from '../vite/migrations-folder.ts'
import type { AppData } from './app-data.ts'
import { errors } from './errors.ts'

/** How a migration is made. */
export interface MakeOptions {
  readonly ask: Ask
  /** What it does, in a few words. */
  readonly title?: string | undefined
}

/** The migration of what the entities have and the migrations do not make; undefined where that is nothing. */
export async function makeMigration(
  { db, files }: Pick<AppData, 'db' | 'files'>,
  { ask, title }: MakeOptions,
): Promise<Generated | undefined> {
  return await generate(modelOf(db), files, { ask, ...(title !== undefined && { title }) })
}

/**
 * The migration by which Postgres tells of what other programs write.
 *
 * @throws NOTIFY_TOO_EARLY where tables are not made yet that it would be about
 */
export async function makeNotifyMigration(data: AppData): Promise<FileText> {
  if (await data.isUnwritten()) throw errors.NOTIFY_TOO_EARLY()
  return generateNotify(modelOf(data.db), data.files)
}

/** What is written. */
export type FileText = Pick<Generated, 'name' | 'text'>

/** Writes a migration into the folder of an app, and gives its project path. */
export async function writeMigration(root: string, { name, text }: FileText): Promise<string> {
  const file = `${migrationsFolder}/${name}`
  await mkdir(`${root}/${migrationsFolder}`, { recursive: true })
  // One that is there was written by somebody else meanwhile.
  await writeFile(`${root}/${file}`, text, { flag: 'wx' })
  return file
}
