import { describe, expect, it } from 'vitest'
import { drawReason } from './draw-reason.ts'

describe('drawReason', () => {
  it.each([
    ['hook', 'useState', 'line 4 calls useState'],
    ['handler', 'onClick', 'line 4 has the handler onClick'],
    ['ref', 'ref', 'line 4 has a ref'],
    ['state', 'cart', 'line 4 reads the state cart'],
  ] as const)('says of a %s what it is', (kind, name, said) => {
    expect(drawReason({ kind, name, line: 4, column: 9 })).toBe(said)
  })
})
