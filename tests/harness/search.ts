// Full-text search, for the suite of both databases.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { entity, id, integer, oneOf, reference, text } from '../../src/1-contracts/index.ts'
import { paginate } from '../../src/3-data/cursor.ts'
import { search, searchRank } from '../../src/3-data/search.ts'
import { table } from '../../src/3-data/table.ts'
import { type databases, openTables } from './databases.ts'
import { createRandom } from './random.ts'

const Book = entity('books', { id: id(), name: text() })
const Note = entity('notes', {
  id: id(),
  bookId: reference('books', { onDelete: 'cascade' }).optional(),
  title: text({ max: 500 }),
  body: text({ max: 200_000, multiline: true }).optional(),
  size: integer().default(0),
})
const Seat = entity(
  'seats',
  { row: integer(), rank: oneOf('premium', 'plain'), label: text() },
  { key: ['row', 'rank'] },
)
const tables = {
  books: table(Book),
  notes: table(Note, { search: ['title', 'body', 'secret'], private: { secret: text().optional() } }),
  seats: table(Seat, { search: ['label', 'rank'] }),
}

/** Texts that are full of what means something in a language of searches, or in none. */
const odd = [
  '"',
  "'",
  '""',
  '"tea',
  "tea'",
  'tea"',
  '*',
  'tea*',
  '**tea',
  '(',
  '((tea)',
  ')',
  'AND',
  'tea AND',
  'OR',
  'NOT tea',
  'NEAR(',
  'NEAR/2 tea',
  'title:tea',
  '{title}: tea',
  '-tea',
  '+tea',
  '^tea',
  '!tea',
  '!',
  '&',
  '|',
  'tea & | milk',
  '<->',
  'tea <-> milk',
  ':*',
  'tea:*',
  'tea:A',
  '\\',
  '\\\\tea',
  "\\'",
  '%',
  '_',
  '$1',
  '?',
  '??',
  '@@',
  '--',
  '/*',
  ';',
  'tea; drop table notes',
  '\0',
  'tea\0milk',
  '\u{1F375}',
  '\ud800',
  '   ',
  '',
  '\n\t',
  '...',
  '¿?',
  '東京',
  'a'.repeat(5000),
  'tea '.repeat(5000),
  Array.from({ length: 500 }, (_, at) => `w${at}`).join(' '),
]

