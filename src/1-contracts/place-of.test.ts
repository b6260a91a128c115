import { describe, expect, it } from 'vitest'
import { placeOf } from './server.ts'

describe('placeOf', () => {
  const code = 'let a\nlet b = `x\ny`\n'
  const at = (start: number, end: number) => {
    const { line, column, length } = placeOf({ file: 'a.ts', code }, { start, end })
    return [line, column, length]
  }

  it('counts lines and columns from 1', () => {
    expect(at(0, 3)).toEqual([1, 1, 3])
    expect(at(10, 11)).toEqual([2, 5, 1])
    expect(placeOf({ file: 'a.ts', code }, { start: 0, end: 3 })).toMatchObject({ file: 'a.ts', source: code })
  })

  it('underlines the first line alone, and at least one character', () => {
    expect(at(14, 19)).toEqual([2, 9, 2])
    expect(at(5, 5)).toEqual([1, 6, 1])
    expect(at(code.length, code.length)).toEqual([4, 1, 1])
  })
})
