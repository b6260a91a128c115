import { describe, expect, it } from 'vitest'
import { drawLine } from './draw.ts'

describe('drawLine', () => {
  it('underlines what is meant', () => {
    expect(drawLine({ line: 12, column: 8, length: 5, text: `import './a'` })).toBe(
      `  12 | import './a'\n     |        ^^^^^`,
    )
  })

  it('keeps tabs, so that the mark stays beneath', () => {
    expect(drawLine({ line: 1, column: 2, length: 1, text: '\ta' })).toBe('  1 | \ta\n    | \t^')
  })

  it('underlines to the end of the line at most, and one character at least', () => {
    expect(drawLine({ line: 1, column: 3, length: 50, text: 'abcd' })).toBe('  1 | abcd\n    |   ^^')
    expect(drawLine({ line: 1, column: 5, length: 50, text: 'abcd' })).toBe('  1 | abcd\n    |     ^')
  })

  it('shows of a very long line what is around the mark', () => {
    const text = `${'x'.repeat(1000)}import('./a')${'y'.repeat(1000)}`
    const [line = '', carets = ''] = drawLine({ line: 1, column: 1008, length: 5, text }).split('\n')
    expect(line.length).toBeLessThan(180)
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe(`'./a'`)
  })

  it('shows nothing for what concerns a whole file', () => {
    expect(drawLine({ line: 1, column: 1, length: 0, text: '' })).toBe('')
  })
})
