// The door of data: the tables of an app and the questions that are asked of them.
export { type BrokenRule, findBrokenRule } from './constraints.ts'
export { type Page, type PageOptions, paginate } from './cursor.ts'
export { type DatabaseOptions, database } from './database.ts'
export type { Database } from './kysely.ts'
export type { Change } from './migrate/change.ts'
export { anything, type Migration, type MigrationWays, migration, type Recorder } from './migrate/migration.ts'
export {
  many,
  one,
  type Relation,
  type RelationOptions,
  type Relations,
  type WithRelations,
  withRelations,
} from './relations.ts'
export { search, searchRank } from './search.ts'
export {
  type DatabaseTables,
  type NoFields,
  type PublicSelection,
  type Table,
  type TableColumns,
  type TableOptions,
  table,
} from './table.ts'
export type { WriteListener } from './track/changes.ts'
export type { RawAccess } from './track/declared.ts'
export { type Followed, followReads, onWrites, touch } from './track/follow.ts'
export type { Depends } from './track/reach.ts'
export type { RowSet, RowSetJson } from './track/row-set.ts'
