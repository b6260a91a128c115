// `layer9 db seed`: writes the first rows.
import { withData } from '../../data/open-data.ts'
import type { DbGiven } from './migrate.ts'

/** Runs the command and gives its exit code. @throws SEED_MISSING, SEED_WITHOUT_DEFAULT, SEED_FAILED, MIGRATION_PENDING */
export async function runSeed({ root, json }: DbGiven): Promise<number> {
  return await withData(root, async ({ data }) => {
    await data.seed()
    console.log(json ? JSON.stringify({ seeded: true }) : 'Seeded by app/data/seed.ts')
    return 0
  })
}
