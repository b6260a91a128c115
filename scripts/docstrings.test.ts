import { describe, expect, it } from 'vitest'
import { toModule } from './docstring-module.ts'
import { extractDocstrings, importsOf } from './docstrings.ts'

describe('extractDocstrings', () => {
  it('finds examples with their lines, without stars', () => {
    const source = 'let a\n\n/**\n * One.\n *\n * @example\n * one()\n *   .two()\n *\n * three()\n */\nexport let b\n'
    expect(extractDocstrings('a.ts', source)).toEqual([{ file: 'a.ts', line: 7, text: 'one()\n  .two()\n\nthree()' }])
  })

  it('finds one on the line of its tag, two in a docstring, and those of members', () => {
    const source =
      '/** @example one() */\nlet a\nclass B {\n  /**\n   * @example\n   * two()\n   * @example\n   * three()\n   * @see B\n   */\n  c = 1\n}\n'
    expect(extractDocstrings('a.ts', source).map(({ line, text }) => [line, text])).toEqual([
      [1, 'one()'],
      [6, 'two()'],
      [8, 'three()'],
    ])
  })

  it('finds none in texts, plain comments and sentences', () => {
    const source =
      "const a = '/** @example one() */'\n/* @example one() */\n// @example one()\n/** Behind `@example`. */\n"
    expect(extractDocstrings('a.ts', source)).toEqual([])
  })

  it('reads the end of a comment as it is meant', () => {
    expect(extractDocstrings('a.ts', '/**\n * @example\n * f(/* a *\\/)\n */')[0]?.text).toBe('f(/* a */)')
  })
})

describe('importsOf', () => {
  it('names what a file exports and what it imports', () => {
    const source =
      "import { a as b, type C } from './c.ts'\nimport d from 'd'\nimport * as e from '../e.ts'\nexport const f = 1\nexport type G = 1\n"
    expect([...importsOf('/src/x/a.ts', source)]).toEqual([
      ['b', "{ a as b } from '/src/x/c.ts'"],
      ['C', "{ C as C } from '/src/x/c.ts'"],
      ['d', "d from 'd'"],
      ['e', "* as e from '/src/e.ts'"],
      ['f', "{ f } from '/src/x/a.ts'"],
      ['G', "{ G } from '/src/x/a.ts'"],
    ])
  })
})

describe('toModule', () => {
  const imports = new Map([['f', "{ f } from '/f.ts'"]])
  const make = (text: string) => toModule({ file: '/src/a.ts', line: 3, text }, imports, '/checks.ts')
  const codeOf = (text: string) => make(text).code.split('\n').slice(1).join('\n').trim()

  it('imports what the example names and does not declare', () => {
    expect(make('f(1)').code).toBe("import { f } from '/f.ts'; \nf(1)\n")
    expect(make('const { f } = { f: 1 }').code).not.toContain('import')
    expect(make('export function f() {}').code).not.toContain('import')
    expect(make("import { f } from './g.ts'").code).toBe("\nimport { f } from '/src/g.ts'\n")
  })

  it('compares an expression with the comment behind it', () => {
    expect(make('f(1) // 2')).toMatchObject({ values: 1, code: expect.stringContaining("from '/checks.ts'") })
    expect(codeOf('const a = 1\nf(\n  a,\n)   // { b: 2 }')).toBe('const a = 1\n_is((f(\n  a,\n)), ({ b: 2 }))')
    expect(codeOf('f(1); f(2) // 2')).toBe('f(1); _is((f(2)), (2))')
  })

  it('leaves a remark out, and takes what is left out in objects and arrays, but not in texts, for the rest', () => {
    expect(codeOf("f(1) // '/a' (as in 'b')")).toBe("_is((f(1)), ('/a'))")
    expect(codeOf("f(1) // [{ a: '…', … }, …]")).toBe("_is((f(1)), ([{ a: '…', ..._rest }, ..._rest]))")
    expect(make('f(1) // (later)').values).toBe(0)
  })

  it('goes on with a template literal in the comments below', () => {
    expect(codeOf('f(1) // `a\n//   b\n//\n// c`\nf(2) // 2')).toBe('_is((f(1)), (`a\n  b\n\nc`))\n_is((f(2)), (2))')
  })

  it('takes a body that is left out for an empty one', () => {
    expect(codeOf('function g() { … }')).toBe('function g() {   }')
  })

  it('takes comments on lines of their own for what they are', () => {
    expect(make('// first\nf(1)').values).toBe(0)
  })

  it.each(['const a = 1 // 1', 'if (f(1)) f(2) // 2', 'f({\n  a: 1, // 2\n})', 'f(1)\n// 1', '// f(1)'])(
    'refuses a value that would not be compared: %s',
    (text) => {
      expect(() => make(text)).toThrow('/src/a.ts:3: ')
    },
  )
})
