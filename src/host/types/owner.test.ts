import { describe, expect, it } from 'vitest'
import { ownersOf, sideOf } from './owner.ts'

describe('sideOf', () => {
  it('is the server’s below the wire and the browser’s above', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(sideOf).join(' ')).toBe(
      'contracts server server server server server browser browser browser',
    )
  })
})

describe('ownersOf', () => {
  it('gives a file to the side that needs it, and to contracts where both do', () => {
    expect(
      ownersOf([
        { path: 'lib/both.ts', layers: [4, 8] },
        { path: 'lib/mail.ts', layers: [2, 4] },
        { path: 'lib/page.ts', layers: [8, 9] },
        { path: 'lib/word.ts', layers: [1] },
        { path: 'lib/words.ts', layers: [1, 7] },
      ]),
    ).toEqual({
      contracts: ['lib/both.ts', 'lib/word.ts', 'lib/words.ts'],
      server: ['lib/mail.ts'],
      browser: ['lib/page.ts'],
    })
  })
})
