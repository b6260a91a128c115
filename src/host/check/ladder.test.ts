import { describe, expect, it } from 'vitest'
import { drawLadder, measureLadder } from './ladder.ts'
import { checkProjects } from './projects.ts'
import { tree } from './testing/tree.fixture.ts'

/** The ladder of a project made of these files. */
async function ladderOf(files: Readonly<Record<string, string>>) {
  const [found] = await checkProjects({ root: tree(files), cache: false })
  return measureLadder(found!)
}

const app = {
  'app/routes/index.tsx': `import { A } from '~/components/A'\nimport { a } from '~/api/a'\nimport type { P } from '~/contracts/p'\n`,
  'app/components/A.tsx': `import { B } from './B'\nexport const A = B\n`,
  'app/components/B.tsx': 'export const B = 1',
  'app/components/A.test.ts': `import { A } from './A'\n`,
  'app/api/a.ts': `import { page } from '~/routes/index'\nexport const a = page\n`,
  'app/contracts/p.ts': '',
}

describe('measureLadder', () => {
  it('tells files and lines of each of the nine, the highest first', async () => {
    const { layers, tests } = await ladderOf(app)
    expect(layers.map(({ number, name, files, lines }) => [number, name, files, lines])).toEqual([
      [9, 'routes', 1, 3],
      [8, 'components', 2, 3],
      [7, 'state', 0, 0],
      [6, 'api', 1, 2],
      [5, 'middleware', 0, 0],
      [4, 'services', 0, 0],
      [3, 'data', 0, 0],
      [2, 'platform', 0, 0],
      [1, 'contracts', 1, 0],
    ])
    expect(tests).toEqual({ files: 1, lines: 1 })
  })

  it('counts imports between layers, of types, within a layer, and against the rules; not those of tests', async () => {
    const { layers, violations } = await ladderOf(app)
    const [routes, components, , api] = layers
    expect(routes?.arrows).toEqual([
      { to: 'components', imports: 1, types: 0, violations: 0 },
      { to: 'api', imports: 1, types: 0, violations: 0 },
      { to: 'contracts', imports: 1, types: 1, violations: 0 },
    ])
    expect(components).toMatchObject({ within: 1, arrows: [], violations: 0 })
    expect(api).toMatchObject({ arrows: [{ to: 'routes', imports: 1, types: 0, violations: 1 }], violations: 2 })
    // One import, two rules: it leads up, and closes a circle.
    expect(violations.map(({ code }) => code)).toEqual(['LAYER_UPWARD', 'LAYER_CYCLE'])
  })

  it('puts the host on top of the framework', async () => {
    const { mode, layers } = await ladderOf({ 'src/1-contracts/index.ts': '', 'src/host/a.ts': '\n' })
    expect(mode).toBe('source')
    expect(layers[0]).toMatchObject({ number: 10, name: 'host', files: 1, lines: 1 })
  })
})

describe('drawLadder', () => {
  it('draws steps, arrows, the wire and violations', async () => {
    const drawn = drawLadder(await ladderOf(app))
    expect(drawn).toContain('app: 5 files, 8 lines; tests: 1, 1 line\n')
    expect(drawn).toMatch(/^ 9 routes +1 file +3 lines {2}→ components 1, api 1,\n +contracts 1 \(1 type\)$/m)
    expect(drawn).toMatch(/^ 7 state +-\n +─── the wire ─+\n 6 api /m)
    expect(drawn).toMatch(/^ 6 api .*→ routes 1 \(1 REFUSED\)$/m)
    expect(drawn).toContain('  LAYER_UPWARD  app/api/a.ts:1 (api, 6) imports ~/routes/index (routes, 9)\n')
  })

  it('stays within 80 columns', async () => {
    const layers = ['components', 'state', 'api', 'middleware', 'services', 'data', 'platform', 'contracts']
    const imports = layers
      .map((name) => `import type { T } from '~/${name}/with/a/very/long/way/to/the/file'\n`)
      .join('')
    const targets = layers.map((name) => [`app/${name}/with/a/very/long/way/to/the/file.ts`, imports])
    const drawn = drawLadder(await ladderOf({ ...Object.fromEntries(targets), 'app/routes/index.ts': imports }))
    for (const line of drawn.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})
