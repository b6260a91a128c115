// Words are made by SQLite's process and by Postgres itself: they are the same.
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { connect } from '../src/3-data/connect.ts'
import { toWords, vectorFunction } from '../src/3-data/words.ts'
import { createDatabase, hasPostgres } from './harness/postgres.ts'

const wordsOf = (text: string): string[] => toWords(text).split(' ').filter(Boolean)

describe.skipIf(!hasPostgres())('the function of Postgres', () => {
  const opened: ReturnType<typeof connect>[] = []
  afterAll(async () => {
    for (const db of opened) await db.destroy()
  })

  it('gives the same words, whatever the character', async () => {
    const db = connect(await createDatabase())
    opened.push(db)
    await sql.raw(vectorFunction()).execute(db)
    const differing: string[] = []
    let newer = 0
    for (let from = 1; from < 0x32000; from += 0x2000) {
      // Several in a text, since each call takes its time.
      const groups = Array.from({ length: 0x2000 / 32 }, (_, group) =>
        Array.from({ length: 32 }, (_, at) => from + 32 * group + at).filter(isKnown),
      ).filter(({ length }) => length > 0)
      const texts = groups.map((points) => points.map((point) => `a${String.fromCodePoint(point)}B`).join(' '))
      const { rows } = await sql<{ words: string[]; normal: string }>`
        select tsvector_to_array(layer9_search(t)) as words, normalize(t, NFKD) as normal
        from unnest(${texts}::text[]) with ordinality x(t, n) order by n
      `.execute(db)
      for (const [at, { words, normal }] of rows.entries()) {
        // Of characters that are newer than one of both, that one knows no normal form.
        if (normal !== texts[at]!.normalize('NFKD')) newer += 1
        else if (!isEqual(new Set(words), new Set(wordsOf(texts[at]!)))) differing.push(texts[at]!)
      }
    }
    expect(differing).toEqual([])
    expect(newer).toBeLessThan(20)
  })

  it('gives the same words of whole texts, long ones too', async () => {
    const [db] = opened
    const long = Array.from({ length: 30_000 }, (_, at) => `wörd${at}`).join(' ')
    for (const text of [
      '',
      ' ',
      'Łódź — naïve, “ﬁne” ½ Straße',
      `${'é'.repeat(600)} b`,
      '漢字かな',
      long,
      `한국어 ${long}`,
    ]) {
      const { rows } = await sql<{
        words: string[]
      }>`select tsvector_to_array(layer9_search(${text})) as words`.execute(db!)
      expect(new Set(rows[0]?.words)).toEqual(new Set(wordsOf(text)))
    }
    const { rows } = await sql<{ words: string[] }>`select tsvector_to_array(layer9_search(null)) as words`.execute(db!)
    expect(rows[0]?.words).toEqual([])
  })
})

/** Whether it is a character. */
const isKnown = (point: number): boolean => !/\p{Cn}|\p{Cs}/u.test(String.fromCodePoint(point))
const isEqual = (one: Set<string>, other: Set<string>): boolean => one.symmetricDifference(other).size === 0
