import { type Kysely, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { boolean, entity, id, integer, text, timestamp } from '../1-contracts/index.ts'
import { createStatements } from './create.ts'
import { database, modelOf } from './database.ts'
import { readShape, toSlots } from './shape.ts'
import { Slot } from './slot.ts'
import { table } from './table.ts'

const User = entity('users', {
  id: id(),
  name: text(),
  age: integer(),
  seenAt: timestamp().default('now'),
  isIn: boolean().default(false),
})
const db = database({ users: table(User) }, { url: ':memory:' })

beforeAll(async () => {
  for (const statement of createStatements(modelOf(db), 'sqlite')) await sql.raw(statement).execute(db)
})

const users = db.selectFrom('users').select('name')
const keyOf = (query: { toOperationNode(): never }): string => readShape(query.toOperationNode()).key

describe('readShape', () => {
  it('is the same for queries that differ in their values', () => {
    const ofName = (name: string) => users.where('name', '=', name).limit(3)
    expect(keyOf(ofName('a') as never)).toBe(keyOf(ofName('b; --') as never))
    expect(readShape(ofName('a').toOperationNode()).values).toEqual(['a', 3])
  })

  it('is another one for everything else', () => {
    const queries = [
      users,
      users.where('name', '=', 'a'),
      users.where('name', '!=', 'a'),
      users.where('age', '=', 1),
      users.where('name', 'in', ['a']),
      users.where('name', 'in', ['a', 'b']),
      users.orderBy('name'),
      users.orderBy('name', 'desc'),
      users.distinct(),
      users.limit(1),
      users.offset(1),
      users.select('age'),
      users.select('age as a'),
      users.select(sql.lit(1).as('a')),
      users.select(sql.lit('1').as('a')),
      users.select((eb) => eb.val(true).as('a')),
      users.select((eb) => eb.val('true').as('a')),
      db.selectFrom('users as u').select('name'),
    ]
    expect(new Set(queries.map((one) => keyOf(one as never))).size).toBe(queries.length)
  })

  it('is not moved by a name that looks like a part of a tree', () => {
    const one = db.selectFrom('users').select([sql.ref('name').as('a'), sql.ref('age').as('b')])
    const written = readShape(one.toOperationNode()).key
    const hostile = written.slice(written.indexOf('a'))
    const other = db.selectFrom('users').select(sql.ref('name').as(hostile))
    expect(keyOf(other as never)).toContain(`${hostile.length}"${hostile}`)
  })
})

describe('toSlots', () => {
  it('has a slot of its own for each place, in the order of the values', () => {
    const query = users.where('name', '=', 'a').where('age', 'in', [1, 2]).toOperationNode()
    const slots: Slot[] = []
    JSON.stringify(toSlots(query), (_, value) => {
      if (value instanceof Slot) slots.push(value)
      return value instanceof Slot ? null : value
    })
    expect(slots.map((slot) => slot.value).sort()).toEqual(readShape(query).values.toSorted())
    expect(slots.map((slot) => slot.read(['x', 'y', 'z'])).sort()).toEqual(['x', 'y', 'z'])
  })
})

describe('a query that is asked again', () => {
  it('has the values of this time', async () => {
    const add = async (name: string, age: number) =>
      await db
        .insertInto('users')
        .values({ name, age, isIn: age > 1 })
        .returningAll()
        .executeTakeFirstOrThrow()
    const [ada, bob] = [await add('ada', 1), await add('bob', 2)]
    expect([ada, bob]).toMatchObject([
      { name: 'ada', age: 1, isIn: false },
      { name: 'bob', age: 2, isIn: true },
    ])
    expect(ada.id).not.toBe(bob.id)
    const named = async (name: string) => await users.select('seenAt').where('name', '=', name).execute()
    expect(await named('ada')).toEqual([{ name: 'ada', seenAt: ada.seenAt }])
    expect(await named('bob')).toEqual([{ name: 'bob', seenAt: bob.seenAt }])
    // The same part in two places of one query, and two parts in the next one.
    const twice = async (one: string, other: string) => {
      const is = (name: string) => sql<boolean>`${sql.ref('name')} = ${name}`
      const first = is(one)
      return (
        await users
          .where((eb) => eb.or([first, one === other ? first : is(other)]))
          .orderBy('name')
          .execute()
      ).length
    }
    expect(await twice('ada', 'ada')).toBe(1)
    expect(await twice('ada', 'bob')).toBe(2)
  })

  it('is what it was after one that was refused', async () => {
    const aged = (age: number) => users.where('age', '=', age).execute()
    await expect(aged(1.5)).rejects.toMatchObject({ code: 'DATA_VALUE' })
    expect(await aged(2)).toEqual([{ name: 'bob' }])
    await expect(aged(0.5)).rejects.toMatchObject({ code: 'DATA_VALUE' })
  })

  it('is left alone without plugins', () => {
    const plain: Kysely<{ users: { isIn: number } }> = db.withoutPlugins() as never
    const query = plain.selectFrom('users').selectAll().where('isIn', '=', 1).compile()
    expect(query).toMatchObject({ sql: 'select * from "users" where "isIn" = ?', parameters: [1] })
  })
})
