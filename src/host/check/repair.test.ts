import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeRepair } from './reported.ts'
import { runCheck } from './run.ts'
import { applyRepair } from './testing/apply.fixture.ts'
import { tree } from './testing/tree.fixture.ts'

type Files = Readonly<Record<string, string>>

/** The violations of an app made of these files. */
async function violationsOf(root: string) {
  const { projects } = await runCheck({ root, cache: false })
  return projects.flatMap(({ violations }) => violations)
}

/** Applies the fix of the one violation that the files have, and gives the folder once the check is green. */
async function mended(files: Files) {
  const root = tree(files)
  const [violation, ...others] = await violationsOf(root)
  expect(others).toEqual([])
  const { fix } = violation!
  applyRepair(root, fix!)
  expect(await violationsOf(root)).toEqual([])
  return { root, fix: fix!, read: (path: string) => readFileSync(join(root, path), 'utf8') }
}

/** The fixes of the violations of an app. */
const fixesOf = async (files: Files) => (await violationsOf(tree(files))).map(({ fix }) => fix)

const posts = {
  'app/services/posts.ts': 'export interface Post { id: string }\nexport const recent = 1\nexport default 1\n',
}

describe('a value import that is only used for types', () => {
  it.each([
    [`import { type Post } from '~/services/posts'`, `import type { Post } from '~/services/posts'`],
    [
      `import { type Post, type recent as Recent } from '~/services/posts'`,
      `import type { Post, recent as Recent } from '~/services/posts'`,
    ],
    [
      `import { Post, type recent } from '~/services/posts'\nexport const a = (post: Post): keyof Post => post.id as never`,
      `import type { Post, recent } from '~/services/posts'\nexport const a = (post: Post): keyof Post => post.id as never`,
    ],
    [
      `import posts from '~/services/posts'\nexport let all: typeof posts`,
      `import type posts from '~/services/posts'\nexport let all: typeof posts`,
    ],
    [
      `import * as posts from '~/services/posts'\nexport let post: posts.Post`,
      `import type * as posts from '~/services/posts'\nexport let post: posts.Post`,
    ],
    [`export { type Post } from '~/services/posts'`, `export type { Post } from '~/services/posts'`],
  ])('%s', async (before, after) => {
    const { read, fix } = await mended({ ...posts, 'app/components/a.ts': before })
    expect(read('app/components/a.ts')).toBe(after)
    expect(describeRepair(fix)).toBe('Import types alone: `import type` in app/components/a.ts.')
  })

  it('is told of for packages of Node too', async () => {
    const { read } = await mended({ 'app/state/a.ts': `import { type Stats } from 'node:fs'\n` })
    expect(read('app/state/a.ts')).toBe(`import type { Stats } from 'node:fs'\n`)
  })

  it.each([
    [`import { recent } from '~/services/posts'\nexport const a = recent`],
    [`import { recent } from '~/services/posts'\nexport { recent }`],
    [`import { recent as A } from '~/services/posts'\nexport const a = <A />`],
    [
      `import { recent } from '~/services/posts'\nexport const a = 1 as unknown as number satisfies number, b = [recent]`,
    ],
    [`import '~/services/posts'`],
    [`import posts, { type Post } from '~/services/posts'\nexport let a: Post`],
    [`export * from '~/services/posts'`],
    [`export const load = () => import('~/services/posts')`],
  ])('is not what this is: %s', async (text) => {
    expect(await fixesOf({ ...posts, 'app/components/a.tsx': text })).toEqual([null])
  })

  it('has no types in JavaScript', async () => {
    expect(await fixesOf({ ...posts, 'app/components/a.js': `import { recent } from '~/services/posts'` })).toEqual([
      null,
    ])
  })
})

