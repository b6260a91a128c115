import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { entity, id, text } from '../1-contracts/index.ts'
import { database } from './database.ts'
import { table } from './table.ts'

const User = entity('users', { id: id(), name: text() })
const hostile = "x'; drop table users; --"

describe('sql', () => {
  for (const url of [':memory:', 'postgres://localhost/none']) {
    it(`sends values as parameters (${url.split(':')[0] || 'sqlite'})`, () => {
      const db = database({ users: table(User) }, { url })
      const query = db
        .selectFrom('users')
        .select(sql<string>`upper(${hostile})`.as('loud'))
        .where(sql<boolean>`name = ${hostile}`)
        .compile()
      expect(query.sql).not.toContain('drop')
      expect(query.parameters).toEqual([hostile, hostile])
    })
  }

  it('sends values as parameters', () => {
    const db = database({ users: table(User) }, { url: ':memory:' })
    const query =
      sql`select * from users where name = ${hostile} and "seenAt" > ${new Date(5)} and done = ${true}`.compile(db)
    expect(query).toMatchObject({
      sql: 'select * from users where name = ? and "seenAt" > ? and done = ?',
      parameters: [hostile, 5, 1],
    })
  })
})
