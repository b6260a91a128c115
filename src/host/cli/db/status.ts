// `layer9 db status`: which migrations the database has.
import { withData } from '../../data/open-data.ts'
import { drawTable } from '../table.ts'
import { type DbGiven, hintAtEntities } from './migrate.ts'

/** Runs the command and gives its exit code: 1 where anything is not applied as it is. */
export async function runStatus({ root, json }: DbGiven): Promise<number> {
  return await withData(root, async ({ data }) => {
    const migrations = await data.status()
    const rows = migrations.map(({ name, state, appliedAt }) => [name, state, appliedAt?.toISOString() ?? ''])
    if (json) console.log(JSON.stringify(migrations, undefined, 2))
    else if (rows.length === 0) console.log('There are no migrations. `layer9 db generate` writes the first one.')
    else console.log(drawTable([['migration', 'state', 'applied at'], ...rows]))
    const isDone = migrations.every(({ state }) => state === 'applied')
    if (!json && isDone && rows.length > 0) await hintAtEntities(data)
    return isDone ? 0 : 1
  })
}
