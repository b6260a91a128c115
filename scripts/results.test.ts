import { describe, expect, it } from 'vitest'
import { countResults, matchTests, type Report, toResults } from './results.ts'

const report: Report = {
  testResults: [
    {
      name: '/repo/src/b.test.ts',
      status: 'failed',
      assertionResults: [
        { ancestorTitles: ['decode'], title: 'refuses', status: 'failed' },
        { ancestorTitles: ['decode'], title: 'reads', status: 'passed' },
        { ancestorTitles: ['decode', 'dates'], title: 'reads', status: 'pending' },
      ],
    },
    {
      name: '/repo/src/a/[id].test.ts',
      status: 'passed',
      assertionResults: [
        { ancestorTitles: [], title: 'twice', status: 'passed' },
        { ancestorTitles: [], title: 'twice', status: 'todo' },
      ],
    },
    { name: '/repo/src/broken.test.ts', status: 'failed', assertionResults: [] },
  ],
}
const results = toResults(report, '/repo')

describe('toResults', () => {
  it('names each test by file and describes, in a fixed order', () => {
    expect(Object.keys(results)).toEqual(['src/a/[id].test.ts', 'src/b.test.ts', 'src/broken.test.ts'])
    expect(Object.entries(results['src/b.test.ts'] ?? {})).toEqual([
      ['decode > dates > reads', 'skip'],
      ['decode > reads', 'pass'],
      ['decode > refuses', 'fail'],
    ])
  })

  it('keeps the worst outcome of tests with the same name', () => {
    expect(results['src/a/[id].test.ts']).toEqual({ twice: 'skip' })
  })

  it('fails a file that could not be run', () => {
    expect(results['src/broken.test.ts']).toEqual({ '(the file itself)': 'fail' })
  })
})

describe('countResults', () => {
  it('counts over all files', () => {
    expect(countResults(results)).toEqual({ passed: 1, failed: 2, skipped: 2 })
  })
})

describe('matchTests', () => {
  it.each([
    ['src/b.test.ts', ['skip', 'pass', 'fail']],
    ['src/*.test.ts', ['skip', 'pass', 'fail', 'fail']],
    ['**/*.test.ts', ['skip', 'skip', 'pass', 'fail', 'fail']],
    ['src/a/[id].test.ts', ['skip']],
    ['src/b.test.ts > decode > dates', ['skip']],
    ['src/b.test.ts > decode > reads', ['pass']],
    ['src/b.test.ts > dec', []],
    ['src/none.test.ts', []],
  ])('%s means %j', (pattern, outcomes) => {
    expect(matchTests(results, pattern)).toEqual(outcomes)
  })
})
