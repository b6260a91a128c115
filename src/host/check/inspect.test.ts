import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFile } from './inspect.ts'
import { tree } from './testing/tree.fixture.ts'

const files = {
  'app/routes/index.tsx': `import type { Post } from '~/contracts/post'\nimport '~/services/posts'\n`,
  'app/services/posts.ts': `import { post } from '~/contracts/post'\nexport { post }\n`,
  'app/services/posts.test.ts': `import './posts'\n`,
  'app/contracts/post.ts': 'export const post = 1\nexport type Post = 1\n',
  'app/api/posts.ts': '',
}

describe('inspectFile', () => {
  it('finds a file from the root, by its whole path, and by ~', async () => {
    const root = tree(files)
    for (const file of ['app/contracts/post.ts', join(root, 'app/contracts/post.ts'), '~/contracts/post.ts'])
      expect(await inspectFile({ root, file, cache: false })).toMatchObject({ file: 'app/contracts/post.ts' })
  })

  it('tells layer, place, importers and what is refused', async () => {
    const root = tree(files)
    const services = await inspectFile({ root, file: 'app/services/posts.ts', cache: false })
    expect(services).toMatchObject({
      layer: { name: 'services', number: 4 },
      runs: 'server',
      importers: [
        { file: 'app/routes/index.tsx', line: 2, layer: { number: 9 }, typeOnly: false, refused: true },
        { file: 'app/services/posts.test.ts', line: 1, layer: undefined, refused: false },
      ],
      violations: [{ code: 'LAYER_WIRE', file: 'app/routes/index.tsx', target: 'app/services/posts.ts' }],
    })
    expect(await inspectFile({ root, file: 'app/contracts/post.ts', cache: false })).toMatchObject({
      runs: 'both',
      importers: [{ typeOnly: true }, { typeOnly: false }],
      violations: [],
    })
    expect(await inspectFile({ root, file: 'app/api/posts.ts', cache: false })).toMatchObject({ runs: 'stubs' })
  })

  it('knows tests, which have no layer', async () => {
    const found = await inspectFile({ root: tree(files), file: 'app/services/posts.test.ts', cache: false })
    expect(found).toMatchObject({ test: true, layer: undefined, runs: undefined })
  })

  it('gives the known files for one that it does not know, and nothing without a project', async () => {
    const found = await inspectFile({ root: tree(files), file: 'app/post.ts', cache: false })
    expect(found).toEqual({ known: Object.keys(files).sort() })
    expect(await inspectFile({ root: tree({ 'a.ts': '' }), file: 'a.ts', cache: false })).toBeUndefined()
  })
})
