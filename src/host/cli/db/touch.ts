// `layer9 db touch`: tells of what other programs have written.
import { withData } from '../../data/open-data.ts'
import { errors } from '../../errors.ts'
import type { DbGiven } from './migrate.ts'

/** Runs the command and gives its exit code. @throws ARGUMENT_MISSING, DATA_TABLE_UNKNOWN, and what loading the database throws */
export async function runTouch({ root, json, tables }: DbGiven & { tables: readonly string[] }): Promise<number> {
  if (tables.length === 0) throw errors.ARGUMENT_MISSING({ command: 'db touch', argument: 'table', example: 'posts' })
  return await withData(root, async ({ data }) => {
    await data.touch(tables)
    console.log(json ? JSON.stringify({ touched: tables }) : `Told all processes that ${tables.join(', ')} changed`)
    return 0
  })
}
