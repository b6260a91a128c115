// The examples of docstrings: all of them type-check, and those that say what comes out are run.
import { beforeAll, describe, expect, it } from 'vitest'
import { is, rest } from './harness/docstring-values.ts'
import { checkExamples, readExamples, writeExamples } from './harness/docstrings.ts'

const examples = readExamples('{src,scripts,tests/harness}/**/*.{ts,tsx}')

/** Examples that are wrong, as if they stood in a docstring of `etagOf`, from line 1001 on. */
const wrong = ["etagOf('a') // 'other'", 'etagOf(1)', 'etagOf(nowhere)', "return etagOf('a')"].map((text, index) => ({
  file: 'src/2-platform/etag.ts',
  line: 1001 + index,
  text,
}))

const written = writeExamples('all', [...examples, ...wrong])
const isWrong = ({ line }: { line: number }) => line > 1000
const run = written.filter((example) => example.values > 0 && !isWrong(example))

describe('examples in docstrings', () => {
  let problems: readonly string[]
  beforeAll(async () => {
    problems = await checkExamples('all', written)
  })

  it(`type-check, all ${examples.length}: ${run.length} are run too, ${examples.length - run.length} only checked`, () => {
    expect(examples.length).toBeGreaterThan(160)
    expect(problems.filter((problem) => !problem.startsWith('src/2-platform/etag.ts:100'))).toEqual([])
  })

  it('have eight lines at most', () => {
    const long = examples.filter(({ text }) => text.split('\n').length > 8)
    expect(long.map(({ file, line }) => `${file}:${line}`)).toEqual([])
  })

  it('would be noticed if their types were wrong', () => {
    expect(problems.filter((problem) => problem.startsWith('src/2-platform/etag.ts:100'))).toEqual([
      expect.stringMatching(/:1002 Argument of type 'number'/),
      expect.stringMatching(/:1003 Cannot find name 'nowhere'/),
      expect.stringMatching(/:1004 A 'return' statement/),
    ])
  })

  it('would be noticed if they could not be parsed', async () => {
    const texts = ["etagOf('a'))", "etagOf('a') // a tag of it"]
    const broken = writeExamples(
      'broken',
      texts.map((text, index) => ({ file: 'src/2-platform/etag.ts', line: 1 + index, text })),
    )
    const places = (await checkExamples('broken', broken)).map((problem) => problem.split(' ')[0])
    expect([...new Set(places)]).toEqual(['src/2-platform/etag.ts:1', 'src/2-platform/etag.ts:2'])
  })
})

describe('an example that says what comes out', () => {
  it.each(run)('is right: $file:$line', async ({ path }) => {
    await import(path)
  })

  it('would be noticed if it said another value', async () => {
    const [other] = written.filter(isWrong)
    await expect(import(other!.path)).rejects.toThrow("to deeply equal 'other'")
  })
})

describe('a value of an example', () => {
  it.each([
    ['a text', 'abc', 'abc'],
    ['a text with a part left out', 'a [b] c', 'a […] c'],
    ['an object', { id: 1, tags: ['x'] }, { id: 1, tags: ['x'] }],
    ['an object with properties left out', { id: 1, inner: { a: 1, b: 2 } }, { inner: { a: 1, ...rest }, ...rest }],
    ['an array with items left out', ['a', 'b', 'c'], ['a', '…', ...rest]],
    ['a date', new Date(0), new Date(0)],
  ])('is %s', (_, actual, said) => {
    is(actual, said)
  })

  it.each([
    ['another text', 'abc', 'abd'],
    ['another text around what is left out', 'a [b] d', 'a […] c'],
    ['an object with more properties', { id: 1, name: 'Ada' }, { id: 1 }],
    ['an object of other properties, some left out', { id: 1, name: 'Ada' }, { id: 2, ...rest }],
    ['an array with more items', [1, 2], [1]],
    ['an array of other items, some left out', [1, 2], [2, ...rest]],
    ['an array of fewer items than said', [], [1, ...rest]],
    ['another date', new Date(0), new Date(1)],
  ])('is not %s', (_, actual, said) => {
    expect(() => is(actual, said)).toThrow('deeply equal')
  })
})
