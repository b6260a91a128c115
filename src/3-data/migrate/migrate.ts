// `migrate()` and `rollback()`: the files of an app on its database, each in one transaction with its row in the ledger.
import { alone } from './alone.ts'
import { applySteps } from './apply.ts'
import { diff } from './diff.ts'
import { migrationErrors } from './errors.ts'
import { inOrder, type MigrationFile } from './file.ts'
import { type Applied, addToLedger, readLedger, removeFromLedger } from './ledger.ts'
import { type AnyDatabase, areFree, type Run, runSteps } from './run.ts'
import { emptyShape, type Shape } from './shape.ts'
import { type Allowed, compare, findProblem, type MigrationStatus } from './status.ts'
import { drawStep } from './step.ts'

/** How it is migrated, and what one wants to hear of. */
export interface MigrateOptions extends Allowed {
  /** Is called when a migration is applied, and committed. */
  readonly onApplied?: (name: string) => void
}

/** How much is taken back. */
export interface RollbackOptions {
  /** How many migrations, from the last one. Default: 1. */
  readonly count?: number
  /** Is called when a migration is taken back, and committed. */
  readonly onTakenBack?: (name: string) => void
}

/**
 * Applies what is pending, in order. Processes that do so at once wait for each other, and apply each file once; one that
 * is killed leaves the files that it has done, and nothing of the others.
 *
 * @returns the names of what it has applied
 * @throws MIGRATION_CHANGED, MIGRATION_MISSING, MIGRATION_OUT_OF_ORDER, MIGRATION_FAILED,
 * MIGRATION_ROWS_REFER_TO_NOTHING, and what is wrong with the steps of any file, before the first is applied
 */
export async function migrate(
  db: AnyDatabase,
  files: readonly MigrationFile[],
  { onApplied, takesLater = false }: MigrateOptions = {},
): Promise<readonly string[]> {
  const moments = toMoments(files)
  const findNext = (ledger: readonly Applied[]): Moment | undefined => {
    const pending = checked(compare(files, ledger), { takesLater }).find(({ state }) => state === 'pending')
    return moments.find(({ file }) => file.name === pending?.name)
  }
  const applied: string[] = []
  for (let next = findNext(await readLedger(db)); next; next = findNext(await readLedger(db))) {
    const { file, before } = next
    const run: Run = { file: file.name, way: 'up', steps: file.migration.steps('up'), before }
    const isDone = await runAlone(db, run, {
      isDue: (ledger) => findNext(ledger)?.file === file,
      note: (own) => addToLedger(own, file),
    })
    if (!isDone) continue
    applied.push(file.name)
    onApplied?.(file.name)
  }
  return applied
}

/**
 * Takes the last migrations back.
 *
 * @returns the names of what it has taken back, the last one first
 * @throws as `migrate()`, and MIGRATION_NO_WAY_BACK
 */
export async function rollback(
  db: AnyDatabase,
  files: readonly MigrationFile[],
  { count = 1, onTakenBack }: RollbackOptions = {},
): Promise<readonly string[]> {
  const moments = toMoments(files)
  const findLast = (ledger: readonly Applied[]): Moment | undefined => {
    const last = checked(compare(files, ledger)).findLast(({ state }) => state === 'applied')
    return moments.find(({ file }) => file.name === last?.name)
  }
  const taken: string[] = []
  while (taken.length < count) {
    const last = findLast(await readLedger(db))
    if (!last) break
    const { name } = last.file
    const isDone = await runAlone(db, toWayBack(last), {
      isDue: (ledger) => findLast(ledger)?.file === last.file,
      note: (own) => removeFromLedger(own, name),
    })
    if (!isDone) continue
    taken.push(name)
    onTakenBack?.(name)
  }
  return taken
}

/** A file, and what the database is like before and after it. */
interface Moment {
  readonly file: MigrationFile
  readonly before: Shape
  readonly after: Shape
}

function toMoments(files: readonly MigrationFile[]): readonly Moment[] {
  let shape = emptyShape
  return inOrder(files).map((file): Moment => {
    const before = shape
    shape = applySteps(file.migration.steps('up'), before, file.name)
    return { file, before, after: shape }
  })
}

function checked(statuses: readonly MigrationStatus[], allowed?: Allowed): readonly MigrationStatus[] {
  const problem = findProblem(statuses, allowed)
  if (problem) throw problem
  return statuses
}

/** What leads elsewhere would leave a database that no file describes. @throws MIGRATION_NO_WAY_BACK */
function toWayBack({ file: { name, migration }, before, after }: Moment): Run {
  const steps = migration.steps('down')
  const [left] = diff(applySteps(steps, after, name), before)
  if (left) throw migrationErrors.MIGRATION_NO_WAY_BACK({ file: name, step: drawStep(left) })
  return { file: name, way: 'down', steps, before: after }
}

interface Turn {
  /** Whether it is still to be done, now that nobody else can. */
  readonly isDue: (ledger: readonly Applied[]) => boolean
  readonly note: (db: AnyDatabase) => Promise<void>
}

/** Runs a file in one transaction with its note, while no other process migrates; false where another one has done it. */
async function runAlone(db: AnyDatabase, run: Run, { isDue, note }: Turn): Promise<boolean> {
  return await alone(db, { isFree: areFree(run.steps) }, async (own) => {
    if (!isDue(await readLedger(own))) return false
    await runSteps(own, run)
    await note(own)
    return true
  })
}
