import { describe, expect, it } from 'vitest'
import { readRange } from './range.ts'

describe('readRange', () => {
  it.each([
    ['bytes=0-3', { first: 0, last: 3 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-99', { first: 0, last: 9 }],
    ['bytes=9-9', { first: 9, last: 9 }],
    ['bytes=5-99', { first: 5, last: 9 }],
    ['Bytes=0-0', { first: 0, last: 0 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=10-20', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=', undefined],
    ['bytes=-', undefined],
    ['bytes=a-b', undefined],
    ['bytes=1', undefined],
    ['items=0-3', undefined],
    ['bytes=99999999999999999999-', 'unsatisfiable'],
    ['bytes=5-99999999999999999999', { first: 5, last: 9 }],
    [undefined, undefined],
  ])('%s of ten bytes', (header, range) => expect(readRange(header, 10)).toEqual(range))

  it('of an empty file is never a part', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable')
    expect(readRange('bytes=-1', 0)).toBeUndefined()
  })
})
