// The build's door of data: what commands, builds and starts do with the migrations of an app.
export { modelOf } from './database.ts'
export { checksumOf, type MigrationFile } from './migrate/file.ts'
export { type Generated, type GenerateOptions, generate } from './migrate/generate.ts'
export { type MigrateOptions, migrate, type RollbackOptions, rollback } from './migrate/migrate.ts'
export type { Ask, Question } from './migrate/rename.ts'
export type { AnyDatabase } from './migrate/run.ts'
export { assertMigrated, type MigrationState, type MigrationStatus, migrationStatus } from './migrate/status.ts'
