import { readFileSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Checker, checkLayers } from './checker.ts'
import { tree, write } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const legal = {
  'app/services/posts.ts': `import { search } from '~/contracts/search'\nexport const posts = [search]`,
  'app/contracts/search.ts': 'export const search = 1',
  'app/components/Price.tsx': 'export const formatPrice = 1',
}
const upward = `import { formatPrice } from '~/components/Price'\nexport { formatPrice }`

describe('checkLayers', () => {
  it('gives files with their layers, imports and no violation for a legal app', async () => {
    const { violations, files, edges } = await checkLayers({ root: tree(legal) })
    expect(violations).toEqual([])
    expect(files).toEqual([
      { path: 'app/components/Price.tsx', layer: 8 },
      { path: 'app/contracts/search.ts', layer: 1 },
      { path: 'app/services/posts.ts', layer: 4 },
    ])
    expect(edges).toEqual([
      { from: 'app/services/posts.ts', to: 'app/contracts/search.ts', form: 'import', typeOnly: false },
    ])
  })

  it('gives a violation as data', async () => {
    const { violations } = await checkLayers({ root: tree({ ...legal, 'app/services/posts.ts': `\n${upward}` }) })
    expect(violations).toEqual([
      {
        code: 'LAYER_UPWARD',
        file: 'app/services/posts.ts',
        line: 2,
        column: 29,
        length: 20,
        from: { name: 'services', number: 4 },
        to: { name: 'components', number: 8 },
        form: 'import',
        specifier: '~/components/Price',
        target: 'app/components/Price.tsx',
        names: ['formatPrice'],
        typeOnly: false,
        text: `import { formatPrice } from '~/components/Price'`,
        message: 'app/services/posts.ts:2 (services, 4) imports ~/components/Price (components, 8)',
        fix: 'A layer imports only from layers below it. Move formatPrice to contracts (1), where both may use it.',
      },
    ])
  })

  it('judges a missing file by the place where it would be', async () => {
    const { violations } = await checkLayers({ root: tree({ 'app/services/a.ts': `import '../routes/later'` }) })
    expect(violations).toMatchObject([{ code: 'LAYER_UPWARD', target: 'app/routes/later' }])
  })

  it('finds circles through files outside all layers, and through types', async () => {
    const root = tree({
      'app/services/a.ts': `import '../../lib/b'`,
      'lib/b.ts': `import type { A } from '../app/services/a'`,
    })
    const { violations } = await checkLayers({ root })
    expect(violations).toMatchObject([
      { code: 'LAYER_CYCLE', file: 'app/services/a.ts', chain: ['app/services/a.ts', 'lib/b.ts', 'app/services/a.ts'] },
    ])
  })

  it('sees through files outside all layers to modules of Node', async () => {
    const root = tree({ 'app/state/a.ts': `import '../../lib/b'`, 'lib/b.ts': `import 'node:fs'` })
    const { violations } = await checkLayers({ root })
    expect(violations).toMatchObject([{ code: 'LAYER_PLATFORM', target: 'node:fs', chain: ['lib/b.ts'] }])
  })

  it('lets a type of Node through to layers that a browser runs', async () => {
    const { violations } = await checkLayers({
      root: tree({ 'app/state/a.ts': `import type { Stats } from 'node:fs'` }),
    })
    expect(violations).toEqual([])
  })

  it('tells installed packages that run in a browser from those that need Node', async () => {
    const files = ['pino', 'valibot', 'alien-signals', 'vite', 'ws'].map(
      (name) => [`app/components/${name}.ts`, `import '${name}'`] as const,
    )
    const root = tree(Object.fromEntries(files))
    symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(root, 'node_modules'))
    const { violations } = await checkLayers({ root })
    expect(violations.map(({ specifier, target }) => [specifier, target?.slice(0, 5)])).toEqual([['vite', 'node:']])
  })

  it('has nothing to say of an empty folder', async () => {
    expect(await checkLayers({ root: tree({}) })).toEqual({ violations: [], files: [], edges: [] })
  })
})

