import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from './connect.ts'
import type { Database } from './kysely.ts'

interface Tables {
  notes: { id: number; text: string }
}

const opened: Database<Tables>[] = []

afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy()
})

async function openNotes(): Promise<Database<Tables>> {
  const db = connect<Tables>(':memory:')
  opened.push(db)
  await sql`create table notes (id integer primary key, text text not null)`.execute(db)
  return db
}

const add = async (db: Database<Tables>, id: number, text = 'note') =>
  await db.insertInto('notes').values({ id, text }).execute()

const ids = async (db: Database<Tables>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id)

describe('db inside a transaction', () => {
  it('is that transaction, in a function that knows of none', async () => {
    const db = await openNotes()
    await db.transaction().execute(async () => await add(db, 1))
    const undone = db.transaction().execute(async () => {
      await add(db, 2)
      expect(await ids(db)).toEqual([1, 2])
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await ids(db)).toEqual([1])
  })

  it('does not wait for its own connection', async () => {
    const db = await openNotes()
    const seen = await db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values({ id: 1, text: 'by trx' }).execute()
      await Promise.all([add(db, 2), add(db, 3), db.transaction().execute(async () => await add(db, 4))])
      return await ids(db)
    })
    expect(seen).toEqual([1, 2, 3, 4])
  })
})
