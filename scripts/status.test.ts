import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkStatus, files, findContradictions, judgeStatus, writeStatus } from './status.ts'

let root: string

function put(path: string, content: unknown): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
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
  put('bench/results/http.json', {
    name: 'http',
    rows: [{ id: 'json', value: 9, ratio: 2, mark: 1.3, met: false, unit: 'µs' }],
  })
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
