// Migrations with rows, for processes that are killed while they run: whatever is done twice or by half can be seen.
import { id, integer, text } from '../../src/1-contracts/index.ts'
import { checksumOf } from '../../src/3-data/migrate/checksum.ts'
import type { MigrationFile } from '../../src/3-data/migrate/file.ts'
import { migration } from '../../src/3-data/migrate/migration.ts'
import type { DataRun } from '../../src/3-data/migrate/step.ts'

/** How many rows each file writes before and after it says that it is half done. */
export const HALF = 50

/** What a file does when it is half done. */
export type AtHalf = (name: string, db: Parameters<DataRun>[0]) => unknown

/**
 * Eight files. Each writes rows that name it, says that it is half done, gives `users` one column more (SQLite makes the
 * table anew for it), and writes rows again.
 */
export function createFiles(atHalf: AtHalf): readonly MigrationFile[] {
  return [1, 2, 3, 4, 5, 6, 7, 8].map((number): MigrationFile => {
    const name = `000${number}_step.ts`
    const write: DataRun = async (db) => {
      for (let count = 0; count < HALF; count++) {
        await db.insertInto('log').values({ file: name }).execute()
        await db.insertInto('users').values({ name }).execute()
      }
    }
    const up = migration({
      up: (change) => {
        if (number === 1) change.createTable('log', { id: id(), file: text() })
        if (number === 1) change.createTable('users', { id: id(), name: text() })
        change.data(write)
        change.data(async (db) => await atHalf(name, db))
        change.addColumn('users', `size${number}`, integer().default(number))
        change.data(write)
      },
      down: () => {},
    })
    return { name, checksum: checksumOf(name), migration: up }
  })
}
