// What whoever keeps results is given: what was read, whether it is still so, and word of every write.
import { coreOf } from '../kysely.ts'
import type { Changes, WriteListener } from './changes.ts'
import { checkTable } from './reach.ts'
import { RowSet } from './row-set.ts'

/** A result, and what it was made of. */
export interface Followed<Value> {
  readonly value: Value
  /** What was read. */
  readonly reads: RowSet
  /**
   * Whether nothing of that was written since before it was read: then the result may be kept, and used while it is so.
   * Never where a transaction was read in that had begun before, or had written: what it sees nobody else does.
   */
  isCurrent(): boolean
}

/**
 * Runs something and tells what it has read of a database, by whatever functions.
 *
 * @example
 * const { value, isCurrent } = await followReads(db, async () => await db.selectFrom('posts').selectAll().execute())
 * if (isCurrent()) console.log(value)
 */
export async function followReads<Value>(db: object, run: () => Promise<Value>): Promise<Followed<Value>> {
  const changes = changesOf(db)
  // Inside a transaction nothing that is read may be kept, and one that writes has the only turn to do so.
  if (!coreOf(db).current?.depth) await changes.open()
  return await changes.gather(async (reading) => {
    let since = changes.versions.now
    const value = await run()
    const isCurrent = (): boolean => {
      // Looked at before: what is committed while it is asked comes after.
      const { now } = changes.versions
      if (!reading.isSettled || changes.hasMoved(reading.rows, since)) return false
      since = Math.max(since, now)
      return true
    }
    return { value, reads: reading.rows, isCurrent }
  })
}

/**
 * Calls a function for each commit that writes, of this process and of all others, in the order of commits. Gives the
 * function that ends it.
 *
 * @example
 * const stop = await onWrites(db, (rows) => console.log(rows.tables))
 * stop()
 */
export async function onWrites(db: object, listener: WriteListener): Promise<() => void> {
  const changes = changesOf(db)
  await changes.open()
  return changes.listen(listener)
}

/**
 * The versions of tables: one that is equal to an earlier one says that nothing was written in between. They are of one
 * process; those of another are others.
 *
 * @throws DATA_TABLE_UNKNOWN
 * @example
 * const { posts } = await versionsOf(db, ['posts'])
 */
export async function versionsOf(db: object, tables: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const changes = changesOf(db)
  for (const table of tables) checkTable(table, changes.reach.names)
  await changes.open()
  return Object.fromEntries(tables.map((table) => [table, changes.versions.of(table)]))
}

/**
 * Tells of what others have written to tables: programs that do not use `db`. Inside a transaction it is told with that.
 *
 * @throws DATA_TABLE_UNKNOWN
 * @example
 * await touch(db, ['posts'])
 */
export async function touch(db: object, tables: readonly string[]): Promise<void> {
  const core = coreOf(db)
  const { reach } = changesOf(db)
  const rows = new RowSet()
  for (const table of tables) {
    checkTable(table, reach.names)
    for (const one of [table, ...reach.writtenBy(table)]) rows.addTable(one)
  }
  await core.write(rows)
}

function changesOf(db: object): Changes {
  const { changes } = coreOf(db)
  if (!changes) throw new TypeError('This is no database that database() made.')
  return changes
}
