// One transaction that changes the tables of a database while no other process does.
import { Layer9Error } from '../../1-contracts/index.ts'
import { lock } from './ledger.ts'
import { type AnyDatabase, withoutReferences } from './run.ts'

/** Milliseconds to wait for who writes to a SQLite file: another process may migrate for minutes. */
const PATIENCE = 600_000

/**
 * Runs something in a transaction, behind those of other processes. `isFree` where tables are made anew: their references
 * are not looked at meanwhile.
 */
export async function alone<Value>(
  db: AnyDatabase,
  { isFree }: { isFree: boolean },
  work: (own: AnyDatabase) => Promise<Value>,
): Promise<Value> {
  return await untilFree(() =>
    withoutReferences(db, isFree, (own) => {
      // What others have committed is seen behind the lock, whatever level the server begins with.
      const transaction = own.transaction().setIsolationLevel('read committed')
      return transaction.execute(async () => {
        await lock(own)
        return await work(own)
      })
    }),
  )
}

async function untilFree<Value>(work: () => Promise<Value>): Promise<Value> {
  const end = performance.now() + PATIENCE
  while (true) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof Layer9Error && error.code === 'DATABASE_BUSY'
      if (!isBusy || performance.now() >= end) throw error
    }
  }
}
