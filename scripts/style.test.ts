import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defineErrors } from '../src/1-contracts/index.ts'
import { checkStyle, drawReport } from './style.ts'
import { codeOffences, readCodes } from './style-errors.ts'
import { figures, type Limits, offences, spread } from './style-figures.ts'
import { measure } from './style-measure.ts'
import { exportedNames, nameOffences, readPublicNames } from './style-names.ts'

const limits: Limits = {
  fileLines: { median: 10, p90: 20, max: 30 },
  functionLines: { median: 3, p90: 5, max: 6 },
  parameters: { max: 3 },
  anyPerThousandLines: 2,
  castsPerThousandLines: 10,
  commentShare: { least: 0.15, most: 0.25 },
  testLinesPerLine: 1,
  longerFiles: {},
  longerFunctions: {},
  moreParameters: {},
}

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'layer9-style-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** A file of so many lines, for limits. */
const lines = (count: number) =>
  measure(
    'a.ts',
    'const a = 1\n'.repeat(count).replace(/const a/g, () => 'a'),
  )

describe('measure', () => {
  it('counts functions with their lines and parameters', () => {
    const { functions } = measure(
      'a.ts',
      `function one(this: void, a: 1, b: 2) {
  return a
}
const two = (a: 1) => a
class Three {
  #four(): void {
    one(1, 2)
  }
  abstract(): void
}
declare function five(): void
export default function () {}
`,
    )
    expect(functions).toEqual([
      { name: 'one', line: 1, lines: 3, parameters: 2 },
      { name: 'two', line: 4, lines: 1, parameters: 1 },
      { name: '#four', line: 6, lines: 3, parameters: 0 },
      { name: 'default', line: 12, lines: 1, parameters: 0 },
    ])
  })

  it('counts lines that hold a comment and nothing else', () => {
    const text = `// one\n/**\n * two, three, four\n */\nconst a = 1 // none\n/* five */\n/* none */ const b = "// none"\n`
    expect(measure('a.ts', text)).toMatchObject({ lines: 7, commentLines: 5 })
    expect(measure('a.ts', '// one')).toMatchObject({ lines: 1, commentLines: 1 })
  })

  it('counts any and casts, and not `as const`', () => {
    const text = 'let a: any = 1 as unknown as string\nconst b = [1] as const\nconst any = "any as any"\n'
    expect(measure('a.ts', text)).toMatchObject({ anys: 1, casts: 2 })
  })

  it('finds what is put off', () => {
    expect(measure('a.ts', 'const a = "TODO"\n// TODO: later\n/* FIXME */').putOff).toEqual([2, 3])
  })
})

describe('spread', () => {
  it('gives median, 90% and largest as values that occur', () => {
    expect(spread([5, 1, 3])).toEqual({ median: 3, p90: 5, max: 5 })
    expect(spread([4, 1, 2, 3])).toEqual({ median: 2, p90: 4, max: 4 })
    expect(spread(Array.from({ length: 100 }, (_, index) => index + 1))).toEqual({ median: 50, p90: 90, max: 100 })
    expect(spread([])).toEqual({ median: 0, p90: 0, max: 0 })
  })
})

describe('figures', () => {
  it('holds each figure against its limit', () => {
    const measured = new Map([
      ['a.ts', measure('a.ts', '// a\nconst a = 1 as any\nconst b = 2\nconst c = 3\nconst d = 4\n')],
    ])
    const found = Object.fromEntries(figures(measured, 5, limits).map(({ name, value, ok }) => [name, [value, ok]]))
    expect(found).toMatchObject({
      'files / lines': ['1 / 5', true],
      'file, median lines': ['5', true],
      'any per 1,000 lines': ['200', false],
      'casts per 1,000 lines': ['200', false],
      'comment lines': ['20.0%', true],
      'test lines per line': ['1.00', true],
    })
    expect(figures(measured, 4, limits).at(-1)?.ok).toBe(false)
  })
})

describe('offences', () => {
  it('names long files, long functions and many parameters', () => {
    const long = measure('b.ts', `function long(a: 1, b: 2, c: 3, d: 4) {\n${'  a\n'.repeat(6)}}\n`)
    const measured = new Map([
      ['src/a.ts', lines(31)],
      ['src/b.ts', long],
    ])
    expect(offences(measured, limits)).toEqual([
      { place: 'src/a.ts', what: '31 lines' },
      { place: 'src/b.ts:1', what: 'long has 8 lines' },
      { place: 'src/b.ts:1', what: 'long has 4 parameters' },
    ])
  })

  it('lets listed exceptions be, and asks to remove those that are none', () => {
    const measured = new Map([['src/a.ts', lines(31)]])
    const longerFiles = { 'src/a.ts': 'a table of constants', 'src/b.ts': 'was long once' }
    expect(offences(measured, { ...limits, longerFiles })).toEqual([
      { place: 'src/b.ts', what: 'is listed as an exception and needs none' },
    ])
  })

  it('refuses names after no subject', () => {
    const names = ['src/utils/a.ts', 'src/helpers.ts', 'src/common/x/a.ts', 'src/misc.ts', 'src/a_v2.ts']
    const fine = ['src/useful/a.ts', 'src/uncommon.ts', 'src/help.ts']
    const measured = new Map([...names, ...fine].map((path) => [path, lines(1)]))
    expect(offences(measured, limits).map(({ place }) => place)).toEqual(names)
  })
})

