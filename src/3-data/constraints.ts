// Rules of a table that a write broke, alike on all databases.
import { Conflict, Invalid } from '../1-contracts/index.ts'
import { databaseErrors } from './errors.ts'

/** What a write broke: which rule of which table, over which columns. */
export interface BrokenRule {
  /**
   * `unique`, or `reference` (a row that is referred to is missing, or still is referred to), `null`, `check`, or `length`
   * (on Postgres: a text is too long for its index, which depends on how well it compresses).
   */
  readonly rule: 'unique' | 'reference' | 'null' | 'check' | 'length'
  /** The table with the rule; of a reference the one that refers. */
  readonly table: string
  /** Its columns, in the order of the rule. None where the database does not tell. */
  readonly columns: readonly string[]
  /** The name of the rule, where the database tells it. */
  readonly name?: string | undefined
}

/** The key under which an error keeps what was broken: it stays on the server, and crosses no wire. */
const broken = Symbol.for('layer9.brokenRule')

/**
 * What a write broke, of an error that it threw; undefined for other errors.
 *
 * @example
 * try {
 *   await db.insertInto('users').values(user).execute()
 * } catch (error) {
 *   if (findBrokenRule(error)?.columns.includes('email')) throw new Invalid({ email: 'Somebody has this address.' })
 *   throw error
 * }
 */
export function findBrokenRule(error: unknown): BrokenRule | undefined {
  if (!(error instanceof Error) || !(broken in error)) return undefined
  // Only `toRuleError` writes this key.
  return error[broken] as BrokenRule
}

/**
 * The error for a broken rule. That two rows clash, one is missing or a text is too long for its index no validation can
 * know: it is an outcome (409, 422) that names the columns. A missing value or a failed check is a fault of the app's code.
 */
export function toRuleError(rule: BrokenRule, cause: unknown): Error {
  const error = makeError(rule, cause)
  Object.defineProperty(error, broken, { value: rule })
  return error
}

function makeError({ rule, table, columns, name }: BrokenRule, cause: unknown): Error {
  if (rule === 'null') return databaseErrors.DATABASE_NULL({ table, columns }, { cause })
  if (rule === 'check') return databaseErrors.DATABASE_CHECK({ table, rule: name ?? columns.join(', ') }, { cause })
  const outcome = rule === 'length' ? toTooLong(columns) : new Conflict(rule === 'unique' ? toTaken(columns) : LOOSE)
  // As `new Error(…, { cause })` has it: whoever writes the outcome down does not write what led to it.
  Object.defineProperty(outcome, 'cause', { value: cause })
  return outcome
}

const LOOSE = 'This refers to something that is not there, or is still referred to.'

/** Of the whole, where the database does not tell of which column. */
const toTooLong = (columns: readonly string[]): Invalid =>
  new Invalid(Object.fromEntries((columns.length > 0 ? columns : ['']).map((name) => [name, 'This is too long.'])))

const toTaken = (columns: readonly string[]): string =>
  columns.length === 0 ? 'There is one like this already.' : `There is one with this ${columns.join(' and ')} already.`
