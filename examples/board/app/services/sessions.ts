import { createHash, randomBytes } from 'node:crypto'
import type { Person } from '~/contracts/person'
import { db } from '~/data/db'

const day = 24 * 60 * 60 * 1000
const longest = 30 * day

const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const oldest = (): Date => new Date(Date.now() - longest)

/** Begins a session, and ends those that are too old. The token is what the cookie holds. */
export async function beginSession(personId: string): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await db.deleteFrom('sessions').where('createdAt', '<', oldest()).execute()
  await db
    .insertInto('sessions')
    .values({ tokenHash: hash(token), personId })
    .execute()
  return token
}

/** Who began the session; undefined where there is none. */
export async function findSession(token: string | undefined): Promise<Person | undefined> {
  if (token === undefined) return undefined
  return await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.personId')
    .selectAll('people')
    .where('sessions.tokenHash', '=', hash(token))
    .where('sessions.createdAt', '>=', oldest())
    .executeTakeFirst()
}

export async function endSession(token: string | undefined): Promise<void> {
  if (token !== undefined) await db.deleteFrom('sessions').where('tokenHash', '=', hash(token)).execute()
}
