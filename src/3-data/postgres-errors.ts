// What Postgres says of a failed statement, read by its code: https://www.postgresql.org/docs/current/errcodes-appendix.html
import type { CompiledQuery } from 'kysely'
import { type BrokenRule, toRuleError } from './constraints.ts'
import { TRANSACTION_IDLE } from './engine.ts'
import { databaseErrors, quoteStatement } from './errors.ts'
import { writtenTable } from './written-table.ts'

/** The fields of an error of Postgres that are read here. */
interface PostgresError extends Error {
  readonly code?: string
  readonly detail?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  /** The function of the server that found it. */
  readonly routine?: string
}

/** Looks up the columns of a rule by its name. */
export type FindColumns = (table: string, rule: string) => Promise<readonly string[]>

/** What is needed to explain an error. */
interface Explanation {
  /** The connection it failed on, where it was held. */
  readonly client?: object
  readonly query: CompiledQuery
  readonly statementTimeout: number
  readonly findColumns: FindColumns
}

const LOST = new Set(['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED', 'ECONNABORTED'])

/** What ended connections of which nothing was asked at that time: who asks next only hears from pg that they are gone. */
const ends = new WeakMap<object, PostgresError>()

/** Notes what ends a connection while nothing is asked of it, so that `explain` can tell. */
export function noteEnd(client: { on(event: 'error', hear: (error: Error) => void): unknown }): void {
  client.on('error', (error) => {
    // Behind the cause pg tells that the connection was terminated.
    if (!ends.has(client)) ends.set(client, error)
  })
}

/** Whether the connection broke: nothing is known of what was sent last. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, message } = error as PostgresError
  // Class 08 is "connection exception"; pg's own errors have no code.
  return LOST.has(code ?? '') || /^08/.test(code ?? '') || /Connection terminated|not queryable/.test(message)
}

/** Whether a transaction was ended because it clashed with another one: 40001 or 40P01, here or in what led to it. */
export function isClash(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as PostgresError
  return code === '40001' || code === '40P01' || isClash(error.cause)
}

/** What is no value of its type, or out of its range: 22P02, 22003, 22007, 22008. */
export function isBadValue(error: unknown): boolean {
  return error instanceof Error && /^22(?:P02|00[378])$/.test((error as PostgresError).code ?? '')
}

/** The error that a failed statement throws: one of ours where there is one that says more. */
export async function explain(error: unknown, explanation: Explanation): Promise<unknown> {
  if (!(error instanceof Error)) return error
  // It has values of rows. Whoever reads the error may ask for it; it is not written with all else of the error.
  if ('detail' in error) Object.defineProperty(error, 'detail', { enumerable: false })
  const { query, statementTimeout, client } = explanation
  const statement = quoteStatement(query.sql)
  // "idle_in_transaction_session_timeout".
  if (client && ends.get(client)?.code === '25P03')
    return databaseErrors.DATABASE_TRANSACTION_IDLE({ seconds: TRANSACTION_IDLE / 1000 }, { cause: error })
  if (isLost(error)) return databaseErrors.DATABASE_CONNECTION_LOST({ statement }, { cause: error })
  const { code } = error as PostgresError
  if (code === '57014') {
    return databaseErrors.DATABASE_TIMEOUT({ seconds: statementTimeout / 1000, statement }, { cause: error })
  }
  // "undefined_table" and "undefined_column".
  if (code === '42P01' || code === '42703')
    return databaseErrors.DATABASE_LACKS({ reason: error.message }, { cause: error })
  if (code === '25006') return databaseErrors.DATABASE_READ_ONLY({ statement }, { cause: error })
  const rule = await readRule(error, explanation)
  return rule ? toRuleError(rule, error) : error
}

/**
 * Both refuse what is longer than an entry of an index may be, once compressed: 2,704 bytes, and 8,191, of which the server
 * does not tell where that was.
 */
const INDEXING = new Set(['_bt_check_third_page', 'index_form_tuple_context'])

async function readRule(error: PostgresError, { query, findColumns }: Explanation): Promise<BrokenRule | undefined> {
  const { code, table = '', column, constraint: name = '' } = error
  if (code === '23502') return { rule: 'null', table, columns: column ? [column] : [] }
  if (code === '23514') return { rule: 'check', table, columns: [], name }
  if (code === '54000' && INDEXING.has(error.routine ?? ''))
    return {
      rule: 'length',
      table: table || (writtenTable(query.query) ?? ''),
      columns: name ? await findColumns(table, name) : [],
      name,
    }
  if (code === '23505') return { rule: 'unique', table, columns: columnsOf(error), name }
  if (code !== '23503') return undefined
  // Of a row that is still referred to the detail names the columns of that row, not those that refer.
  const isOwn = writtenTable(query.query) === table && query.query.kind !== 'DeleteQueryNode'
  return { rule: 'reference', table, columns: isOwn ? columnsOf(error) : await findColumns(table, name), name }
}

/**
 * The columns in a detail such as `Key (email, "teamId")=(a, b) already exists.`, which may be in any language. None
 * where it is about expressions.
 */
function columnsOf({ detail = '' }: PostgresError): string[] {
  const [, list = ''] = /\((.+?)\)=\(/.exec(detail) ?? []
  const columns = list.split(', ').map((name) => name.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'))
  return columns.every((name) => /^\w+$/.test(name)) ? columns : []
}
