// The door of data for commands: migrations are written with it, and the database is looked at through it.
export { modelOf } from './database.ts'
export { type Generated, type GenerateOptions, generate, type MigrationFile } from './migrate/generate.ts'
export type { Ask, Question } from './migrate/rename.ts'
export type { AnyDatabase } from './migrate/run.ts'
