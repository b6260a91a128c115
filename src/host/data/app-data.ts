// The database of an app as commands use it: what its modules export, looked at, and what can be done with it. It is part
// of a build too, whose copy of the framework has made `db`, and is the one that may use it.
import { disposeAll } from '../../2-platform/index.ts'
import {
  type AnyDatabase,
  assertMigrated,
  type Drift,
  findDrift,
  generate,
  lostByRollback,
  type MigrateOptions,
  type MigrationFile,
  type MigrationStatus,
  migrate,
  migrationStatus,
  modelOf,
  resetDatabase,
  rollback,
  touch,
} from '../../3-data/build.ts'
import { errors } from './errors.ts'
import { type Exports, seedFile, toDatabase, toMigration, toSeed } from './exports.ts'

/** A migration as it is loaded. */
export interface LoadedMigration {
  /** Its name in the folder: `0003_add_bio.ts`. */
  readonly name: string
  readonly checksum: string
  readonly module: Exports
}

/** What `app/data` consists of. */
export interface DataModules {
  readonly db: Exports
  readonly migrations: readonly LoadedMigration[]
  /** Loads `app/data/seed`, where there is one. */
  readonly seed?: (() => Promise<Exports>) | undefined
}

/** The database of an app, and its migrations. */
export class AppData {
  readonly db: AnyDatabase
  readonly files: readonly MigrationFile[]
  readonly #loadSeed: DataModules['seed']

  /** @throws DATA_WITHOUT_DB, MIGRATION_NAME_INVALID, MIGRATION_WITHOUT_DEFAULT */
  constructor({ db, migrations, seed }: DataModules) {
    this.db = toDatabase(db)
    this.files = migrations.map(({ name, checksum, module }) => ({
      name,
      checksum,
      migration: toMigration(name, module),
    }))
    this.#loadSeed = seed
  }

  /** Whether there is something to seed with. */
  get hasSeed(): boolean {
    return this.#loadSeed !== undefined
  }

  /** Applies what is pending. */
  async migrate(options?: MigrateOptions): Promise<readonly string[]> {
    return await migrate(this.db, this.files, options)
  }

  /** What is lost when the last migration is taken back. */
  async lostByRollback(): Promise<readonly string[]> {
    return await lostByRollback(this.db, this.files)
  }

  /** Takes the last migration back, and gives its name. */
  async rollback(): Promise<string | undefined> {
    return (await rollback(this.db, this.files))[0]
  }

  async status(): Promise<readonly MigrationStatus[]> {
    return await migrationStatus(this.db, this.files)
  }

  /** Whether the entities have what no migration makes. */
  async isUnwritten(): Promise<boolean> {
    return (await generate(modelOf(this.db), this.files, { ask: async () => true })) !== undefined
  }

  /** Where the database is not what the entities ask for. */
  async drift(): Promise<readonly Drift[]> {
    return await findDrift(this.db, this.files)
  }

  /**
   * Writes the first rows, in one transaction: all of them, or none.
   *
   * @throws SEED_MISSING, SEED_WITHOUT_DEFAULT, SEED_FAILED, what `assertMigrated` throws
   */
  async seed(): Promise<void> {
    const seed = toSeed(await this.#loadSeed?.())
    await assertMigrated(this.db, this.files)
    try {
      await this.db.transaction().execute(async () => await seed())
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw errors.SEED_FAILED({ file: seedFile, reason }, { cause })
    }
  }

  /** Tells all processes that other programs have written to tables. @throws DATA_TABLE_UNKNOWN */
  async touch(tables: readonly string[]): Promise<void> {
    await touch(this.db, tables)
  }

  /** Deletes everything, then applies all migrations. */
  async reset(): Promise<readonly string[]> {
    await resetDatabase(this.db)
    return await this.migrate()
  }

  /** Closes what the modules have opened, so that the process can end. */
  async close(): Promise<void> {
    await disposeAll()
  }
}
