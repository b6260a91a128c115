// `layer9 db reset`: the database as if it were new.
import { confirm, findSomebody } from '../../data/ask.ts'
import { errors } from '../../data/errors.ts'
import { withData } from '../../data/open-data.ts'
import type { DbGiven } from './migrate.ts'

/** Runs the command and gives its exit code. @throws RESET_IN_PRODUCTION, QUESTION_WITHOUT_TERMINAL, what migrations and the seed throw */
export async function runReset({ root, json, yes }: DbGiven & { yes: boolean }): Promise<number> {
  return await withData(root, async ({ data }) => {
    if (!yes && process.env['NODE_ENV'] === 'production') throw errors.RESET_IN_PRODUCTION()
    const question = 'This deletes everything that the database holds. Go on?'
    if (!yes && !(await confirm(question, '--yes', findSomebody(json)))) {
      console.log('Nothing was deleted.')
      return 1
    }
    const applied = await data.reset()
    if (data.hasSeed) await data.seed()
    const words = [
      'Deleted everything',
      ...applied.map((name) => `Applied ${name}`),
      ...(data.hasSeed ? ['Seeded by app/data/seed.ts'] : []),
    ]
    console.log(json ? JSON.stringify({ applied, seeded: data.hasSeed }, undefined, 2) : words.join('\n'))
    return 0
  })
}
