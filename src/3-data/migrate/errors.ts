// What is wrong with migrations: their files, what they do, and what has been done of them.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

type MigrationErrors = {
  MIGRATION_FILE_INVALID: ErrorEntry<{ file: string; reason: string }>
  MIGRATION_STEP_INVALID: ErrorEntry<{ file: string; step: string; reason: string }>
  MIGRATION_LOSS_UNMARKED: ErrorEntry<{ file: string; step: string; what: string }>
  MIGRATION_REFERENCE_INVALID: ErrorEntry<{ file: string; table: string; column: string; to: string }>
  MIGRATION_FAILED: ErrorEntry<{ file: string; way: 'up' | 'down'; statement: string; reason: string }>
  MIGRATION_ROWS_REFER_TO_NOTHING: ErrorEntry<{ file: string; table: string; to: string }>
  MIGRATION_CHANGED: ErrorEntry<{ file: string }>
  MIGRATION_MISSING: ErrorEntry<{ file: string }>
  MIGRATION_OUT_OF_ORDER: ErrorEntry<{ file: string; applied: string }>
  MIGRATION_NOTHING_APPLIED: ErrorEntry<Record<never, never>>
  MIGRATION_PENDING: ErrorEntry<{ files: readonly string[] }>
  MIGRATION_QUESTION: ErrorEntry<{ question: string; option: string }>
  MIGRATION_REFUSED: ErrorEntry<{ question: string }>
}

const entries: MigrationErrors = {
  MIGRATION_FILE_INVALID: {
    message: ({ file, reason }) => `${file} is no migration: ${reason}.`,
    fix: () => 'Write: export default migration({ up: (change) => { … }, down: (change) => { … } })',
  },
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
  MIGRATION_CHANGED: {
    message: ({ file }) => `${file} was changed after it had been applied to this database.`,
    fix: ({ file }) =>
      `Take the change back and put it into a new migration; or, in development, roll ${file} back as it was, and apply it anew.`,
  },
  MIGRATION_MISSING: {
    message: ({ file }) => `${file} has been applied to this database, and is not there.`,
    fix: () => 'Bring the file back: it may be on another branch.',
  },
  MIGRATION_OUT_OF_ORDER: {
    message: ({ file, applied }) => `${file} comes before ${applied}, which has been applied already.`,
    fix: () => 'Give it a number behind all that are there: rename the file.',
  },
  MIGRATION_NOTHING_APPLIED: {
    message: () => 'There is no migration to take back: none has been applied to this database.',
    fix: () => 'Look at what is applied: layer9 db status',
  },
  MIGRATION_PENDING: {
    message: ({ files }) =>
      `The database lacks ${files.length === 1 ? 'a migration' : 'migrations'}: ${files.join(', ')}.`,
    fix: () => 'Run: layer9 db migrate',
  },
  MIGRATION_QUESTION: {
    message: ({ question }) => `There is no terminal to ask: ${question}`,
    fix: ({ option }) => `Answer with ${option}.`,
  },
  MIGRATION_REFUSED: {
    message: ({ question }) => `No migration was written, because the answer was no: ${question}`,
    fix: () => 'Change the entities so that nothing is lost, or answer yes.',
  },
}

/** The errors of migrations. */
export const migrationErrors: ErrorCatalogue<MigrationErrors> = defineErrors(entries)
