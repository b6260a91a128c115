// `layer9 db diff`: where the database is not what the entities ask for.
import type { Drift } from '../../../3-data/build.ts'
import { withData } from '../../data/open-data.ts'
import { drawTable } from '../table.ts'
import type { DbGiven } from './migrate.ts'

/** Runs the command and gives its exit code: 1 where anything differs. */
export async function runDiff({ root, json }: DbGiven): Promise<number> {
  return await withData(root, async ({ data }) => {
    const drift = await data.drift()
    if (json) console.log(JSON.stringify(drift, undefined, 2))
    else console.log(drift.length === 0 ? 'The database is what the entities ask for.' : drawDrift(drift))
    return drift.length === 0 ? 0 : 1
  })
}

const wayOut: Readonly<Record<Drift['origin'], string>> = {
  entities: 'no migration makes it: `layer9 db generate`',
  pending: 'its migration is pending: `layer9 db migrate`',
  database: 'changed by hand',
}

function drawDrift(drift: readonly Drift[]): string {
  const rows = drift.map(({ what, found, wanted, origin }) => [what, found ?? '', wanted ?? '', wayOut[origin]])
  return drawTable([['what', 'in the database', 'by the entities', 'because'], ...rows])
}
