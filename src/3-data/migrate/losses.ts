// What several steps lose: those of a new migration, and those that take one back.
import { applySteps } from './apply.ts'
import { inOrder, type MigrationFile, shapeOfFiles } from './file.ts'
import { lossOf } from './loss.ts'
import type { AnyDatabase } from './run.ts'
import type { Shape } from './shape.ts'
import { migrationStatus } from './status.ts'
import type { Step } from './step.ts'

/** What steps lose, one after the other, each as the object of "loses". */
export function* lossesOf(steps: readonly Step[], before: Shape, file: string): Generator<string> {
  let shape = before
  for (const step of steps) {
    const lost = lossOf(step, shape)
    shape = applySteps([step], shape, file)
    if (lost !== undefined) yield lost
  }
}

/** What is lost when the last migration is taken back; nothing where none is applied. */
export async function lostByRollback(db: AnyDatabase, files: readonly MigrationFile[]): Promise<readonly string[]> {
  const last = (await migrationStatus(db, files)).findLast(({ state }) => state === 'applied')
  const sorted = inOrder(files)
  const at = sorted.findIndex(({ name }) => name === last?.name)
  const file = sorted[at]
  if (!file) return []
  const after = shapeOfFiles(sorted.slice(0, at + 1))
  return Array.from(lossesOf(file.migration.steps('down'), after, file.name))
}
