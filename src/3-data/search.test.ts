import { afterAll, describe, expect, it } from 'vitest'
import { entity, id, integer, text } from '../1-contracts/index.ts'
import { database } from './database.ts'
import { search, searchRank } from './search.ts'
import { table } from './table.ts'

const Post = entity('posts', { id: id(), title: text(), size: integer() })
const Tag = entity('tags', { id: id(), name: text() })
const db = database({ posts: table(Post, { search: ['title'] }), tags: table(Tag) }, { url: ':memory:' })
afterAll(async () => await db.destroy())

describe('search', () => {
  it('is one statement whatever is searched', () => {
    const statement = (words: string) => db.selectFrom('posts').selectAll().where(search('posts', words)).compile()
    const [one, other] = [statement('tea'), statement('Milk & "honey"')]
    expect(one.sql).toBe(other.sql)
    expect([one.parameters, other.parameters]).toEqual([['{c0} : ("tea" *)'], ['{c0} : ("milk" AND "honey" *)']])
  })

  it('is no condition where there are no words', () => {
    const { sql, parameters } = db.selectFrom('posts').select('id').where(search('posts', '*')).compile()
    expect([sql, parameters]).toEqual(['select "id" from "posts" where (1 = 1)', []])
  })

  it('is of a table that the query has, and that is searched', () => {
    const missing = (isKnown: boolean, name: string) =>
      expect.objectContaining({ code: 'DATA_SEARCH_MISSING', data: { table: name, isKnown } })
    const tags = db.selectFrom('tags').selectAll()
    expect(() => tags.where(search('tags', 'tea')).compile()).toThrow(missing(true, 'tags'))
    expect(() => tags.where(search('posts', 'tea')).compile()).toThrow(missing(false, 'posts'))
    expect(() => tags.orderBy(searchRank('tag', 'tea')).compile()).toThrow(missing(false, 'tag'))
  })

  it('is by columns that hold texts', () => {
    const make = (column: string) => () => database({ posts: table(Post, { search: [column as 'title'] }) })
    expect(make('size')).toThrow(
      expect.objectContaining({ code: 'DATA_SEARCH_KIND', data: { table: 'posts', column: 'size', kind: 'integer' } }),
    )
    expect(make('titel')).toThrow(expect.objectContaining({ code: 'DATA_COLUMN_UNKNOWN' }))
  })
})
