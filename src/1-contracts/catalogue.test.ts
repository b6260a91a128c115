import { describe, expect, it } from 'vitest'
import { catalogue, defineErrors, drawError, drawFrame, Layer9Error } from './catalogue.ts'

const errors = defineErrors({
  TEA_COLD: {
    message: ({ cup }: { cup: string }) => `The tea in ${cup} is cold.`,
    fix: ({ cup }: { cup: string }) => `Heat ${cup}.`,
  },
  TEA_GONE: { message: () => 'There is no tea.', fix: () => 'Make some.' },
})

const source = 'const cup = 1\nconst tea = pour(cup)\ndrink(tea)\n'

describe('defineErrors', () => {
  it('builds errors with code, data, message and fix', () => {
    const error = errors.TEA_COLD({ cup: 'mug' })
    expect(error).toBeInstanceOf(Layer9Error)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      code: 'TEA_COLD',
      data: { cup: 'mug' },
      message: 'The tea in mug is cold.',
      fix: 'Heat mug.',
    })
    expect(error.places).toEqual([])
  })

  it('needs no data where the texts take none', () => {
    expect(errors.TEA_GONE()).toMatchObject({ code: 'TEA_GONE', data: undefined })
    expect(errors.TEA_GONE({})).toMatchObject({ code: 'TEA_GONE' })
  })

  it('keeps cause and places', () => {
    const cause = new Error('kettle')
    const places = [{ file: 'a.ts', line: 1, column: 2 }]
    const error = errors.TEA_GONE(undefined, { cause, places })
    expect(error.cause).toBe(cause)
    expect(error.places).toBe(places)
  })

  it('has no cause of its own', () => {
    expect('cause' in errors.TEA_GONE()).toBe(false)
  })

  it('shows its entries to those who check them all', () => {
    expect(Object.keys(errors[catalogue])).toEqual(['TEA_COLD', 'TEA_GONE'])
  })

  it('takes the stack of where it was made', () => {
    function makesTea() {
      return errors.TEA_GONE()
    }
    expect(makesTea().stack).toContain('makesTea')
  })
})

describe('drawError', () => {
  it('draws code, message and fix', () => {
    expect(drawError(errors.TEA_COLD({ cup: 'mug' }))).toBe(
      'TEA_COLD  The tea in mug is cold.\n  Fix: Heat mug.   More: layer9 explain TEA_COLD',
    )
  })

  it('draws each place, with a frame where there is a source', () => {
    const places = [
      { file: 'a.ts', line: 2, column: 13, length: 4, source },
      { file: 'b.ts', line: 9, column: 1 },
    ]
    expect(drawError(errors.TEA_GONE(undefined, { places })).split('\n')).toEqual([
      'TEA_GONE  There is no tea.',
      '  a.ts:2:13',
      '    1 | const cup = 1',
      '  > 2 | const tea = pour(cup)',
      '      |             ^^^^',
      '    3 | drink(tea)',
      '  b.ts:9:1',
      '  Fix: Make some.   More: layer9 explain TEA_GONE',
    ])
  })
})

describe('drawFrame', () => {
  it('stays within the file at its first line', () => {
    expect(drawFrame({ file: 'a.ts', line: 1, column: 1, source }).split('\n')).toEqual([
      '  > 1 | const cup = 1',
      '      | ^',
      '    2 | const tea = pour(cup)',
    ])
  })

  it('lines numbers of different width up', () => {
    const ten = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n')
    expect(drawFrame({ file: 'a.ts', line: 9, column: 1, source: ten })).toContain('   8 | line 8\n  >  9 | line 9')
  })

  it('underlines at least one character', () => {
    expect(drawFrame({ file: 'a.ts', line: 1, column: 3, length: 0, source })).toContain('|   ^')
  })
})
