import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { Disk } from './disk.ts'
import { type Alias, Resolver } from './resolve.ts'
import { tree } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** A function that tells what a specifier in app/services/a.ts stands for: a path below the project, or a word. */
function resolverOf(root: string, { browser = false, aliases = [] as Alias[] } = {}): (specifier: string) => string {
  const resolver = new Resolver(root, new Disk(), aliases)
  return (specifier) => {
    const target = resolver.resolve(specifier, join(root, 'app/services/a.ts'), browser)
    if (target.kind === 'file') return target.path.replace(`${root}/`, '')
    if (target.kind === 'none') return target.path ? `missing ${target.path.replace(`${root}/`, '')}` : 'nothing'
    return `${target.kind} ${target.name}`
  }
}

describe('Resolver', () => {
  it('completes paths as Vite does', () => {
    const to = resolverOf(
      tree({
        'app/services/b.ts': '',
        'app/services/c.js': '',
        'app/services/c.ts': '',
        'app/data/index.tsx': '',
        'app/x.y.ts': '',
      }),
    )
    expect(to('./b')).toBe('app/services/b.ts')
    expect(to('./b.ts')).toBe('app/services/b.ts')
    expect(to('./b.js')).toBe('app/services/b.ts')
    expect(to('./c')).toBe('app/services/c.js')
    expect(to('../data')).toBe('app/data/index.tsx')
    expect(to('../data/')).toBe('app/data/index.tsx')
    expect(to('../x.y')).toBe('app/x.y.ts')
    expect(to('./none')).toBe('missing app/services/none')
  })

  it('knows what stands before and after a path', () => {
    const root = tree({ 'app/services/b.ts': '', 'app/ä b.ts': '' })
    const to = resolverOf(root)
    for (const specifier of ['./b?raw', './b.ts?worker&url', './b#x', '~/services/b', '/app/services/b.ts']) {
      expect(to(specifier)).toBe('app/services/b.ts')
    }
    expect(to(`${root}/app/services/b`)).toBe('app/services/b.ts')
    expect(to(`/@fs${root}/app/services/b.ts`)).toBe('app/services/b.ts')
    expect(to(`file://${root}/app/services/b.ts`)).toBe('app/services/b.ts')
    expect(to('../%C3%A4%20b')).toBe('app/ä b.ts')
  })

  it('gives nothing for what is on no disk', () => {
    const to = resolverOf(tree({}))
    for (const specifier of [
      '',
      'data:text/javascript,1',
      'https://a.example/b.js',
      '//a.example/b.js',
      'virtual:a',
      '\0a',
      'not-there',
    ]) {
      expect(to(specifier)).toBe('nothing')
    }
  })

  it('names the modules of Node and the entries of the framework', () => {
    const to = resolverOf(tree({ 'node_modules/events/package.json': '{}', 'node_modules/events/index.js': '' }))
    expect(to('node:fs')).toBe('builtin node:fs')
    expect(to('fs/promises')).toBe('builtin node:fs/promises')
    // An installed package of the same name comes first, but not before the prefix.
    expect(to('events')).toBe('node_modules/events/index.js')
    expect(to('node:events')).toBe('builtin node:events')
    expect(to('layer9/components/server')).toBe('entry components/server')
    expect(to('layer9')).toBe('entry ')
  })

  it('follows links to where files really lie', () => {
    const root = tree({ 'app/routes/page.ts': '', 'app/services/x.ts': '' })
    symlinkSync('../routes/page.ts', join(root, 'app/services/file.ts'))
    symlinkSync('../routes', join(root, 'app/services/folder'))
    symlinkSync('nowhere', join(root, 'app/services/broken.ts'))
    const to = resolverOf(root)
    expect(to('./file')).toBe('app/routes/page.ts')
    expect(to('./folder/page')).toBe('app/routes/page.ts')
    expect(to('./broken')).toBe('missing app/services/broken')
  })

  it("takes the app's own aliases before ~", () => {
    const aliases = [
      { find: '@', replacement: '/nowhere' },
      { find: /^#parts\/(.*)/, replacement: '~/data/$1' },
      { find: '~parts', replacement: './b' },
    ]
    const to = resolverOf(tree({ 'app/services/b.ts': '' }), { aliases })
    expect(to('@/x')).toBe('missing /nowhere/x')
    expect(to('~parts')).toBe('app/services/b.ts')
    expect(to('@scope/x')).toBe('nothing')
  })

  it("reads the project's path mappings, the longest prefix first", () => {
    const to = resolverOf(
      tree({
        'tsconfig.json': '{ "extends": ["./one.json"], "references": [{ "path": "./two.json" }] } // end',
        'one.json':
          '{ "compilerOptions": { "baseUrl": "app", "paths": { "@/*": ["none/*", "*"], "@/data/*": ["other/*"], "exact": ["data/x"] } } }',
        'two.json': `{ "compilerOptions": { "paths": { "two/*": ["$${'{configDir}'}/app/data/*"] } } }`,
        'app/data/x.ts': '',
        'app/other/y.ts': '',
      }),
    )
    expect(to('@/data/y')).toBe('app/other/y.ts')
    expect(to('@/other/y')).toBe('app/other/y.ts')
    expect(to('exact')).toBe('app/data/x.ts')
    expect(to('two/x')).toBe('app/data/x.ts')
  })

  it('reads those of the projects by side, whose folder is another', () => {
    const to = resolverOf(
      tree({
        'tsconfig.json': '{ "files": [], "references": [{ "path": ".layer9" }] }',
        '.layer9/tsconfig.json': '{ "references": [{ "path": "./server.json" }] }',
        '.layer9/server.json': '{ "extends": ["../base.json", "../tsconfig.json"] }',
        'base.json': `{ "compilerOptions": { "paths": { "two/*": ["$${'{configDir}'}/../app/data/*"] } } }`,
        'app/data/x.ts': '',
      }),
    )
    expect(to('two/x')).toBe('app/data/x.ts')
  })
})

describe('Resolver, packages', () => {
  const packages = {
    'package.json':
      '{ "name": "me", "imports": { "#own/*": "./app/*.ts", "#side": { "browser": "./b.js", "default": "by-condition" } }, "exports": { "./*": "./app/*.ts" } }',
    'app/x.ts': '',
    'b.js': '',
    'node_modules/by-condition/package.json':
      '{ "exports": { ".": [{ "browser": { "development": "./no.js", "default": "./browser.js" } }, "./node.js"], "./a/*": "./deep/*.js", "./a/b/*": "./deeper/*.js", "./folder/": "./f/", "./gone": null } }',
    'node_modules/by-condition/browser.js': '',
    'node_modules/by-condition/node.js': '',
    'node_modules/by-condition/deep/x.js': '',
    'node_modules/by-condition/deeper/x.js': '',
    'node_modules/by-condition/f/x.js': '',
    'node_modules/by-main/package.json':
      '{ "main": "lib", "module": "esm/index", "browser": { "./esm/index.js": "./esm/web.js", "fs": false } }',
    'node_modules/by-main/esm/index.js': '',
    'node_modules/by-main/esm/web.js': '',
    'node_modules/by-main/other.js': '',
    'node_modules/@scope/plain/index.js': '',
    'app/node_modules/by-main/package.json': '{ "main": "./nearer.js" }',
    'app/node_modules/by-main/nearer.js': '',
  }

  it('takes the conditions of a browser or of the server', () => {
    const root = tree(packages)
    expect(resolverOf(root)('by-condition')).toBe('node_modules/by-condition/node.js')
    expect(resolverOf(root, { browser: true })('by-condition')).toBe('node_modules/by-condition/browser.js')
    expect(resolverOf(root)('#side')).toBe('node_modules/by-condition/node.js')
    expect(resolverOf(root, { browser: true })('#side')).toBe('b.js')
  })

  it('fits subpaths to patterns, the longest first', () => {
    const to = resolverOf(tree(packages))
    expect(to('by-condition/a/x')).toBe('node_modules/by-condition/deep/x.js')
    expect(to('by-condition/a/b/x')).toBe('node_modules/by-condition/deeper/x.js')
    expect(to('by-condition/folder/x.js')).toBe('node_modules/by-condition/f/x.js')
    expect(to('by-condition/gone')).toBe('nothing')
    expect(to('by-condition/deep/x.js')).toBe('nothing')
  })

  it('finds a package by its own name, in the nearest folder, and without a package.json', () => {
    const to = resolverOf(tree(packages))
    expect(to('me/x')).toBe('app/x.ts')
    expect(to('#own/x')).toBe('app/x.ts')
    expect(to('by-main')).toBe('app/node_modules/by-main/nearer.js')
    expect(to('@scope/plain')).toBe('node_modules/@scope/plain/index.js')
  })

  it('reads the browser field of older packages', () => {
    const {
      'app/node_modules/by-main/package.json': _json,
      'app/node_modules/by-main/nearer.js': _file,
      ...rest
    } = packages
    const root = tree(rest)
    expect(resolverOf(root)('by-main')).toBe('node_modules/by-main/esm/index.js')
    expect(resolverOf(root, { browser: true })('by-main')).toBe('node_modules/by-main/esm/web.js')
    expect(resolverOf(root)('by-main/other')).toBe('node_modules/by-main/other.js')
    const inner = new Resolver(root, new Disk())
    expect(inner.resolve('fs', join(root, 'node_modules/by-main/other.js'), true)).toEqual({ kind: 'none' })
    expect(inner.resolve('fs', join(root, 'node_modules/by-main/other.js'), false)).toEqual({
      kind: 'builtin',
      name: 'node:fs',
    })
  })
})
