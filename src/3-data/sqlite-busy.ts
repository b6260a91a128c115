// Another process that writes to the same file: what it stands in the way of is tried again, with the event loop free
// in between. SQLite's own busy timeout would block it.
import { setTimeout } from 'node:timers/promises'
import { databaseErrors } from './errors.ts'

/** The primary code SQLITE_BUSY; extended ones (recovery, snapshot) have it in their low byte. */
const BUSY = 5

/** The pause after the first try, and the longest one, in milliseconds. */
const SHORTEST = 1
const LONGEST = 40

/** The code of an error of SQLite, without what extends it; undefined for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}

/**
 * Does something again as long as another process is in its way.
 *
 * @throws Layer9Error DATABASE_BUSY after `timeout` milliseconds
 */
export async function patiently<Value>(work: () => Value, timeout: number): Promise<Value> {
  const end = performance.now() + timeout
  for (let pause = SHORTEST; ; pause = Math.min(pause * 2, LONGEST)) {
    try {
      return work()
    } catch (error) {
      if (sqliteCode(error) !== BUSY) throw error
      if (performance.now() >= end) {
        throw databaseErrors.DATABASE_BUSY(
          { seconds: timeout / 1000, what: 'another process writes' },
          { cause: error },
        )
      }
      // Different pauses for processes that met once, so that they do not meet for ever.
      await setTimeout(pause * (0.5 + Math.random()))
    }
  }
}
