import type { Person } from '~/contracts/person'
import { db } from '~/data/db'

/** The neighbours that a visitor of the demo may be. */
export const demoPeople = async (): Promise<Person[]> =>
  await db
    .selectFrom('people')
    .selectAll()
    .where('handle', 'in', ['ada', 'jonas', 'mirela'])
    .orderBy('handle')
    .execute()

/** One of those, or undefined. */
export const findDemoPerson = async (handle: string): Promise<Person | undefined> =>
  (await demoPeople()).find((each) => each.handle === handle)
