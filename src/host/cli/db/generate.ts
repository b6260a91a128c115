// `layer9 db generate`: writes the migration of what changed in the entities.
import { type Answers, createAnswerer, findSomebody } from '../../data/ask.ts'
import { errors } from '../../data/errors.ts'
import { withData } from '../../data/open-data.ts'
import { makeMigration, makeNotifyMigration, writeMigration } from '../../data/write-migration.ts'

/** What the command line says. */
export interface GenerateGiven extends Answers {
  readonly root: string
  readonly json: boolean
  /** What the migration does, in a few words. */
  readonly name?: string | undefined
  /** Write the one by which Postgres tells of what other programs write. */
  readonly notify?: boolean
}

/**
 * Runs the command and gives its exit code.
 *
 * @throws QUESTION_WITHOUT_TERMINAL, RENAME_UNKNOWN, MIGRATION_REFUSED, NOTIFY_TOO_EARLY, and what loading the database throws
 */
export async function runGenerate({ root: given, json, name, notify, ...answers }: GenerateGiven): Promise<number> {
  const { ask, refuseUnasked } = createAnswerer(answers, findSomebody(json))
  return await withData(given, async ({ root, data, fromSources }) => {
    if (!fromSources) throw errors.DATA_SOURCES_MISSING({ command: 'db generate' })
    const made = notify ? await makeNotifyMigration(data) : await makeMigration(data, { ask, title: name })
    refuseUnasked()
    const file = made && (await writeMigration(root, made))
    const steps = made && 'up' in made ? made.up : []
    if (json) console.log(JSON.stringify({ file: file ?? null, steps }, undefined, 2))
    else if (file === undefined) console.log('Nothing to write: the migrations make what the entities ask for.')
    else console.log(`Wrote ${file}\nRead it, then run \`layer9 db migrate\`.`)
    return 0
  })
}
