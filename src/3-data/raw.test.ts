import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from './connect.ts'

const db = connect<{ notes: { text: string } }>(':memory:')
afterEach(async () => await sql`drop table if exists notes`.execute(db))

describe('sql', () => {
  it('sends values as parameters', async () => {
    const attack = `'); drop table notes; --`
    const query = sql`insert into notes (text) values (${attack})`
    expect(query.compile(db)).toMatchObject({ sql: 'insert into notes (text) values (?)', parameters: [attack] })
    await sql`create table notes (text text)`.execute(db)
    await query.execute(db)
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ text: attack }])
  })

  it('quotes names, whatever is in them', async () => {
    await sql`create table notes (text text, ${sql.id('a"; drop table notes; --')} text)`.execute(db)
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([])
  })

  it('sends values of every kind', async () => {
    const values = ['text', 1, 2.5, 2n ** 60n, null, undefined, true, false, new Date(5), { a: 1 }, [1, 2]]
    const row = sql.join(values.map((value, index) => sql`${value} as ${sql.ref(`v${index}`)}`))
    const { rows } = await sql<Record<string, unknown>>`select ${row}`.execute(db)
    expect(Object.values(rows[0]!)).toEqual(['text', 1, 2.5, 2n ** 60n, null, null, 1, 0, 5, '{"a":1}', '[1,2]'])
  })

  it('sends bytes, and gets them back', async () => {
    const { rows } = await sql<{ bytes: Uint8Array }>`select ${new Uint8Array([1, 2])} as bytes`.execute(db)
    expect([...rows[0]!.bytes]).toEqual([1, 2])
  })
})
