// `generate`: the migration of what changed in the entities since the last one.
import type { Model } from '../model.ts'
import { diff } from './diff.ts'
import { migrationErrors } from './errors.ts'
import { type NamedMigration, numberOf, shapeOfFiles } from './file.ts'
import { lossesOf } from './losses.ts'
import { type Ask, findRenames, renameAll, takeBack } from './rename.ts'
import { pairsOf, type Shape, shapeOf } from './shape.ts'
import type { Step } from './step.ts'
import { migrationText, type Ways } from './text.ts'

/** What a new file is to be. */
export interface Generated extends Ways {
  readonly name: string
  readonly text: string
}

/** How `generate` is answered, and what its file is called. */
export interface GenerateOptions {
  readonly ask: Ask
  /** What the file does, in a few words. Default: said from its first step. */
  readonly title?: string
}

/**
 * The migration of what the entities have and the migrations do not make yet; undefined where that is nothing.
 *
 * @throws MIGRATION_REFUSED where data would be lost and the answer is no, what `ask` throws, and what is wrong with files
 */
export async function generate(
  model: Model,
  files: readonly NamedMigration[],
  { ask, title }: GenerateOptions,
): Promise<Generated | undefined> {
  const [before, after] = [shapeOfFiles(files), shapeOf(model)]
  const ways = await findWays(before, after, ask)
  if (ways.up.length === 0) return undefined
  await askForLosses(ways.up, before, ask)
  return { ...ways, name: nameOf(files, title ?? titleOf(ways.up)), text: migrationText(ways) }
}

/** The steps from one shape to another and back. */
export async function findWays(before: Shape, after: Shape, ask: Ask): Promise<Ways> {
  const renames = await findRenames(before, after, ask)
  const back = takeBack(renames)
  return {
    up: [...renames, ...diff(renameAll(before, renames), after)],
    before,
    down: [...back, ...diff(renameAll(after, back), before)],
    after,
  }
}

async function askForLosses(steps: readonly Step[], before: Shape, ask: Ask): Promise<void> {
  for (const lost of lossesOf(steps, before, 'the new migration')) {
    const question = `This loses ${lost}. Go on?`
    if (!(await ask({ kind: 'loss', text: question, option: '--accept-loss' })))
      throw migrationErrors.MIGRATION_REFUSED({ question })
  }
}

/** The number behind the last one, and the words. */
export function nameOf(files: readonly NamedMigration[], title: string): string {
  const last = Math.max(0, ...files.map(({ name }) => numberOf(name)))
  const words = title.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2')
  return `${String(last + 1).padStart(4, '0')}_${words.toLowerCase().slice(0, 60)}.ts`
}

/** The first step is what others follow from. */
function titleOf([step]: readonly Step[]): string {
  if (!step || step.kind === 'data') return 'data'
  if (step.kind === 'createTable') {
    return pairsOf(step.table, step.shape) ? `join_${step.table}` : `create_${step.table}`
  }
  const [verb = ''] = step.kind.split(/(?=[A-Z])/)
  const what = 'column' in step ? `_${step.column}` : 'columns' in step ? `_${step.columns.join('_')}` : ''
  return `${verb}_${step.table}${what}`
}
