// `migration()`: what a file of `app/data/migrations` exports.
import type { StandardSchema } from '../../1-contracts/index.ts'
import { Change } from './change.ts'
import type { Step } from './step.ts'

/** Notes what is to be done. It is run to be read, also where nothing is applied: it may do nothing else. */
export type Recorder = (change: Change) => void

/** The two ways of a migration. */
export interface MigrationWays {
  readonly up: Recorder
  /** Takes back what `up` has done. */
  readonly down: Recorder
}

/** A migration. Made by `migration()`. */
export class Migration {
  readonly #ways: MigrationWays

  constructor(ways: MigrationWays) {
    this.#ways = ways
  }

  /** The steps of one way, in their order. */
  steps(way: 'up' | 'down'): readonly Step[] {
    const change = new Change()
    this.#ways[way](change)
    return change.steps
  }
}

/**
 * A change of the database, and the way back. `layer9 db generate` writes it, the same for SQLite and Postgres.
 *
 * @example
 * export default migration({
 *   up: (change) => change.addColumn('users', 'bio', text().optional()),
 *   down: (change) => change.dropColumn('users', 'bio', { losesData: true }),
 * })
 */
export function migration(ways: MigrationWays): Migration {
  return new Migration(ways)
}

/**
 * The schema of any data: what is in a `json()` column is the validator's business and not the database's.
 *
 * @example
 * migration({
 *   up: (change) => change.addColumn('users', 'settings', json(anything).optional()),
 *   down: (change) => change.dropColumn('users', 'settings', { losesData: true }),
 * })
 */
export const anything: StandardSchema<unknown, unknown> = {
  '~standard': { version: 1, vendor: 'layer9', validate: (value) => ({ value }) },
}
