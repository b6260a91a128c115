// The errors of the databases: reaching them, transactions, and rules of a table that a write breaks.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type DatabaseErrors = {
  DATABASE_URL_INVALID: ErrorEntry<{ url: string; reason: string }>
  DATABASE_PACKAGE_MISSING: ErrorEntry<{ package: string }>
  DATABASE_UNREACHABLE: ErrorEntry<{ where: string; reason: string }>
  DATABASE_CONNECTION_LOST: ErrorEntry<{ statement: string }>
  DATABASE_BUSY: ErrorEntry<{ seconds: number; what: string }>
  DATABASE_VALUES: ErrorEntry<{ count: number; most: number; statement: string }>
  DATABASE_TIMEOUT: ErrorEntry<{ seconds: number; statement: string }>
  DATABASE_CLOSED: ErrorEntry<unknown>
  DATABASE_READ_ONLY: ErrorEntry<{ statement: string }>
  DATABASE_LACKS: ErrorEntry<{ reason: string }>
  DATABASE_OUTSIDE_WRITES: ErrorEntry<{ statement: string }>
  DATABASE_TRANSACTION_OVER: ErrorEntry<{ statement: string }>
  DATABASE_TRANSACTION_FAILED: ErrorEntry<{ reason: string }>
  DATABASE_TRANSACTION_IDLE: ErrorEntry<{ seconds: number }>
  DATABASE_TRANSACTION_SETTINGS: ErrorEntry<{ settings: string }>
  DATABASE_TRANSACTION_INSIDE: ErrorEntry<unknown>
  DATABASE_NULL: ErrorEntry<{ table: string; columns: readonly string[] }>
  DATABASE_CHECK: ErrorEntry<{ table: string; rule: string }>
}

const entries: DatabaseErrors = {
  DATABASE_URL_INVALID: {
    message: ({ url, reason }) => `DATABASE_URL is "${url}", which names no database: ${reason}.`,
    fix: () => 'Set it to postgres://user:password@host/name or to the path of a SQLite file, or leave it out.',
  },
  DATABASE_PACKAGE_MISSING: {
    message: (data) => `DATABASE_URL names a Postgres server, and the package "${data.package}" is not installed.`,
    fix: (data) => `Run: npm install ${data.package}`,
  },
  DATABASE_UNREACHABLE: {
    message: ({ where, reason }) => `The database ${where} cannot be reached: ${reason}.`,
    fix: () => 'Start it, or correct DATABASE_URL.',
  },
  DATABASE_CONNECTION_LOST: {
    message: ({ statement }) => `The connection broke while this ran, and whether it was done is unknown: ${statement}`,
    fix: () => 'Look whether it was done before you send it again, or send it in a transaction and read it back.',
  },
  DATABASE_BUSY: {
    message: ({ seconds, what }) => `The database was busy for ${seconds} s: ${what}.`,
    fix: () => 'Keep transactions short: await nothing in them but the database.',
  },
  DATABASE_VALUES: {
    message: ({ count, most, statement }) =>
      `A statement has ${count} values, and the database takes ${most} at most: ${statement}`,
    fix: () => 'Send it in parts: so many rows of an insert, or members of a list, at a time.',
  },
  DATABASE_TIMEOUT: {
    message: ({ seconds, statement }) => `The database ended a statement after ${seconds} s: ${statement}`,
    fix: () => 'Add an index or read less at once, or allow more with ?statement_timeout=… in DATABASE_URL.',
  },
  DATABASE_CLOSED: {
    message: () => 'The database was used after it had been closed.',
    fix: () => 'Finish what uses it before you call db.destroy().',
  },
  DATABASE_READ_ONLY: {
    message: ({ statement }) => `A transaction that only reads was asked to write: ${statement}`,
    fix: () => "Leave setAccessMode('read only') away, or write outside of the transaction.",
  },
  DATABASE_LACKS: {
    message: ({ reason }) => `The database has not got what was asked for: ${reason}.`,
    fix: () =>
      'Correct the name if it is misspelt. Else run `layer9 db migrate`, and `layer9 db diff`, which tells how the database differs from the entities.',
  },
  DATABASE_OUTSIDE_WRITES: {
    message: ({ statement }) =>
      `db.outside was asked to write inside a transaction of SQLite, which has one writer: ${statement}`,
    fix: () => 'Write when the transaction has ended; db.outside may read meanwhile.',
  },
  DATABASE_TRANSACTION_OVER: {
    message: ({ statement }) => `A query came after its transaction had ended: ${statement}`,
    fix: () => 'Await every query inside the transaction, or send those that may come later through db.outside.',
  },
  DATABASE_TRANSACTION_FAILED: {
    message: ({ reason }) => `The transaction cannot go on, because a statement in it failed: ${reason}`,
    fix: () => 'Put what may fail into a transaction of its own inside, db.transaction(): it rolls back alone.',
  },
  DATABASE_TRANSACTION_IDLE: {
    message: ({ seconds }) =>
      `A transaction was undone, because it had asked nothing of the database for ${seconds} s.`,
    fix: () => 'Await nothing in a transaction but the database, and end one of startTransaction() in a finally.',
  },
  DATABASE_TRANSACTION_SETTINGS: {
    message: ({ settings }) => `A transaction inside another one cannot have settings of its own: ${settings}.`,
    fix: () => 'Give them to the outermost transaction.',
  },
  DATABASE_TRANSACTION_INSIDE: {
    message: () => 'startTransaction() was called inside a transaction.',
    fix: () => 'Use db.transaction().execute(…), which may be nested, or db.outside.startTransaction().',
  },
  DATABASE_NULL: {
    message: ({ table, columns }) => `A row of "${table}" was written without ${columns.join(', ')}.`,
    fix: () => 'Give it a value, or make the field optional.',
  },
  DATABASE_CHECK: {
    message: ({ table, rule }) => `A row of "${table}" breaks the rule "${rule}".`,
    fix: () => 'Validate the values with the contract before they are written.',
  },
}

/** The errors of the databases. */
export const databaseErrors: ErrorCatalogue<DatabaseErrors> = defineErrors(entries)

/**
 * Refuses a statement with more values than its database takes.
 *
 * @throws DATABASE_VALUES
 */
export function checkValues({ sql, parameters }: { sql: string; parameters: readonly unknown[] }, most: number): void {
  const { length: count } = parameters
  if (count > most) throw databaseErrors.DATABASE_VALUES({ count, most, statement: quoteStatement(sql) })
}

/** A statement in a message: its beginning, without values, which are parameters. */
export const quoteStatement = (sql: string): string => (sql.length > 200 ? `${sql.slice(0, 200)}…` : sql)
