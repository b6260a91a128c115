import { describe, expect, it } from 'vitest'
import { toWords } from './words.ts'

const wordsOf = (text: string): string[] => toWords(text).split(' ').filter(Boolean)

describe('toWords', () => {
  it.each([
    ['Crème brûlée!', ['creme', 'brulee']],
    [
      'Łódź, STRASSE, Straße, Ørsted, ﬁne Æther œuvre',
      ['lodz', 'strasse', 'strasse', 'orsted', 'fine', 'aether', 'oeuvre'],
    ],
    ['e\u0301te\u0301 and été', ['ete', 'and', 'ete']],
    ["don't foo_bar foo-bar a.b@c.de", ['don', 't', 'foo', 'bar', 'foo', 'bar', 'a', 'b', 'c', 'de']],
    ['ΣΊΣΥΦΟΣ Σίσυφος Ёлка елка', ['σισυφοσ', 'σισυφοσ', 'елка', 'елка']],
    ['３ ４２ 1.5e3 ½ x²', ['3', '42', '1', '5e3', '1', '2', 'x2']],
    ['東京タワー 2 階', ['東', '京', 'タ', 'ワ', 'ー', '2', '階']],
    ['שָׁלוֹם مَرْحَبًا', ['שלום', 'مرحبا']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['soft\u00adhyphen zero\u200bwidth', ['softhyphen', 'zerowidth']],
    ['😀 🇫🇷 → ★ «quoted» “too” ¿qué?', ['quoted', 'too', 'que']],
    ['\0\t\n !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', []],
    ['x'.repeat(300), ['x'.repeat(255)]],
  ])('of %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are the same when they are read again: what is typed is made of them', () => {
    for (let point = 1; point < 0x20000; point++) {
      if (point >= 0xd800 && point < 0xe000) continue
      const words = toWords(`a${String.fromCodePoint(point)}b`)
      if (toWords(words).trim() !== words.trim()) expect(toWords(words), point.toString(16)).toBe(words)
    }
  })
})
