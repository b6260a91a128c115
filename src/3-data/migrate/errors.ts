// What is wrong with migrations: their steps, and what a database says to them.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

type MigrationErrors = {
  MIGRATION_STEP_INVALID: ErrorEntry<{ file: string; step: string; reason: string }>
  MIGRATION_LOSS_UNMARKED: ErrorEntry<{ file: string; step: string; what: string }>
  MIGRATION_REFERENCE_INVALID: ErrorEntry<{ file: string; table: string; column: string; to: string }>
  MIGRATION_FAILED: ErrorEntry<{ file: string; way: 'up' | 'down'; statement: string; reason: string }>
  MIGRATION_ROWS_REFER_TO_NOTHING: ErrorEntry<{ file: string; table: string; to: string }>
  MIGRATION_REFUSED: ErrorEntry<{ question: string }>
  MIGRATION_PENDING: ErrorEntry<{ files: readonly string[] }>
  MIGRATION_CHANGED: ErrorEntry<{ file: string }>
  MIGRATION_MISSING: ErrorEntry<{ file: string }>
  MIGRATION_OUT_OF_ORDER: ErrorEntry<{ file: string; after: string }>
  MIGRATION_NO_WAY_BACK: ErrorEntry<{ file: string; step: string }>
}

const entries: MigrationErrors = {
  MIGRATION_STEP_INVALID: {
    message: ({ file, step, reason }) => `${file} cannot do ${step}: ${reason}.`,
    fix: () => 'Correct the file: each step starts from what the files and steps before it have made.',
  },
  MIGRATION_LOSS_UNMARKED: {
    message: ({ file, step, what }) => `${file} loses data without saying so: ${step} loses ${what}.`,
    fix: () => 'Give the step { losesData: true }. What is to be kept is copied before it, in change.data(…).',
  },
  MIGRATION_REFERENCE_INVALID: {
    message: ({ file, table, column, to }) =>
      `After ${file} "${column}" of "${table}" refers to "${to}", which is not there or has no key of that kind.`,
    fix: ({ to }) => `Create "${to}" in the same file, or change the reference.`,
  },
  MIGRATION_FAILED: {
    message: ({ file, way, statement, reason }) =>
      `${file} failed on its way ${way}: ${reason.replace(/\.$/, '')}. In: ${statement}`,
    fix: () => 'Nothing of the file has been done. Correct the file or the rows, and run it again.',
  },
  MIGRATION_ROWS_REFER_TO_NOTHING: {
    message: ({ file, table, to }) =>
      `After ${file} rows of "${table}" would refer to rows of "${to}" that are not there.`,
    fix: () => 'Nothing of the file has been done. Correct these rows in change.data(…), or before.',
  },
  MIGRATION_REFUSED: {
    message: ({ question }) => `No migration was written, because the answer was no: ${question}`,
    fix: () => 'Change the entities so that nothing is lost, or answer yes.',
  },
  MIGRATION_PENDING: {
    message: ({ files }) => `The database lacks what these migrations make: ${files.join(', ')}.`,
    fix: () => 'Run: layer9 db migrate',
  },
  MIGRATION_CHANGED: {
    message: ({ file }) => `${file} was changed after the database had got it.`,
    fix: () => 'Put it back as it was, and write what is to be different into a new one: layer9 db generate',
  },
  MIGRATION_MISSING: {
    message: ({ file }) => `The database has got ${file}, which is not in app/data/migrations.`,
    fix: () =>
      'Bring the file back, or use the version of the app that has it. Before a file gets another name it is taken back: layer9 db rollback',
  },
  MIGRATION_OUT_OF_ORDER: {
    message: ({ file, after }) => `${file} comes before ${after}, which the database has got already.`,
    fix: ({ after }) =>
      `Give the file a number behind that of ${after}. A database that has it by its old name takes it back before: layer9 db rollback`,
  },
  MIGRATION_NO_WAY_BACK: {
    message: ({ file, step }) =>
      `The way down of ${file} does not lead to what was there before it: ${step} is missing.`,
    fix: () => 'Write a way down that takes back all of the way up, or a new migration.',
  },
}

/** The errors of migrations. */
export const migrationErrors: ErrorCatalogue<MigrationErrors> = defineErrors(entries)
