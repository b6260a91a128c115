import { describe, expect, it } from 'vitest'
import type { Results } from './results.ts'
import { type Figures, findRowFaults, judgeRow, type Row } from './status-rows.ts'

const results: Results = {
  'a.test.ts': { 'codec > round trip': 'pass', 'codec > limits': 'pass' },
  'b.test.ts': { broken: 'fail', fine: 'pass', absent: 'skip' },
}
const figures: Figures = {
  'http/json': { id: 'json', value: 12, ratio: 1.2, mark: 1.33, met: true },
  'http/page': { id: 'page', value: 30.123, ratio: 1.6, mark: 1.45, met: false, unit: 'µs' },
}
const row = (parts: Partial<Row>): Row => ({ id: 'x', area: 'A', claim: 'It does.', step: 'first app', ...parts })
const judge = (parts: Partial<Row>) => judgeRow(row(parts), results, figures)

describe('judgeRow', () => {
  it('works when all named tests passed and all figures met their marks', () => {
    const proof = { tests: ['a.test.ts'], bench: 'npm run bench -- http', figures: ['http/json'] }
    expect(judge({ proof })).toMatchObject({ state: 'works', reason: '', passed: 2 })
  })

  it('is not yet without proof, whatever is said', () => {
    expect(judge({})).toMatchObject({ state: 'not yet' })
    expect(judge({ partly: 'nearly' })).toMatchObject({ state: 'not yet' })
    expect(judge({ proof: { tests: [] } })).toMatchObject({ state: 'not yet' })
  })

  it.each(['b.test.ts > broken', 'b.test.ts > absent', 'b.test.ts', 'none.test.ts'])(
    'is not yet by %s alone',
    (test) => {
      const judged = judge({ proof: { tests: [test] } })
      expect(judged.state).toBe('not yet')
      expect(judged.reason).toContain(test)
    },
  )

  it('is partly when only some of the evidence passed', () => {
    expect(judge({ proof: { tests: ['a.test.ts', 'none.test.ts'] } })).toMatchObject({
      state: 'partly',
      reason: 'no test passed: none.test.ts',
    })
  })

  it('is partly with the figure when a mark is missed', () => {
    expect(judge({ proof: { bench: 'npm run bench -- http', figures: ['http/page'] } })).toMatchObject({
      state: 'partly',
      reason: 'page: 30.1 µs, 1.6x the floor, mark 1.45 missed',
    })
  })

  it('is partly with its reason when something is known to be missing', () => {
    expect(judge({ partly: 'no streaming', proof: { tests: ['a.test.ts'] } })).toMatchObject({
      state: 'partly',
      reason: 'no streaming',
    })
  })
})

describe('findRowFaults', () => {
  it('is silent about good rows', () => {
    expect(findRowFaults([row({ id: 'a-1' }), row({ id: 'b', claim: '`dev` runs.' })])).toEqual([])
  })

  it('names each fault with its row', () => {
    const faults = findRowFaults([
      row({ id: 'twice' }),
      row({ id: 'twice' }),
      row({ id: 'Not_Kebab' }),
      row({ id: 'words', claim: 'no sentence' }),
      row({ id: 'bare', proof: { figures: ['http/json'] } }),
    ])
    expect(faults).toEqual([
      expect.stringContaining('"twice" is there twice'),
      expect.stringContaining('"Not_Kebab" is not kebab-case'),
      expect.stringContaining('"words" is not a sentence'),
      expect.stringContaining('"bare" has figures, but no bench command'),
    ])
  })
})
