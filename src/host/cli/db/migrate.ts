// `layer9 db migrate`: applies what is pending.
import type { AppData } from '../../data/app-data.ts'
import { withData } from '../../data/open-data.ts'

/** What every command of a database is given. */
export interface DbGiven {
  readonly root: string
  readonly json: boolean
}

/** Says what is easily forgotten: a migration that is not written yet is not pending. */
export async function hintAtEntities(data: AppData): Promise<void> {
  if (await data.isUnwritten())
    console.log('The entities have what no migration makes yet. `layer9 db generate` writes one.')
}

/** Runs the command and gives its exit code. @throws what migrations throw, and loading the database */
export async function runMigrate({ root, json }: DbGiven): Promise<number> {
  return await withData(root, async ({ data, fromSources }) => {
    const say = (name: string): void => console.log(`Applied ${name}`)
    const applied = await data.migrate({ takesLater: !fromSources, ...(!json && { onApplied: say }) })
    if (json) console.log(JSON.stringify({ applied }, undefined, 2))
    else if (applied.length === 0) console.log('Nothing to apply: the database has all migrations.')
    if (!json) await hintAtEntities(data)
    return 0
  })
}