describe('public names', () => {
  it('are read from the doors, types marked', () => {
    const root = tree({
      'package.json': JSON.stringify({
        exports: {
          './a': { default: './dist/a.js' },
          './b': { default: './dist/b.js' },
          './package.json': './package.json',
        },
      }),
      'src/a.ts': `export { one, type Two, three as default } from './x.ts'\nexport type { Four } from './x.ts'\nexport const five = 5`,
    })
    expect(readPublicNames(root)).toEqual({
      'layer9/a': ['default', 'five', 'one', 'type Four', 'type Two'],
      'layer9/b': [],
    })
    writeFileSync(join(root, 'src/b.ts'), `export * from './a.ts'`)
    expect(exportedNames(join(root, 'src/b.ts'))).toEqual(['*'])
  })

  it('that differ from the list are offences', () => {
    const now = { a: ['new', 'same'], b: ['*'], c: [] }
    const listed = { a: ['old', 'same'], b: ['*'], d: ['x'] }
    expect(nameOffences(now, listed)).toEqual([
      { place: 'a', what: 'exports new, which is not listed' },
      { place: 'a', what: 'no longer exports old' },
      { place: 'b', what: 'does not write out its names' },
      { place: 'c', what: 'exports nothing' },
      { place: 'd', what: 'is no entry any more' },
      { place: 'd', what: 'no longer exports x' },
    ])
  })
})

describe('error codes', () => {
  const { fix, message } = { fix: () => 'Do it.', message: () => 'It is.' }

  it('are read from the catalogues that a module exports', async () => {
    const catalogueFile = fileURLToPath(new URL('../src/1-contracts/catalogue.ts', import.meta.url))
    const root = tree({
      'src/errors.ts': `import { defineErrors } from ${JSON.stringify(catalogueFile)}
export const errors = defineErrors({ A_CODE: { message: () => 'a', fix: () => 'b' } })
export const other = { B_CODE: 1 }`,
    })
    expect((await readCodes(root, ['src/errors.ts'])).map(({ code, file }) => [code, file])).toEqual([
      ['A_CODE', 'src/errors.ts'],
    ])
    expect(defineErrors({ A_CODE: { message, fix } }).A_CODE({})).toMatchObject({ code: 'A_CODE' })
  })

  it('that are twice, without a fix or in no test are offences', () => {
    const codes = [
      { code: 'A_CODE', file: 'a.ts', entry: { message, fix } },
      { code: 'A_CODE', file: 'b.ts', entry: { message, fix } },
      { code: 'B_CODE', file: 'b.ts', entry: { message } },
      { code: 'A_CODE_MORE', file: 'c.ts', entry: { message, fix } },
    ]
    expect(codeOffences(codes, `code: 'A_CODE' B_CODE`)).toEqual([
      { place: 'b.ts', what: 'A_CODE stands in a.ts too' },
      { place: 'b.ts', what: 'B_CODE has no fix' },
      { place: 'c.ts', what: 'A_CODE_MORE is asserted by no test' },
    ])
    // A longer code that only begins like it asserts nothing.
    expect(codeOffences([codes[0]!], 'A_CODE_MORE')).toEqual([{ place: 'a.ts', what: 'A_CODE is asserted by no test' }])
  })
})

describe('checkStyle', () => {
  it('reads source and tests apart, passes over fixtures, and is drawn as a table', async () => {
    const root = tree({
      'package.json': '{ "exports": {} }',
      'src/a.ts': '// a\nexport const a = 1\nexport const b = 1\nexport const c = 1\n',
      'src/a.test.ts': 'a\nb\nc\nd\n',
      'src/fixtures/b.ts': 'any\n'.repeat(100),
    })
    const report = await checkStyle(root, limits, {})
    expect(report.offences).toEqual([])
    expect(report.figures.at(-1)).toMatchObject({ name: 'test lines per line', value: '26.00' })
    expect(report.figures[0]).toMatchObject({ value: '1 / 4' })
    expect(
      drawReport(report)
        .split('\n')
        .every((line) => !line.startsWith('✗')),
    ).toBe(true)
    writeFileSync(join(root, 'src/utils.ts'), '// TODO\n')
    expect(drawReport(await checkStyle(root, limits, {}))).toContain('✗ src/utils.ts:1 puts something off')
  })

  it('finds the limits beside the script complete', () => {
    const kept = JSON.parse(readFileSync(new URL('./style.limits.json', import.meta.url), 'utf8')) as Limits
    expect(Object.keys(kept).sort()).toEqual(Object.keys(limits).sort())
  })
})
