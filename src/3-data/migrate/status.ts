// Which migrations a database has, and what is wrong with them.
import type { Layer9Error } from '../../1-contracts/index.ts'
import { migrationErrors } from './errors.ts'
import { inOrder, type MigrationFile } from './file.ts'
import { type Applied, readLedger } from './ledger.ts'
import type { AnyDatabase } from './run.ts'

/**
 * How a migration stands: the database has it (`applied`) or not yet (`pending`); its file was changed after it was applied
 * (`changed`), is gone (`missing`), or comes before one that is applied (`out-of-order`).
 */
export type MigrationState = 'applied' | 'pending' | 'changed' | 'missing' | 'out-of-order'

/** A migration, of the folder or of the database. */
export interface MigrationStatus {
  readonly name: string
  readonly state: MigrationState
  readonly appliedAt?: Date
}

/** How the migrations of a database stand, in their order. It changes nothing, and makes no file. */
export async function migrationStatus(
  db: AnyDatabase,
  files: readonly MigrationFile[],
): Promise<readonly MigrationStatus[]> {
  return compare(files, await readLedger(db))
}

/** What the files say beside what the database remembers. */
export function compare(files: readonly MigrationFile[], ledger: readonly Applied[]): readonly MigrationStatus[] {
  const applied = new Map(ledger.map((one) => [one.name, one]))
  const known = new Map(files.map((file) => [file.name, file]))
  const all = inOrder([...new Set([...known.keys(), ...applied.keys()])].map((name) => ({ name })))
  const last = all.findLastIndex(({ name }) => applied.has(name))
  return all.map(({ name }, index): MigrationStatus => {
    const [file, row] = [known.get(name), applied.get(name)]
    if (!row) return { name, state: index < last ? 'out-of-order' : 'pending' }
    const state = !file ? 'missing' : file.checksum === row.checksum ? 'applied' : 'changed'
    return { name, state, appliedAt: row.appliedAt }
  })
}

/** Which faults are none. */
export interface Allowed {
  /**
   * Whether the database may have later migrations than there are files, as it has for a build of before that is deployed
   * again. Default: false, for beside sources a file that is gone is a mistake.
   */
  readonly takesLater?: boolean
}

/** The first thing that has to be put right before anything is migrated. */
export function findProblem(
  statuses: readonly MigrationStatus[],
  { takesLater = false }: Allowed = {},
): Layer9Error | undefined {
  const last = takesLater ? statuses.findLastIndex(({ state }) => state !== 'missing') : statuses.length - 1
  const wrong = statuses.find(({ state }, index) => index <= last && state !== 'applied' && state !== 'pending')
  if (!wrong) return undefined
  const { name: file, state } = wrong
  if (state === 'changed') return migrationErrors.MIGRATION_CHANGED({ file })
  if (state === 'missing') return migrationErrors.MIGRATION_MISSING({ file })
  const after = statuses.findLast(({ appliedAt }) => appliedAt !== undefined)!.name
  return migrationErrors.MIGRATION_OUT_OF_ORDER({ file, after })
}

/**
 * Nothing, where a database has all migrations and they are as they were. It may have later ones: the version of before is
 * started again while the next one is rolled out.
 *
 * @throws MIGRATION_PENDING, MIGRATION_CHANGED, MIGRATION_MISSING, MIGRATION_OUT_OF_ORDER
 */
export async function assertMigrated(db: AnyDatabase, files: readonly MigrationFile[]): Promise<void> {
  const statuses = await migrationStatus(db, files)
  const problem = findProblem(statuses, { takesLater: true })
  if (problem) throw problem
  const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name)
  if (pending.length > 0) throw migrationErrors.MIGRATION_PENDING({ files: pending })
}