describe('checkLayers with a cache', () => {
  it('finds the same the second time, and what has changed since', async () => {
    const root = tree(legal)
    const options = { root, cache: join(root, '.layer9/check.json') }
    const first = await checkLayers(options)
    expect(await checkLayers(options)).toEqual(first)
    write(root, 'app/services/posts.ts', upward)
    expect((await checkLayers(options)).violations).toMatchObject([{ code: 'LAYER_UPWARD' }])
    write(root, 'app/services/posts.ts', '')
    expect((await checkLayers(options)).violations).toEqual([])
  })

  it('believes size and time: a file that has neither changed is not read again', async () => {
    const root = tree({ 'app/services/posts.ts': `import '~/data/x'` })
    const options = { root, cache: join(root, '.layer9/check.json') }
    const path = join(root, 'app/services/posts.ts')
    utimesSync(path, 1_000_000, 1_000_000)
    await checkLayers(options)
    write(root, 'app/services/posts.ts', `import '~/api/x'`.padEnd(statSync(path).size))
    utimesSync(path, 1_000_000, 1_000_000)
    expect((await checkLayers(options)).violations).toEqual([])
  })

  it('throws away what it cannot read, or what other rules made', async () => {
    const root = tree({ 'app/services/posts.ts': upward })
    const cache = join(root, '.layer9/check.json')
    for (const text of ['{', '{"rules":"0","scans":[]}', '']) {
      write(root, '.layer9/check.json', text)
      expect((await checkLayers({ root, cache })).violations).toHaveLength(1)
      expect(JSON.parse(readFileSync(cache, 'utf8'))).toHaveProperty('scans.0.0', join(root, 'app/services/posts.ts'))
    }
  })
})

