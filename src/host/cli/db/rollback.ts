// `layer9 db rollback`: takes the last migration back.
import { confirm, findSomebody } from '../../data/ask.ts'
import { withData } from '../../data/open-data.ts'
import type { DbGiven } from './migrate.ts'

/** Runs the command and gives its exit code. @throws QUESTION_WITHOUT_TERMINAL, what migrations throw, and loading the database */
export async function runRollback({ root, json, acceptLoss }: DbGiven & { acceptLoss: boolean }): Promise<number> {
  return await withData(root, async ({ data }) => {
    for (const lost of acceptLoss ? [] : await data.lostByRollback()) {
      if (await confirm(`This loses ${lost}. Go on?`, '--accept-loss', findSomebody(json))) continue
      console.log('Nothing was taken back.')
      return 1
    }
    const name = await data.rollback()
    if (json) console.log(JSON.stringify({ takenBack: name ?? null }, undefined, 2))
    else console.log(name === undefined ? 'Nothing to take back: no migration is applied.' : `Took back ${name}`)
    return 0
  })
}
