// What SQLite tells of a broken rule; that Postgres tells the same is shown by the conformance suite.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from './connect.ts'
import { findBrokenRule } from './constraints.ts'

interface Tables {
  teams: { id: number; name: string; city: string }
  people: { id: number; teamId: number | null; bossId: number | null; email: string | null }
  badges: { id: number; personId: number }
}

const db = connect<Tables>(':memory:')

beforeAll(async () => {
  await sql`create table teams (id integer primary key, name text not null, city text, unique (name, city))`.execute(db)
  await sql`create table people (id integer primary key, "teamId" integer references teams, "bossId" integer references
    people (id), email text unique, constraint short check (length(email) < 20))`.execute(db)
  await sql`create unique index people_lower on people (lower(email))`.execute(db)
  await sql`create table badges (id integer primary key, "personId" integer not null references people (id))`.execute(
    db,
  )
  await db
    .insertInto('teams')
    .values([
      { id: 1, name: 'a', city: 'x' },
      { id: 2, name: 'b', city: 'x' },
    ])
    .execute()
  await db.insertInto('people').values({ id: 1, teamId: 1, bossId: null, email: 'a@b.c' }).execute()
  await db.insertInto('people').values({ id: 2, teamId: null, bossId: 1, email: null }).execute()
  await db.insertInto('badges').values({ id: 1, personId: 2 }).execute()
})
afterAll(async () => await db.destroy())

/** What a write breaks, and the error it throws. */
async function broken(query: { execute(): Promise<unknown> }) {
  const error = await query.execute().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const rule = findBrokenRule(error)
  return { error, told: rule && [rule.rule, rule.table, ...rule.columns] }
}

const person = (values: Partial<Tables['people']>) =>
  db.insertInto('people').values({ id: 9, teamId: null, bossId: null, email: null, ...values })

describe('findBrokenRule', () => {
  it('tells a unique rule, with its columns', async () => {
    const { error, told } = await broken(db.insertInto('teams').values({ id: 3, name: 'a', city: 'x' }))
    expect(told).toEqual(['unique', 'teams', 'name', 'city'])
    expect(error).toMatchObject({
      code: 'CONFLICT',
      status: 409,
      data: 'There is one with this name and city already.',
    })
    expect((await broken(person({ id: 1 }))).told).toEqual(['unique', 'people', 'id'])
    expect((await broken(person({ email: 'A@b.c' }))).told).toEqual(['unique', 'people'])
  })

  it('tells which reference leads to nothing', async () => {
    expect((await broken(person({ teamId: 7 }))).told).toEqual(['reference', 'people', 'teamId'])
    const { error, told } = await broken(person({ teamId: 1, bossId: 7 }).returningAll())
    expect(told).toEqual(['reference', 'people', 'bossId'])
    expect(error).toMatchObject({ code: 'CONFLICT' })
    const moved = db.updateTable('people').set({ teamId: 7 }).where('id', '=', 1)
    expect((await broken(moved)).told).toEqual(['reference', 'people', 'teamId'])
  })

  it('tells which table still refers to a row', async () => {
    expect((await broken(db.deleteFrom('teams').where('id', '=', 1))).told).toEqual(['reference', 'people', 'teamId'])
    expect((await broken(db.deleteFrom('people').where('id', '=', 1))).told).toEqual(['reference', 'people', 'bossId'])
    expect((await broken(db.deleteFrom('people').where('id', '=', 2))).told).toEqual([
      'reference',
      'badges',
      'personId',
    ])
    const renamed = db.updateTable('teams').set({ id: 5 }).where('id', '=', 1)
    expect((await broken(renamed)).told).toEqual(['reference', 'people', 'teamId'])
  })

  it('leaves nothing of the write behind, in a transaction neither', async () => {
    await db.transaction().execute(async () => {
      const inner = db.transaction().execute(async () => await person({ teamId: 7 }).execute())
      await expect(inner).rejects.toMatchObject({ code: 'CONFLICT' })
      // Checks are not put off for the rest of the transaction.
      const again = db.transaction().execute(async () => await person({ teamId: 7 }).execute())
      await expect(again).rejects.toMatchObject({ code: 'CONFLICT' })
    })
    expect(await db.selectFrom('people').select('id').orderBy('id').execute()).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('tells a missing value and a failed check, which are faults of the code', async () => {
    const missing = await broken(db.insertInto('teams').values({ id: 3 } as never))
    expect(missing.told).toEqual(['null', 'teams', 'name'])
    expect(missing.error).toMatchObject({ code: 'DATABASE_NULL', data: { table: 'teams', columns: ['name'] } })
    const long = await broken(person({ email: 'much.too.long@example.com' }))
    expect(long.told).toEqual(['check', 'people'])
    expect(long.error).toMatchObject({ code: 'DATABASE_CHECK', data: { table: 'people', rule: 'short' } })
  })

  it('tells nothing of other errors', async () => {
    const { error, told } = await broken(db.selectFrom('nowhere' as never))
    expect(error).toBeInstanceOf(Error)
    expect(told).toBeUndefined()
    expect(findBrokenRule('text')).toBeUndefined()
  })
})
