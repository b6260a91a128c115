import { describe, expect, it } from 'vitest'
import type { ReportedViolation } from '../check/index.ts'
import { toSarif } from './sarif.ts'

const violation: ReportedViolation = {
  code: 'LAYER_UPWARD',
  file: 'app/services/[a] b.ts',
  line: 2,
  column: 8,
  length: 99,
  specifier: '~/routes/b',
  names: [],
  typeOnly: false,
  text: `import '~/routes/b'`,
  message: 'It imports upwards.',
  wayOut: 'Move it.',
  fix: null,
}

/** The results for violations of a project in a folder. */
async function resultsOf(folder: string, ...violations: ReportedViolation[]) {
  const projects = [{ folder, mode: 'app' as const, files: 1, imports: 1, violations }]
  const { runs } = await toSarif('/my', { exitCode: 1, projects, routes: [], hints: [], types: [] })
  return runs[0]!.results
}

describe('toSarif', () => {
  it('names files from the folder that was checked, escaped', async () => {
    expect(await resultsOf('examples/one', violation)).toMatchObject([
      {
        ruleId: 'LAYER_UPWARD',
        message: { text: 'It imports upwards.\nMove it.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'examples/one/app/services/%5Ba%5D%20b.ts', uriBaseId: '%SRCROOT%' },
              // No further than the line's end.
              region: { startLine: 2, startColumn: 8, endColumn: 20 },
            },
          },
        ],
      },
    ])
  })

  it('names what lies elsewhere by its whole address', async () => {
    const [result] = await resultsOf('.', { ...violation, file: '/elsewhere/a.ts', length: 0 })
    expect(result).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'file:///elsewhere/a.ts' },
            region: { startLine: 2, startColumn: 8 },
          },
        },
      ],
    })
  })

  it('leaves a move to words', async () => {
    const fix = { edits: [], move: { from: 'a', to: 'b' } }
    expect((await resultsOf('.', { ...violation, fix }))[0]).not.toHaveProperty('fixes')
  })
})
