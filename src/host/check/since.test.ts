import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCheck } from './run.ts'
import { tree, write } from './testing/tree.fixture.ts'

type Files = Readonly<Record<string, string>>

/** File and code of what is told when these files changed, of an app made of those. */
async function toldOf(files: Files, ...changed: string[]) {
  const root = tree(files)
  const changes = { revision: 'main', files: new Set(changed.map((path) => join(root, path))), folders: [] }
  const { projects } = await runCheck({ root, cache: false, changes })
  return projects.flatMap(({ violations }) => violations.map(({ file, code }) => `${file} ${code}`))
}

const broken = {
  'app/services/a.ts': `import '~/components/b'\n`,
  'app/services/c.ts': `import '~/components/b'\nimport '~/routes/d'\n`,
  'app/components/b.ts': '',
  'app/routes/d.ts': '',
}

describe('a check since a revision', () => {
  it('tells nothing when what changed has no part in it', async () => {
    expect(await toldOf(broken)).toEqual([])
    expect(await toldOf(broken, 'README.md', 'app/state/e.ts')).toEqual([])
  })

  it('tells of the violations of a changed file', async () => {
    expect(await toldOf(broken, 'app/services/a.ts')).toEqual(['app/services/a.ts LAYER_UPWARD'])
  })

  it('tells of files that break a rule by importing a changed one', async () => {
    expect(await toldOf(broken, 'app/components/b.ts')).toEqual([
      'app/services/a.ts LAYER_UPWARD',
      'app/services/c.ts LAYER_UPWARD',
    ])
    expect(await toldOf(broken, 'app/routes/d.ts')).toEqual(['app/services/c.ts LAYER_UPWARD'])
  })

  it('tells of what is reached through a changed file of no layer, on whatever way', async () => {
    const files = {
      'app/services/a.ts': `import '../../lib/all'\n`,
      'app/components/b.ts': '',
      'lib/all.ts': `export * from './one'\nexport * from './other'\n`,
      'lib/one.ts': `export * from '../app/components/b'\n`,
      'lib/other.ts': `export * from '../app/routes/c'\n`,
      'app/routes/c.ts': '',
    }
    for (const changed of ['lib/all.ts', 'lib/one.ts', 'lib/other.ts', 'app/routes/c.ts'])
      expect(await toldOf(files, changed)).toEqual(['app/services/a.ts LAYER_UPWARD'])
    expect(await toldOf(files, 'lib/third.ts')).toEqual([])
  })

  it('tells of a folder that is no layer when a file in it changed', async () => {
    const files = { 'app/lib/a.ts': '', 'app/libs/b.ts': '' }
    expect(await toldOf(files, 'app/lib/a.ts')).toEqual(['app/lib LAYER_UNKNOWN_FOLDER'])
  })

  it('tells of a circle from the changed file on it', async () => {
    const files = {
      'app/state/a.ts': `import './deep/b'\n`,
      'app/state/deep/b.ts': `import '../far/c'\n`,
      'app/state/far/c.ts': `import '../a'\n`,
      'app/state/other.ts': '',
    }
    expect(await toldOf(files, 'app/state/far/c.ts')).toEqual(['app/state/far/c.ts LAYER_CYCLE'])
    expect(await toldOf(files, 'app/state/other.ts')).toEqual([])
  })

  it('tells of a circle through a changed file beside the one that is shown without it', async () => {
    const files = {
      'app/state/a.ts': `import './deep/b'\n`,
      'app/state/deep/b.ts': `import '../a'\nimport '../far/c'\n`,
      'app/state/far/c.ts': `import '../a'\n`,
    }
    expect(await toldOf(files, 'app/state/far/c.ts')).toEqual(['app/state/far/c.ts LAYER_CYCLE'])
  })

  it.each(['package.json', 'tsconfig.json', 'package-lock.json'])(
    'leaves nothing out when %s changed',
    async (name) => {
      expect(await toldOf(broken, name)).toHaveLength(3)
      expect(await toldOf(broken, `lib/${name}`)).toEqual([])
    },
  )

  it('counts all that a changed link leads to', async () => {
    const root = tree(broken)
    const changes = { revision: 'main', files: new Set<string>(), folders: [join(root, 'app/routes')] }
    expect((await runCheck({ root, cache: false, changes })).projects[0]?.violations).toMatchObject([
      { file: 'app/services/c.ts', line: 2 },
    ])
  })

  it('says since when', async () => {
    const root = tree({ 'app/routes/index.tsx': '' })
    const changes = { revision: 'v1', files: new Set([join(root, 'app/services/a.ts')]), folders: [] }
    expect(await runCheck({ root, cache: false, changes })).toMatchObject({
      exitCode: 0,
      output: 'Layers are in order since v1 (1 file, 0 imports).\n',
    })
    write(root, 'app/services/a.ts', `import '~/routes/index'\n`)
    expect(await runCheck({ root, cache: false, changes })).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/\n1 violation since v1 \(2 files, 1 import\)\.\n$/),
    })
  })
})
