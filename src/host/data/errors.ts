// What can go wrong between an app's database and the commands about it.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../../1-contracts/index.ts'

type DataErrors = {
  DATA_MISSING: ErrorEntry<{ root: string }>
  DATA_WITHOUT_DB: ErrorEntry<{ file: string; exported: readonly string[] }>
  DATA_SOURCES_MISSING: ErrorEntry<{ command: string }>
  MIGRATION_NAME_INVALID: ErrorEntry<{ file: string }>
  MIGRATION_WITHOUT_DEFAULT: ErrorEntry<{ file: string }>
  SEED_MISSING: ErrorEntry<{ file: string }>
  SEED_WITHOUT_DEFAULT: ErrorEntry<{ file: string }>
  SEED_FAILED: ErrorEntry<{ file: string; reason: string }>
  QUESTION_WITHOUT_TERMINAL: ErrorEntry<{ question: string; yes: string; no?: string }>
  QUESTION_UNANSWERED: ErrorEntry<{ question: string }>
  RENAME_UNKNOWN: ErrorEntry<{ rename: string; near?: string }>
  NOTIFY_TOO_EARLY: ErrorEntry<unknown>
  RESET_IN_PRODUCTION: ErrorEntry<unknown>
}

const entries: DataErrors = {
  DATA_MISSING: {
    message: ({ root }) => `There is no database here: ${root} has no app/data/db.ts, and no build of an app with one.`,
    fix: () =>
      'Make app/data/db.ts with `export const db = database({ … })`, or run the command in the folder of the app.',
  },
  DATA_WITHOUT_DB: {
    message: ({ file, exported }) =>
      `${file} exports no "db" that database() of this layer9 has made; it exports ${exported.join(', ') || 'nothing'}.`,
    fix: () => 'Write `export const db = database({ … })`, with database from "layer9/data".',
  },
  DATA_SOURCES_MISSING: {
    message: ({ command }) =>
      `\`layer9 ${command}\` works on app/data, and here is only a build, in which no migration can be written.`,
    fix: () => 'Run it where the sources are.',
  },
  MIGRATION_NAME_INVALID: {
    message: ({ file }) => `${file} has no name that puts it in order among the migrations.`,
    fix: () => 'Name it by a number of four digits and words, as 0002_add_bio.ts, or move it out of the folder.',
  },
  MIGRATION_WITHOUT_DEFAULT: {
    message: ({ file }) => `${file} has no default export that migration() has made.`,
    fix: () => 'Write `export default migration({ up, down })`, with migration from "layer9/data".',
  },
  SEED_MISSING: {
    message: ({ file }) => `There is nothing to seed with: ${file} does not exist.`,
    fix: ({ file }) => `Make ${file} with \`export default async () => { … }\`, which writes rows through db.`,
  },
  SEED_WITHOUT_DEFAULT: {
    message: ({ file }) => `${file} has no default export that is a function.`,
    fix: () => 'Write `export default async () => { … }`, which writes rows through db.',
  },
  SEED_FAILED: {
    message: ({ file, reason }) => `${file} failed: ${reason}`,
    fix: () =>
      'None of its rows were written. Correct it; where they are there already, `layer9 db reset` begins anew, and drops all others.',
  },
  QUESTION_WITHOUT_TERMINAL: {
    message: ({ question }) => `There is a question, and no terminal to ask it on: ${question}`,
    fix: ({ yes, no }) =>
      `Say yes with ${yes}${no === undefined ? '' : `, or no with ${no}`}, or run the command on a terminal.`,
  },
  QUESTION_UNANSWERED: {
    message: ({ question }) => `Nothing was done, because a question had no answer: ${question}`,
    fix: () => 'Run the command again, and answer y or n.',
  },
  RENAME_UNKNOWN: {
    message: ({ rename, near }) =>
      `No migration was written, because nothing can have been renamed as --rename ${rename} says${near === undefined ? '.' : `; did you mean ${near}?`}`,
    fix: () => 'Name a column as --rename users.name=fullName and a table as --rename users=people, or leave it out.',
  },
  NOTIFY_TOO_EARLY: {
    message: () => 'Triggers are made on tables that are there, and the entities have what no migration makes yet.',
    fix: () => 'Run `layer9 db generate` first, then `layer9 db generate --notify`.',
  },
  RESET_IN_PRODUCTION: {
    message: () => 'NODE_ENV is "production", and a reset deletes all that the database holds.',
    fix: () => 'Add --yes if that is what you want.',
  },
}

/** The errors of databases on their way into commands. */
export const errors: ErrorCatalogue<DataErrors> = defineErrors(entries)
