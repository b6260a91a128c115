// `layer9 db generate`: writes the migration of what changed in the entities.
import { type Answers, createAnswerer, findSomebody } from '../../data/ask.ts'
import { errors } from '../../data/errors.ts'
import { withData } from '../../data/open-data.ts'
import { makeMigration, writeMigration } from '../../data/write-migration.ts'

/** What the command line says. */
export interface GenerateGiven extends Answers {
  readonly root: string
  readonly json: boolean
  /** What the migration does, in a few words. */
  readonly name?: string | undefined
}

/**
 * Runs the command and gives its exit code.
 *
 * @throws QUESTION_WITHOUT_TERMINAL, RENAME_UNKNOWN, MIGRATION_REFUSED, and what loading the database throws
 */
export async function runGenerate({ root: given, json, name, ...answers }: GenerateGiven): Promise<number> {
  const { ask, refuseUnasked } = createAnswerer(answers, findSomebody(json))
  return await withData(given, async ({ root, data, fromSources }) => {
    if (!fromSources) throw errors.DATA_SOURCES_MISSING({ command: 'db generate' })
    const made = await makeMigration(data, { ask, title: name })
    refuseUnasked()
    const file = made && (await writeMigration(root, made))
    if (json) console.log(JSON.stringify({ file: file ?? null, steps: made?.up ?? [] }, undefined, 2))
    else if (file === undefined) console.log('Nothing to write: the migrations make what the entities ask for.')
    else console.log(`Wrote ${file}\nRead it, then run \`layer9 db migrate\`.`)
    return 0
  })
}
