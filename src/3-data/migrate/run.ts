// The steps of one migration on a database, in one transaction: all of them, or none.
import { sql } from 'kysely'
import { Layer9Error } from '../../1-contracts/index.ts'
import { type BrokenRule, findBrokenRule } from '../constraints.ts'
import { Converter } from '../convert.ts'
import type { Database } from '../kysely.ts'
import { isSearchTrigger } from '../search-index.ts'
import { applySteps } from './apply.ts'
import { migrationErrors } from './errors.ts'
import { plan } from './plan.ts'
import { type Shape, toModel } from './shape.ts'
import type { Step } from './step.ts'

/** A database, whatever tables it has. */
// biome-ignore lint/suspicious/noExplicitAny: tables come and go, so they have no type
export type AnyDatabase = Database<any>

/** What is done in one transaction. */
export interface Run {
  readonly file: string
  readonly way: 'up' | 'down'
  readonly steps: readonly Step[]
  /** What the database is like before. */
  readonly before: Shape
}

/** Whether tables may be made anew. Steps of the user's own alone meet references as they always are. */
export const areFree = (steps: readonly Step[]): boolean => steps.some(({ kind }) => kind !== 'data')

/**
 * Uses one connection, on which a table can be made anew if it is to be free: on SQLite foreign keys are off, which cannot
 * be said inside of a transaction.
 */
export async function withoutReferences<Value>(
  db: AnyDatabase,
  isFree: boolean,
  use: (db: AnyDatabase) => Promise<Value>,
): Promise<Value> {
  const isOff = isFree && db.dialect === 'sqlite'
  return await db.connection().execute(async (own) => {
    // `connection()` gives what it was called on, on one connection.
    const held = own as AnyDatabase
    if (!isOff) return await use(held)
    await ask(held, 'pragma foreign_keys = off')
    try {
      return await use(held)
    } finally {
      await ask(held, 'pragma foreign_keys = on')
    }
  })
}

/**
 * Does the steps, inside a transaction that is there.
 *
 * @throws MIGRATION_FAILED, MIGRATION_ROWS_REFER_TO_NOTHING, and what is wrong with the steps
 */
export async function runSteps(db: AnyDatabase, { file, way, steps, before }: Run): Promise<Shape> {
  const after = applySteps(steps, before, file)
  const triggers = db.dialect === 'sqlite' ? await readTriggers(db) : []
  let statement = ''
  try {
    for (const action of plan(steps, before, db.dialect)) {
      if ('sql' in action) {
        statement = action.sql
        await execute(db, action.sql)
        continue
      }
      statement = 'change.data(…)'
      await action.run(typed(db, action.shape))
    }
    for (const trigger of await missingTriggers(db, triggers, after)) {
      statement = trigger.sql
      await execute(db, trigger.sql)
    }
  } catch (error) {
    throw toFailure(error, { file, way, statement })
  }
  if (db.dialect === 'sqlite') await checkReferences(db, file)
  return after
}

interface Trigger {
  readonly name: string
  readonly table: string
  readonly sql: string
}

/** Triggers that somebody has made: they go with a table that is made anew, and are put back on it. */
async function readTriggers(db: AnyDatabase): Promise<readonly Trigger[]> {
  const query = `select name, tbl_name as "table", sql from sqlite_schema where type = 'trigger'`
  const triggers = (await ask(db, query)) as readonly Trigger[]
  return triggers.filter(({ name }) => !isSearchTrigger(name))
}

async function missingTriggers(db: AnyDatabase, before: readonly Trigger[], after: Shape): Promise<readonly Trigger[]> {
  if (before.length === 0) return []
  const names = (await readTriggers(db)).map(({ name }) => name)
  return before.filter(({ name, table }) => !names.includes(name) && after.has(table))
}

/** One statement without values. */
export async function execute(db: AnyDatabase, statement: string): Promise<readonly unknown[]> {
  return (await sql.raw(statement).execute(db.withoutPlugins())).rows
}

/** The same of one that changes nothing. Everybody who follows tables would take it for more. */
export async function ask(db: AnyDatabase, statement: string): Promise<readonly unknown[]> {
  return (await sql.raw(statement).execute(db.withoutPlugins().raw({}))).rows
}

/** A migration need not say what its SQL reads and writes: it may be anything, and counts as that. */
class MigrationConverter extends Converter {
  protected override hint(): void {}
}

/** The database with values as the columns of that moment have them, and not as the entities of now say. */
function typed(db: AnyDatabase, shape: Shape): AnyDatabase {
  const model = toModel(shape, db.dialect)
  return db.withConverter(new MigrationConverter(model, db.dialect))
}

function toFailure(error: unknown, at: { file: string; way: 'up' | 'down'; statement: string }): unknown {
  if (error instanceof Layer9Error && error.code.startsWith('MIGRATION_')) return error
  const rule = findBrokenRule(error)
  const to = / references "([^"]+)"/.exec(at.statement)?.[1]
  if (rule?.rule === 'reference' && to !== undefined)
    return migrationErrors.MIGRATION_ROWS_REFER_TO_NOTHING({ file: at.file, table: rule.table, to }, { cause: error })
  return migrationErrors.MIGRATION_FAILED({ ...at, reason: toReason(error, rule) }, { cause: error })
}

/** What a visitor is told of a broken rule names no table, and a table that is made anew has another name meanwhile. */
function toReason(error: unknown, rule: BrokenRule | undefined): string {
  const message = error instanceof Error ? error.message : String(error)
  if (!rule) return message
  const table = rule.table.replace(/__new$/, '')
  if (rule.rule === 'length') return `A text is too long for an index${table && `, in "${table}"`}`
  if (rule.rule === 'unique') return `${message.replace(/\.$/, '')}, in "${table}"`
  return message.replace(`"${rule.table}"`, `"${table}"`)
}

/** What was not looked at while foreign keys were off. */
async function checkReferences(db: AnyDatabase, file: string): Promise<void> {
  const [row] = (await ask(db, 'pragma foreign_key_check')) as { table: string; parent: string }[]
  if (row) throw migrationErrors.MIGRATION_ROWS_REFER_TO_NOTHING({ file, table: row.table, to: row.parent })
}