describe('Checker', () => {
  it('gives the violations of one file, and sees it change', () => {
    const root = tree(legal)
    const checker = new Checker({ root })
    const path = join(root, 'app/services/posts.ts')
    expect(checker.checkFile(path)).toEqual([])
    write(root, 'app/services/posts.ts', upward)
    checker.changed(path)
    expect(checker.checkFile(path)).toMatchObject([{ code: 'LAYER_UPWARD' }])
    write(root, 'app/services/posts.ts', '')
    // Without word of it too: the file that is asked about is always looked at.
    expect(checker.checkFile(path)).toEqual([])
  })

  it('sees a change of path mappings, of packages and of files that come and go', () => {
    const root = tree({
      'app/services/a.ts': `import '@/x'\nimport './linked/page'`,
      'app/routes/x.ts': '',
      'tsconfig.json': '{}',
    })
    const checker = new Checker({ root })
    const path = join(root, 'app/services/a.ts')
    expect(checker.checkFile(path)).toEqual([])
    write(root, 'tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./app/routes/*"] } } }')
    checker.changed(join(root, 'tsconfig.json'), 'update')
    expect(checker.checkFile(path)).toMatchObject([{ code: 'LAYER_UPWARD', specifier: '@/x' }])
    write(root, 'tsconfig.json', '{}')
    checker.changed(join(root, 'tsconfig.json'), 'update')
    expect(checker.checkFile(path)).toEqual([])
  })

  it('judges what an editor has not saved yet, in place of what the file holds', () => {
    const root = tree({ 'app/services/a.ts': '', 'app/components/Price.tsx': '' })
    const checker = new Checker({ root })
    const path = join(root, 'app/services/a.ts')
    const unsaved = `\n\n${upward}`
    expect(checker.checkFile(path, unsaved)).toMatchObject([
      { code: 'LAYER_UPWARD', line: 3, text: upward.split('\n')[0] },
    ])
    expect(checker.checkFile(path)).toEqual([])
    // A file that is not there yet.
    expect(checker.checkFile(join(root, 'app/data/new.ts'), unsaved)).toMatchObject([{ code: 'LAYER_UPWARD' }])
  })

  it('shows a circle that what is not saved would close', () => {
    const root = tree({ 'app/services/a.ts': '', 'app/data/b.ts': `import type { a } from '../services/a'` })
    const checker = new Checker({ root })
    const path = join(root, 'app/services/a.ts')
    expect(checker.checkFile(path, '')).toEqual([])
    expect(checker.checkFile(path, `import '../data/b'`)).toMatchObject([{ code: 'LAYER_CYCLE' }])
    expect(checker.checkFile(path, '')).toEqual([])
  })

  it('takes over from a former one what still holds, and looks at all that has changed since', () => {
    const root = tree({ 'app/services/a.ts': `import '../../lib/b'`, 'lib/b.ts': '', 'app/routes/page.ts': '' })
    const path = join(root, 'app/services/a.ts')
    const former = new Checker({ root })
    expect(former.checkFile(path, `import '~/routes/page'`)).toMatchObject([{ code: 'LAYER_UPWARD' }])
    write(root, 'lib/b.ts', `import '../app/routes/page'`)
    expect(new Checker({ root }, former).checkFile(path)).toMatchObject([
      { code: 'LAYER_UPWARD', specifier: '../../lib/b' },
    ])
    rmSync(join(root, 'lib/b.ts'))
    expect(new Checker({ root }, former).checkFile(path)).toEqual([])
  })

  it('makes no layer of a folder above the app', () => {
    const root = tree({
      'lib/a.ts': `import '~/routes/b'`,
      'app/routes/b.ts': '',
      'app/services/c.ts': `import '../../lib/d'`,
      'lib/d.ts': '',
    })
    symlinkSync('../..', join(root, 'app/services/up'))
    const checker = new Checker({ root })
    expect(checker.checkFile(join(root, 'lib/a.ts'))).toEqual([])
    expect(checker.checkFile(join(root, 'app/services/c.ts'))).toEqual([])
  })

  it('shows a circle from whichever of its files is asked about', () => {
    const root = tree({ 'app/services/a.ts': `import './deep/b'`, 'app/services/deep/b.ts': '' })
    const checker = new Checker({ root })
    const [a, b] = [join(root, 'app/services/a.ts'), join(root, 'app/services/deep/b.ts')]
    expect([...checker.checkFile(a), ...checker.checkFile(b)]).toEqual([])
    write(root, 'app/services/deep/b.ts', `import '../a'`)
    checker.changed(b)
    const circle = ['app/services/deep/b.ts', 'app/services/a.ts', 'app/services/deep/b.ts']
    expect(checker.checkFile(b)).toMatchObject([{ code: 'LAYER_CYCLE', chain: circle }])
    expect(checker.checkFile(a)).toMatchObject([{ code: 'LAYER_CYCLE', file: 'app/services/a.ts' }])
  })

  it('finds a file that has come, and misses one that has gone', () => {
    const root = tree({ 'app/components/a.ts': `import '~/lib'`, 'tsconfig.json': '{}' })
    const checker = new Checker({ root })
    const path = join(root, 'app/components/a.ts')
    const added = join(root, 'node_modules/pkg/index.js')
    write(root, 'app/components/a.ts', `import 'pkg'`)
    expect(checker.checkFile(path)).toEqual([])
    write(root, 'node_modules/pkg/index.js', `import 'fs'`)
    for (const changed of [join(root, 'node_modules'), join(root, 'node_modules/pkg'), added]) checker.changed(changed)
    expect(checker.checkFile(path)).toMatchObject([{ code: 'LAYER_PLATFORM', target: 'node:fs' }])
    rmSync(added)
    checker.changed(added)
    expect(checker.checkFile(path)).toEqual([])
  })

  it('tells a file in a folder that is no layer, and leaves tests and the rest alone', () => {
    const root = tree({ 'app/lib/a.ts': '', 'app/b.ts': '', 'app/lib/a.test.ts': upward, 'lib/c.ts': upward })
    const checker = new Checker({ root })
    expect(checker.checkFile(join(root, 'app/lib/a.ts'))).toMatchObject([
      { code: 'LAYER_UNKNOWN_FOLDER', file: 'app/lib' },
    ])
    expect(checker.checkFile(join(root, 'app/b.ts'))).toMatchObject([{ code: 'LAYER_NO_FOLDER', file: 'app/b.ts' }])
    expect(checker.checkFile(join(root, 'app/lib/a.test.ts'))).toEqual([])
    expect(checker.checkFile(join(root, 'lib/c.ts'))).toEqual([])
  })

  it('finds where a file imports a module', () => {
    const root = tree({ 'app/routes/a.ts': `import type { A } from 'x'\n  import { b } from 'x'` })
    const checker = new Checker({ root })
    const path = join(root, 'app/routes/a.ts')
    expect(checker.findImport(path, 'x')).toMatchObject({ file: 'app/routes/a.ts', line: 2, column: 21, length: 3 })
    expect(checker.findImport(path, 'y')).toBeUndefined()
    expect(checker.layerOf(path)).toBe(9)
  })
})
