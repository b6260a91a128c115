// What is wrong with migrations: their steps, and what a database says to them.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

type MigrationErrors = {
  MIGRATION_STEP_INVALID: ErrorEntry<{ file: string; step: string; reason: string }>
  MIGRATION_LOSS_UNMARKED: ErrorEntry<{ file: string; step: string; what: string }>
  MIGRATION_REFERENCE_INVALID: ErrorEntry<{ file: string; table: string; column: string; to: string }>
  MIGRATION_FAILED: ErrorEntry<{ file: string; way: 'up' | 'down'; statement: string; reason: string }>
  MIGRATION_ROWS_REFER_TO_NOTHING: ErrorEntry<{ file: string; table: string; to: string }>
  MIGRATION_REFUSED: ErrorEntry<{ question: string }>
}

const entries: MigrationErrors = {
  MIGRATION_STEP_INVALID: {
    message: ({ file, step, reason }) => `${file} cannot do ${step}: ${reason}.`,
    fix: () => 'Correct the file: each step starts from what the files and steps before it have made.',
  },
  MIGRATION_LOSS_UNMARKED: {
    message: ({ file, step, what }) => `${file} loses data without saying so: ${step} loses ${what}.`,
    fix: () => 'Give the step { losesData: true }, or copy the data to where it is kept in change.data(…) before it.',
  },
  MIGRATION_REFERENCE_INVALID: {
    message: ({ file, table, column, to }) =>
      `After ${file} "${column}" of "${table}" refers to "${to}", which is not there or has no key of that kind.`,
    fix: ({ to }) => `Create "${to}" in the same file, or change the reference.`,
  },
  MIGRATION_FAILED: {
    message: ({ file, way, statement, reason }) => `${file} failed on its way ${way}: ${reason}. In: ${statement}`,
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
}

/** The errors of migrations. */
export const migrationErrors: ErrorCatalogue<MigrationErrors> = defineErrors(entries)