describe('what lies too high', () => {
  it('goes down to where both may use it, with every import of it and by it', async () => {
    const { root, fix, read } = await mended({
      'app/services/posts.ts': `import { price } from '~/components/deep/price'\nexport const all = price\n`,
      'app/components/deep/price.ts': `import { unit } from '../../contracts/unit.ts'\nexport const price = unit\n`,
      'app/components/Price.tsx': `import { price } from './deep/price.ts'\nexport * from "./deep/price"\nprice\n`,
      'app/components/deep/price.test.ts': `import { price } from './price'\nprice\n`,
      'app/contracts/unit.ts': 'export const unit = 1\n',
    })
    expect(fix.move).toEqual({ from: 'app/components/deep/price.ts', to: 'app/contracts/deep/price.ts' })
    expect(existsSync(join(root, 'app/components/deep/price.ts'))).toBe(false)
    expect(read('app/contracts/deep/price.ts')).toContain(`from '../unit.ts'`)
    expect(read('app/services/posts.ts')).toContain(`from '~/contracts/deep/price'`)
    expect(read('app/components/Price.tsx')).toBe(
      `import { price } from '../contracts/deep/price.ts'\nexport * from "../contracts/deep/price"\nprice\n`,
    )
    expect(read('app/components/deep/price.test.ts')).toContain(`from '../../contracts/deep/price'`)
    expect(describeRepair(fix)).toBe(
      'Move app/components/deep/price.ts to app/contracts/deep/price.ts, and change what imports it (3 files).',
    )
  })

  it('stays where it is when what uses it can go up instead', async () => {
    const { fix } = await mended({
      'app/state/total.ts': `import { Price } from '~/components/Price'\nexport const total = Price\n`,
      'app/components/Price.tsx': 'export const Price = () => <b />\n',
      'app/routes/index.tsx': `import { total } from '~/state/total'\ntotal\n`,
    })
    expect(fix.move).toEqual({ from: 'app/state/total.ts', to: 'app/components/total.ts' })
  })

  it('goes lower still when its name is taken there', async () => {
    const { fix } = await mended({
      'app/components/a.ts': `import '~/routes/p'`,
      'app/routes/p.ts': '',
      'app/components/p.css': '',
    })
    expect(fix.move).toEqual({ from: 'app/routes/p.ts', to: 'app/state/p.ts' })
  })

  it('does not mind tests, which may import anything', async () => {
    const { fix } = await mended({
      'app/services/a.ts': `import { now } from '~/middleware/now'\nnow\n`,
      'app/middleware/now.ts': `export const now = 1\n`,
      'app/data/b.test.ts': `import '../middleware/now'\n`,
    })
    expect(fix.move).toEqual({ from: 'app/middleware/now.ts', to: 'app/services/now.ts' })
  })

  it.each<[string, Files]>([
    ['a page', { 'app/components/a.ts': `import '~/routes/p'`, 'app/routes/p.ts': 'export default 1' }],
    ['a procedure', { 'app/services/a.ts': `import '~/api/p'`, 'app/api/p.ts': '' }],
    [
      'what only the server may have, into contracts',
      {
        'app/contracts/a.ts': `import '~/services/secret'`,
        'app/services/secret.ts': '',
        'app/state/b.ts': `import '~/contracts/a'`,
      },
    ],
    [
      'what cannot be imported from there',
      {
        'app/components/a.ts': `import '~/routes/p'`,
        'app/routes/p.ts': `import './q'`,
        'app/routes/q.tsx': 'export default () => <p />',
      },
    ],
    [
      'what a pattern finds, or might where it comes to',
      {
        'app/components/a.ts': `import '~/routes/p'`,
        'app/routes/p.ts': '',
        'app/routes/all.ts': `import.meta.glob('./*.ts')`,
      },
    ],
    [
      'what asks where it lies',
      { 'app/components/a.ts': `import '~/routes/p'`, 'app/routes/p.ts': 'export const here = import.meta.url' },
    ],
    [
      'what imports who knows what',
      { 'app/components/a.ts': `import '~/routes/p'`, 'app/routes/p.ts': 'export const p = (n: string) => import(n)' },
    ],
    [
      'what others reach through files of no layer',
      {
        'app/components/a.ts': `import '../../lib/x'\nimport '~/routes/p'`,
        'app/routes/p.ts': '',
        'lib/x.ts': `export type { A } from '../app/routes/p'`,
      },
    ],
  ])('is not moved: %s', async (_, files) => {
    const fixes = await fixesOf(files)
    expect(fixes.length).toBeGreaterThan(0)
    for (const fix of fixes) expect(fix).toBeNull()
  })
})

describe('all else', () => {
  it('is left to words', async () => {
    const found = await violationsOf(tree({ 'app/components/a.ts': 'export const a = (name) => import(name)\n' }))
    expect(found).toMatchObject([{ code: 'LAYER_COMPUTED_IMPORT', fix: null, wayOut: expect.stringMatching(/^Write/) }])
  })

  it('is left to words in the framework itself', async () => {
    const found = await violationsOf(
      tree({
        'src/1-contracts/index.ts': `export { a } from '../7-state/index.ts'`,
        'src/7-state/index.ts': `export {}`,
      }),
    )
    expect(found).toMatchObject([{ code: 'LAYER_UPWARD', fix: null }])
  })
})
