import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encode, entity, Invalid, id, integer, text, timestamp } from '../1-contracts/index.ts'
import { createStatements } from './create.ts'
import { paginate } from './cursor.ts'
import { database, modelOf } from './database.ts'
import { table } from './table.ts'

const Post = entity('posts', {
  id: id(),
  title: text(),
  votes: integer().optional(),
  createdAt: timestamp().default('now'),
})
const db = database({ posts: table(Post) }, { url: ':memory:' })
const titles = db.selectFrom('posts').select('title')

const add = async (title: string, votes: number | null = null) =>
  await db.insertInto('posts').values({ title, votes }).execute()

beforeAll(async () => {
  for (const statement of createStatements(modelOf(db), 'sqlite')) await sql.raw(statement).execute(db)
})
beforeEach(async () => {
  await db.deleteFrom('posts').execute()
})

describe('pages', () => {
  const page = async (size: number, after?: string) =>
    await paginate(titles, { orderBy: [['votes', 'desc'], ['title']], size, after })

  it('follow each other without a gap, in any mixture of directions and nulls', async () => {
    for (const [title, votes] of [
      ['a', 2],
      ['b', 2],
      ['c', 1],
      ['d', null],
      ['e', null],
    ] as const)
      await add(title, votes)
    for (const size of [1, 2, 3, 5, 9]) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const { rows, next } = await page(size, after)
        expect(rows.length).toBeLessThanOrEqual(size)
        seen.push(...rows.map(({ title }) => title))
        after = next
      } while (after !== undefined)
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
    }
  })

  it('are stable while rows are added and removed', async () => {
    for (const title of ['b', 'd', 'f']) await add(title, 1)
    const first = await page(2)
    await db.deleteFrom('posts').where('title', '=', 'd').execute()
    for (const title of ['a', 'e']) await add(title, 1)
    expect((await page(2, first.next)).rows).toEqual([{ title: 'e' }, { title: 'f' }])
  })

  it('hold what was selected and nothing else', async () => {
    await add('a', 1)
    expect(await page(1)).toEqual({ rows: [{ title: 'a' }], next: undefined })
  })
})

describe('a cursor', () => {
  const orderBy = [['createdAt', 'desc'], ['id']] as const

  it('that is not of this order is refused', async () => {
    for (const title of ['a', 'b']) await add(title)
    const { next } = await paginate(titles, { orderBy, size: 1 })
    await expect(paginate(titles, { orderBy: [['createdAt'], ['id']], size: 1, after: next })).rejects.toBeInstanceOf(
      Invalid,
    )
    await expect(paginate(titles, { orderBy: [['title'], ['id']], size: 1, after: next })).rejects.toBeInstanceOf(
      Invalid,
    )
    expect((await paginate(titles, { orderBy, size: 1, after: next })).rows).toHaveLength(1)
  })

  it('that was made up is refused', async () => {
    const name = 'createdAt desc,id asc'
    const id = '01900000-0000-7000-8000-000000000000'
    const made = [name, [new Date(), 'no id']],
      short = [name, [new Date()]],
      wrong = [name, ['2030', '01']],
      deep = [name, [{}, []]],
      far = [name, [new Date(8.64e15), id]],
      lists = [[], [1, 2], { toString: 1 }, new Map(), new Set([1])].map((one) => [name, [one, id]])
    const written = [made, short, wrong, deep, far, ...lists, name, null, 7].map((one) =>
      Buffer.from(encode(one)).toString('base64url'),
    )
    for (const after of ['', '%', 'x'.repeat(9000), ...written])
      await expect(paginate(titles, { orderBy, size: 1, after })).rejects.toBeInstanceOf(Invalid)
  })

  it('hides no fault of the query itself', async () => {
    for (const title of ['a', 'b']) await add(title)
    const { next } = await paginate(titles, { orderBy, size: 1 })
    const wrong = titles.where('votes', '=', 1.5)
    await expect(paginate(wrong, { orderBy, size: 1, after: next })).rejects.toMatchObject({ code: 'DATA_VALUE' })
  })
})
