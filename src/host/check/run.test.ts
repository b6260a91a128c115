import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runCheck } from './run.ts'
import { tree } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const broken = { 'app/services/a.ts': `import '~/routes/b'`, 'app/routes/b.ts': '' }

describe('runCheck', () => {
  it('answers 0 and one line when all is in order', async () => {
    const root = tree({ 'app/routes/index.tsx': '' })
    expect(await runCheck({ root })).toMatchObject({
      exitCode: 0,
      output: 'Layers are in order (1 file, 0 imports).\n',
    })
    expect(existsSync(join(root, '.layer9/check.json'))).toBe(true)
  })

  it('answers 1 with every violation drawn', async () => {
    const { exitCode, output } = await runCheck({ root: tree(broken), cache: false })
    expect(exitCode).toBe(1)
    expect(output).toContain(
      [
        'LAYER_UPWARD  app/services/a.ts:1 (services, 4) imports ~/routes/b (routes, 9)',
        `  1 | import '~/routes/b'`,
        '    |        ^^^^^^^^^^^^',
        '  A layer imports only from layers below it.',
      ].join('\n'),
    )
    expect(output).toMatch(/\n1 violation \(2 files, 1 import\)\.\n$/)
  })

  it('answers 2 where there is nothing to check', async () => {
    const root = tree({ 'src/index.ts': '' })
    expect(await runCheck({ root })).toMatchObject({ exitCode: 2, output: '', projects: [], outsiders: [] })
  })

  it('gives the same as data', async () => {
    const { exitCode, projects } = await runCheck({ root: tree(broken), cache: false })
    expect(exitCode).toBe(1)
    expect(projects).toMatchObject([
      { folder: '.', mode: 'app', files: 2, imports: 1, violations: [{ code: 'LAYER_UPWARD', line: 1 }] },
    ])
  })

  it('checks the framework itself with its examples', async () => {
    const root = tree({
      'src/1-contracts/a.ts': '',
      'examples/one/app/routes/index.ts': '',
      'examples/two/app/lib/x.ts': '',
      'examples/README.md': '',
      'docs/app/routes/index.ts': '',
    })
    const { exitCode, projects } = await runCheck({ root, cache: false })
    expect(projects.map(({ folder, mode, violations }) => [folder, mode, violations.length])).toEqual([
      ['.', 'source', 0],
      ['examples/one', 'app', 0],
      ['examples/two', 'app', 1],
      ['docs', 'app', 0],
    ])
    expect(exitCode).toBe(1)
  })
})