/** The tests of `describe('full-text search')`. */
export function searchSuite(name: (typeof databases)[number]): void {
  let db: Awaited<ReturnType<typeof openTables<typeof tables>>>
  beforeAll(async () => {
    db = await openTables(name, tables)
  })
  afterAll(async () => await db?.destroy())
  beforeEach(async () => {
    await db.deleteFrom('notes').execute()
    await db.deleteFrom('books').execute()
  })

  type NewNote = { title: string; body?: string | null; secret?: string; bookId?: string }
  const add = async (...notes: (string | NewNote)[]) =>
    await db
      .insertInto('notes')
      .values(notes.map((one) => (typeof one === 'string' ? { title: one } : one)))
      .execute()
  /** Titles of what is found, sorted. */
  const found = async (words: string) => {
    const rows = await db.selectFrom('notes').select('title').where(search('notes', words)).orderBy('title').execute()
    return rows.map(({ title }) => title)
  }

  it('finds rows that have all words, in any of the columns, in any order', async () => {
    await add({ title: 'green tea', body: 'with milk' }, { title: 'black tea', body: 'with sugar' }, { title: 'milk' })
    expect(await found('tea')).toEqual(['black tea', 'green tea'])
    expect(await found('milk tea')).toEqual(['green tea'])
    expect(await found('sugar milk')).toEqual([])
    expect(await found('coffee')).toEqual([])
    expect(await found('eat')).toEqual([])
  })

  it('takes case, accents and forms of letters alike', async () => {
    await add('Crème Brûlée', 'STRASSE und Straße', 'Łódź', 'ΣΊΣΥΦΟΣ', 'Ёлка', 'e\u0301clair', 'ﬁne ½', '東京タワー')
    const same: [string, string][] = [
      ['creme brulee', 'Crème Brûlée'],
      ['CRÈME', 'Crème Brûlée'],
      ['cre\u0300me', 'Crème Brûlée'],
      ['strasse', 'STRASSE und Straße'],
      ['straße', 'STRASSE und Straße'],
      ['lodz', 'Łódź'],
      ['σισυφος', 'ΣΊΣΥΦΟΣ'],
      ['елка', 'Ёлка'],
      ['éclair', 'e\u0301clair'],
      ['fine 1', 'ﬁne ½'],
      ['京', '東京タワー'],
      ['東京', '東京タワー'],
    ]
    for (const [words, title] of same) expect(await found(words), words).toEqual([title])
  })

  it('takes the beginning of the last word, and whole words before it', async () => {
    await add('article of art', 'particle')
    expect(await found('art')).toEqual(['article of art'])
    expect(await found('art arti')).toEqual(['article of art'])
    expect(await found('arti art')).toEqual([])
    expect(await found('p')).toEqual(['particle'])
    expect(await found('articles')).toEqual([])
  })

  it('takes anything that is typed', async () => {
    await add('tea with milk', 'something else')
    for (const words of odd) {
      const titles = await found(words)
      const hasWords = /[\p{L}\p{N}]/u.test(words)
      // Signs are between words, and who says no word means every row.
      if (!hasWords) expect(titles, JSON.stringify(words)).toEqual(['something else', 'tea with milk'])
    }
    expect(await found('"tea" -(milk*)')).toEqual(['tea with milk'])
    expect(await found('title:tea')).toEqual([])
    expect(await found('tea OR something')).toEqual([])
    expect(await found('tea; drop table notes')).toEqual([])
    expect(await found('tea '.repeat(5000))).toEqual(['tea with milk'])
  })

  it('takes any text into a row, and finds it', async () => {
    const texts = odd.map((one) => one.toWellFormed().replaceAll('\0', ' '))
    for (const [at, body] of texts.entries()) await add({ title: `number${at}`, body })
    for (const at of texts.keys()) expect(await found(`number${at}`)).toContain(`number${at}`)
    const long = Array.from({ length: 15_000 }, (_, at) => `word${at}`).join(' ')
    await add({ title: 'long', body: long })
    expect(await found('word0 word9999')).toEqual(['long'])
    await add({ title: 'blob', body: 'z'.repeat(100_000) })
    expect(await found('zzz')).toEqual(['blob'])
    expect(await found('z'.repeat(300))).toEqual(['blob'])
  })

  it('sorts what has the words in the first columns first, then as the query says', async () => {
    await add(
      { title: 'z tea', body: 'milk' },
      { title: 'a', body: 'tea' },
      { title: 'b', secret: 'tea' },
      { title: 'milk', body: 'teapot' },
      { title: 'c tea' },
    )
    const sorted = async (words: string) => {
      const query = db.selectFrom('notes').select(['title', searchRank('notes', words).as('rank')])
      const rows = await query
        .where(search('notes', words))
        .orderBy(searchRank('notes', words))
        .orderBy('title', 'desc')
        .execute()
      return rows.map(({ rank, title }) => `${rank} ${title}`)
    }
    expect(await sorted('tea')).toEqual(['0 z tea', '0 c tea', '1 milk', '1 a', '2 b'])
    expect(await sorted('milk tea')).toEqual(['1 z tea', '1 milk'])
    expect(await sorted('!')).toEqual(['0 z tea', '0 milk', '0 c tea', '0 b', '0 a'])
  })

  it('is part of any query: joins, other names, conditions, pages, updates, deletes', async () => {
    const [tea, milk] = await db
      .insertInto('books')
      .values([{ name: 'tea' }, { name: 'milk' }])
      .returning('id')
      .execute()
    await add(
      { title: 'one tea', bookId: tea!.id },
      { title: 'two tea', bookId: milk!.id },
      { title: 'three', bookId: tea!.id },
    )
    const joined = await db
      .selectFrom('books')
      .innerJoin('notes as n', 'n.bookId', 'books.id')
      .select(['n.title', 'books.name'])
      .where(search('n', 'tea'))
      .where('books.name', '=', 'tea')
      .execute()
    expect(joined).toEqual([{ title: 'one tea', name: 'tea' }])
    const either = await db
      .selectFrom('notes')
      .select('title')
      .where(({ or, not, eb }) => or([search('notes', 'two'), eb('title', '=', 'three'), not(search('notes', 't'))]))
      .orderBy('title')
      .execute()
    expect(either.map(({ title }) => title)).toEqual(['three', 'two tea'])
    const inside = await db
      .selectFrom('books')
      .select('name')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('notes')
            .select('notes.id')
            .whereRef('notes.bookId', '=', 'books.id')
            .where(search('notes', 'three')),
        ),
      )
      .execute()
    expect(inside).toEqual([{ name: 'tea' }])
    const query = db.selectFrom('notes').select(['id', 'title']).where(search('notes', 'tea'))
    const first = await paginate(query, { orderBy: [['title'], ['id']], size: 1 })
    const second = await paginate(query, { orderBy: [['title'], ['id']], size: 1, after: first.next })
    expect([...first.rows, ...second.rows].map(({ title }) => title)).toEqual(['one tea', 'two tea'])
    await db.updateTable('notes').set({ size: 5 }).where(search('notes', 'one')).execute()
    expect(await db.selectFrom('notes').select('title').where('size', '=', 5).execute()).toEqual([{ title: 'one tea' }])
    await db.deleteFrom('notes').where(search('notes', 'tea')).execute()
    expect(await found('')).toEqual(['three'])
  })

  it('is kept up to date by the database, whoever writes and however', async () => {
    await add('first', { title: 'second', body: null })
    await db.updateTable('notes').set({ body: 'changed' }).where('title', '=', 'second').execute()
    expect(await found('changed')).toEqual(['second'])
    await sql`update notes set title = title || ' raw' where title = 'first'`.execute(db)
    expect(await found('raw')).toEqual(['first raw'])
    expect(await found('first')).toEqual(['first raw'])
    const { id: one } = await db
      .selectFrom('notes')
      .select('id')
      .where('title', '=', 'second')
      .executeTakeFirstOrThrow()
    const row = { id: one, title: 'again' }
    await db
      .insertInto('notes')
      .values(row)
      .onConflict((on) => on.column('id').doUpdateSet({ title: 'again' }))
      .execute()
    expect(await found('second')).toEqual([])
    expect(await found('again changed')).toEqual(['again'])
    await sql`update notes set id = ${'01900000-0000-7000-8000-000000000009'} where title = 'again'`.execute(db)
    expect(await found('again')).toEqual(['again'])
    await db.deleteFrom('notes').where('title', '=', 'again').execute()
    expect(await found('again')).toEqual([])
    const failed = db.transaction().execute(async () => {
      await add('lost')
      expect(await found('lost')).toEqual(['lost'])
      throw new RangeError('on purpose')
    })
    await expect(failed).rejects.toThrow(RangeError)
    expect(await found('lost')).toEqual([])
    const { id: bookId } = await db.insertInto('books').values({ name: 'x' }).returning('id').executeTakeFirstOrThrow()
    await add({ title: 'cascaded', bookId })
    await db.deleteFrom('books').execute()
    expect(await found('cascaded')).toEqual([])
    expect(await found('')).toEqual(['first raw'])
  })

  it('knows rows by any key', async () => {
    const seats = [
      { row: 1, rank: 'plain', label: 'window' },
      { row: 1, rank: 'premium', label: 'aisle' },
      { row: 2, rank: 'premium', label: 'window' },
    ] as const
    await db.insertInto('seats').values(seats).execute()
    const rows = async (words: string) =>
      await db.selectFrom('seats').select(['row', 'rank']).where(search('seats', words)).orderBy('row').execute()
    expect(await rows('window')).toEqual([
      { row: 1, rank: 'plain' },
      { row: 2, rank: 'premium' },
    ])
    expect(await rows('window prem')).toEqual([{ row: 2, rank: 'premium' }])
    await db.updateTable('seats').set({ row: 3, label: 'wing' }).where('row', '=', 2).execute()
    expect(await rows('wing')).toEqual([{ row: 3, rank: 'premium' }])
  })

  it('is answered by an index', async () => {
    const statement = db.selectFrom('notes').select('title').where(search('notes', 'tea mil')).compile()
    const explain = name === 'SQLite' ? 'explain query plan ' : 'explain '
    const plan = await db.transaction().execute(async (trx) => {
      if (name === 'Postgres') await sql`set local enable_seqscan = off`.execute(trx)
      // What the statement was compiled to, with its values in place.
      const text = statement.parameters.reduce<string>(
        (all, value) => all.replace(/\?|\$\d+/, `'${String(value).replaceAll("'", "''")}'`),
        statement.sql,
      )
      return await sql.raw(explain + text).execute(trx)
    })
    expect(JSON.stringify(plan.rows)).toContain('_notes_search')
    if (name === 'SQLite') expect(JSON.stringify(plan.rows)).not.toMatch(/SCAN notes/)
  })

  it('refuses what is not searched, when the query is run', async () => {
    const refused = (one: { execute(): Promise<unknown> }) =>
      expect(one.execute()).rejects.toMatchObject({ code: 'DATA_SEARCH_MISSING' })
    await refused(db.selectFrom('books').selectAll().where(search('books', 'tea')))
    await refused(db.selectFrom('notes as n').selectAll().where(search('notes', 'tea')))
    await refused(db.selectFrom('notes').selectAll().orderBy(searchRank('note', 'tea')))
  })

  it('finds what a plain comparison of words finds, for random texts', async () => {
    const random = createRandom(20260727)
    const parts = [
      'tea',
      'Tea',
      'TÉA',
      'teapot',
      'milk',
      'Milch',
      'mil',
      'straße',
      'STRASSE',
      'a',
      '-',
      '"',
      '東',
      'x1',
      '½',
      "o'",
      'é',
    ]
    const make = (): string =>
      Array.from({ length: random.below(6) }, () => random.pick(parts)).join(random.pick([' ', '', '-', ', ']))
    const notes = Array.from({ length: 60 }, (_, at) => ({ title: `${make()} n${at}`, body: make() }))
    await add(...notes)
    const plain = (given: string): string[] =>
      given
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .replaceAll('ß', 'ss')
        .replaceAll('東', ' 東 ')
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
    for (let turn = 0; turn < 60; turn++) {
      const typed = make()
      const wanted = plain(typed)
      const fits = ({ title, body }: { title: string; body: string }): boolean => {
        const words = plain(`${title} ${body}`)
        const last = wanted.at(-1) ?? ''
        return wanted.slice(0, -1).every((word) => words.includes(word)) && words.some((word) => word.startsWith(last))
      }
      const expected = notes.filter(fits).map(({ title }) => title)
      expect((await found(typed)).toSorted(), typed).toEqual(expected.toSorted())
    }
  })
}
