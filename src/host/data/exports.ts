// What the modules of `app/data` have to export.
import { type AnyDatabase, Migration, modelOf } from '../../3-data/build.ts'
import { migrationsFolder } from '../vite/migrations-folder.ts'
import { errors } from './errors.ts'

/** A module of the app, as evaluated. */
export type Exports = Readonly<Record<string, unknown>>

/** The `db` of `app/data/db`. @throws DATA_WITHOUT_DB */
export function toDatabase(module: Exports): AnyDatabase {
  const { db } = module
  try {
    modelOf(db as object)
  } catch (cause) {
    throw errors.DATA_WITHOUT_DB({ file: 'app/data/db.ts', exported: Object.keys(module) }, { cause })
  }
  // What has a model was made by `database()`.
  return db as AnyDatabase
}

/** What a migration's file exports. @throws MIGRATION_NAME_INVALID, MIGRATION_WITHOUT_DEFAULT */
export function toMigration(name: string, module: Exports): Migration {
  const file = `${migrationsFolder}/${name}`
  if (!/^\d{4,}_\w+\.[^.]+$/.test(name)) throw errors.MIGRATION_NAME_INVALID({ file })
  const { default: made } = module
  if (!(made instanceof Migration)) throw errors.MIGRATION_WITHOUT_DEFAULT({ file })
  return made
}

/** The module of the first rows. */
export const seedFile = 'app/data/seed.ts'

/** What `app/data/seed` exports; undefined is a module that is not there. @throws SEED_MISSING, SEED_WITHOUT_DEFAULT */
export function toSeed(module: Exports | undefined): () => unknown {
  const file = seedFile
  if (!module) throw errors.SEED_MISSING({ file })
  const { default: seed } = module
  if (typeof seed !== 'function') throw errors.SEED_WITHOUT_DEFAULT({ file })
  return seed as () => unknown
}
