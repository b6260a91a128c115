// The door of data for commands, builds and starts: migrations are written and run with it, and the database is looked at
// through it.
export { modelOf } from './database.ts'
export { checksumOf } from './migrate/checksum.ts'
export type { MigrationFile, NamedMigration } from './migrate/file.ts'
export { type Generated, type GenerateOptions, generate } from './migrate/generate.ts'
export { lostByRollback } from './migrate/losses.ts'
export { type MigrateOptions, migrate, type RollbackOptions, rollback } from './migrate/migrate.ts'
export { Migration } from './migrate/migration.ts'
export { generateNotify } from './migrate/notify.ts'
export type { Ask, Question } from './migrate/rename.ts'
export type { AnyDatabase } from './migrate/run.ts'
export { assertMigrated, type MigrationState, type MigrationStatus, migrationStatus } from './migrate/status.ts'
export { touch } from './track/follow.ts'
