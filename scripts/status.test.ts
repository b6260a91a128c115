import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkStatus, files, findContradictions, judgeStatus, writeStatus } from './status.ts'
import type { Figure } from './status-rows.ts'

let root: string

function put(path: string, content: unknown): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}
/** What a benchmark has left. */
function measured(name: string, rows: Figure | readonly Figure[], date = '2026-11-27'): void {
  const machine = { cpu: 'AMD EPYC', cores: 2, memoryGiB: 24, kernel: '6.18' }
  put(`bench/results/${name}.json`, {
    name,
    date: `${date}T02:13:09Z`,
    machine,
    versions: { node: 'v24.21.0' },
    rows: [rows].flat(),
  })
}
const page = () => readFileSync(join(root, files.page), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layer9-status-'))
  mkdirSync(join(root, 'status/results'), { recursive: true })
  put(files.rows, [
    {
      id: 'ssr',
      area: 'Pages',
      capability: 'SSR',
      claim: 'Pages are rendered.',
      step: 'first app',
      proof: { tests: ['a.test.ts'] },
    },
    { id: 'orm', area: 'Data', capability: 'Database', claim: 'Data is | kept.', step: 'later' },
    {
      id: 'fast',
      area: 'Speed',
      claim: 'It is fast.',
      step: 'first app',
      proof: { bench: 'npm run bench', figures: ['http/json'] },
    },
  ])
  put(files.results, { 'a.test.ts': { renders: 'pass', escapes: 'pass' } })
  measured('http', { id: 'json', value: 9, ratio: 2, mark: 1.3, met: false, unit: 'µs' })
  put('README.md', '# Layer9\n\nIt renders. <!-- status:ssr -->\n')
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

describe('writeStatus', () => {
  it('draws capabilities first, then figures, then every claim by area', () => {
    writeStatus(root)
    const order = ['## Capabilities', '## Figures', '## Pages (1 of 1)', '## Data (0 of 1)', '## Speed (0 of 1)']
    expect(order.map((heading) => page().indexOf(heading))).toEqual(
      order.map((heading) => page().indexOf(heading)).sort((one, other) => one - other),
    )
    expect(page()).toContain('| SSR | ✅ works | Pages are rendered. | 2 passed<br>`a.test.ts` |')
    expect(page()).toContain('| Database | ⬜ not yet (later) | Data is \\| kept. |  |')
    expect(page()).toContain('🟡 partly: json: 9 µs, 2x the floor, mark 1.3 missed')
    expect(page()).toContain('3 claims: 1 work, 1 work partly, 1 do not exist yet.')
  })

  it('records the last run of this machine', () => {
    put(files.lastRun, { 'a.test.ts': { renders: 'fail' } })
    expect(writeStatus(root)[0]?.state).toBe('not yet')
    expect(JSON.parse(readFileSync(join(root, files.results), 'utf8'))).toEqual({ 'a.test.ts': { renders: 'fail' } })
  })

  it('writes the same page twice', () => {
    writeStatus(root)
    const first = page()
    writeStatus(root)
    expect(page()).toBe(first)
  })
})

describe('checkStatus', () => {
  it('passes right after writing', () => {
    writeStatus(root)
    expect(checkStatus(root)).toEqual([])
  })

  it('fails when a row or a result changed since', () => {
    writeStatus(root)
    put(files.results, { 'a.test.ts': { renders: 'pass' } })
    expect(checkStatus(root)).toEqual([expect.stringContaining('STATUS.md is stale')])
  })

  it('does not look at the last run of this machine', () => {
    writeStatus(root)
    put(files.lastRun, { 'a.test.ts': { renders: 'fail' } })
    expect(checkStatus(root)).toEqual([])
  })

  it('holds README and docs to the rows', () => {
    put('README.md', 'Rows in 5 ms.\n')
    put('docs/app/routes/index.tsx', 'export default () => <p>{/* status:orm */}Keeps data.</p>\n')
    writeStatus(root)
    expect(checkStatus(root)).toEqual([
      expect.stringContaining('README.md:1: the figure "5 ms" has no mark'),
      expect.stringContaining('docs/app/routes/index.tsx: status:orm is claimed, but its row is "not yet"'),
    ])
  })
})

describe('figures of the README', () => {
  const readme = () => readFileSync(join(root, files.readme), 'utf8')
  const [begin, end] = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').match(
    /^<!-- \/?figures\b.*-->$/gm,
  )!
  const stale = [expect.stringContaining('The figures of README.md are not those of bench/results')]

  beforeEach(() => {
    measured('http', {
      id: 'http-json',
      value: 235.4,
      unit: 'µs CPU',
      floor: 200,
      ratio: 1.2041,
      interval: [1.161, 1.249],
      mark: '1.15x',
      met: false,
    })
    measured('build', { id: 'build-clean', value: 0.3533, unit: 's', mark: '1 s', met: true })
    put(files.readme, `# Layer9\n\n${begin}\n${end}\n\nIt renders. <!-- status:ssr -->\n`)
    writeStatus(root)
  })

  it('are a table of all results: a missed mark is said as plainly as one that is met', () => {
    expect(readme().split('\n')).toEqual([
      '# Layer9',
      '',
      begin,
      '',
      '1 of 2 marks are met. Missed: CPU time of a request for JSON.',
      '',
      '| | Layer9 | the floor | mark | |',
      '|---|---|---|---|---|',
      '| CPU time of a request for JSON | 235 µs CPU | 200 µs CPU: 1.20x (1.16 to 1.25) | 1.15x | **missed** |',
      '| a clean build of the counter | 0.353 s |  | 1 s | met |',
      '',
      expect.stringMatching(
        /^Measured with `npm run bench` on 2026-11-27: AMD EPYC, 2 cores, 24 GiB, .*, Node 24\.21\.0\.$/,
      ),
      expect.stringContaining('bare node:http with the same bytes'),
      expect.stringContaining('a mark counts as missed'),
      '',
      end,
      '',
      'It renders. <!-- status:ssr -->',
      '',
    ])
    expect(checkStatus(root)).toEqual([])
  })

  it('leave out what is faster than what others use, and not what is slower', () => {
    const figure = { value: 1, unit: 'µs CPU', floor: 2, mark: 'below 1x' }
    const rows = ['a', 'b', 'c'].map((id) => ({ ...figure, id: `key-beside-${id}`, met: id !== 'c' }))
    measured('data', rows)
    writeStatus(root)
    expect(readme()).toContain('3 of 5 marks are met.')
    expect(readme()).toContain('`data/key-beside-c`')
    expect(readme()).not.toContain('`data/key-beside-a`')
    expect(readme()).toContain('2 more figures, those of others for the same among them, are in STATUS.md.')
  })

  it('fail the check when somebody edits them', () => {
    put(files.readme, readme().replace('235 µs', '23 µs'))
    expect(checkStatus(root)).toEqual(stale)
  })

  it('fail the check when something was measured anew', () => {
    measured('build', { id: 'build-clean', value: 0.5, unit: 's', mark: '1 s', met: true })
    expect(checkStatus(root)).toEqual(expect.arrayContaining(stale))
    writeStatus(root)
    expect(checkStatus(root)).toEqual([])
  })

  it('get what is measured for the first time, and what has a mark, also if nobody has described it, and say which was measured when', () => {
    measured('memory', { id: 'memory-idle', value: 61, unit: 'MiB', floor: 58, ratio: 1.05, mark: '1.1x', met: true })
    const parts = { id: 'part', value: 0.5, unit: 'ms' }
    measured('new', [{ id: 'thing', value: 1, unit: 'ms', mark: '2 ms', met: true }, parts], '2026-12-01')
    writeStatus(root)
    expect(readme()).toContain('3 of 4 marks are met.')
    expect(readme()).toContain('| memory of an idle server | 61 MiB | 58 MiB: 1.05x | 1.1x | met |')
    expect(readme()).toContain('| `new/thing` | 1 ms |  | 2 ms | met |\n\n1 more figures, those')
    expect(readme()).toContain('`npm run bench -- build http memory` on 2026-11-27')
    expect(readme()).toContain('`npm run bench -- new` on 2026-12-01')
    expect(checkStatus(root)).toEqual([])
  })

  it('need no mark each, but those beside the table do', () => {
    put(files.readme, `${readme()}\nIt takes 5 ms.\n`)
    expect(checkStatus(root)).toEqual([expect.stringContaining('README.md:20: the figure "5 ms" has no mark')])
    put(files.readme, readme().replace(`${end}\n`, ''))
    expect(checkStatus(root)).toEqual(
      expect.arrayContaining([expect.stringContaining('the figure "235 µs" has no mark')]),
    )
  })

  it('say so where nothing was measured', () => {
    rmSync(join(root, 'bench'), { recursive: true })
    writeStatus(root)
    expect(readme()).toContain('Nothing has been measured yet.')
  })
})

describe('findContradictions', () => {
  it('is silent when a fresh run has the same and more', () => {
    expect(findContradictions(root, { 'a.test.ts': { renders: 'pass', escapes: 'pass', streams: 'pass' } })).toEqual([])
  })

  it('reports a claim whose test failed or is gone', () => {
    const expected = [expect.stringContaining('STATUS.md says that "ssr" works; this run does not confirm it')]
    expect(findContradictions(root, { 'a.test.ts': { renders: 'fail' } })).toEqual(expected)
    expect(findContradictions(root, { 'b.test.ts': { renders: 'pass' } })).toEqual(expected)
  })

  it('lets a machine skip what it cannot run', () => {
    expect(findContradictions(root, { 'a.test.ts': { renders: 'skip', escapes: 'skip' } })).toEqual([])
  })
})

describe('judgeStatus', () => {
  it('is empty, not broken, in an empty repository', () => {
    const empty = mkdtempSync(join(tmpdir(), 'layer9-empty-'))
    expect(judgeStatus(empty).rows).toEqual([])
    rmSync(empty, { recursive: true })
  })
})
