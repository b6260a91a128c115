import { join } from 'node:path'
import { createServer } from 'vite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Disk } from './disk.ts'
import { Resolver } from './resolve.ts'
import { tree } from './testing/tree.fixture.ts'

// A development server of Vite's: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const file = 'export default 1'
const files = {
  'package.json': JSON.stringify({
    name: 'me',
    type: 'module',
    imports: { '#own/*': './app/data/*.ts', '#side': { browser: './browser.js', default: './server.js' } },
  }),
  'browser.js': file,
  'server.js': file,
  'app/services/a.ts': file,
  'app/services/b.ts': file,
  'app/services/c.js': file,
  'app/services/c.ts': file,
  'app/services/d.mts': file,
  'app/services/e.tsx': file,
  'app/services/f.json': '{}',
  'app/services/g.x.ts': file,
  'app/services/style.css': '',
  'app/data/index.ts': file,
  'app/data/x.ts': file,
  'app/folder/package.json': '{ "main": "./entry.js" }',
  'app/folder/entry.js': file,
  'node_modules/conditions/package.json': JSON.stringify({
    exports: {
      '.': { types: './t.d.ts', browser: './browser.js', node: './node.js', default: './default.js' },
      './only-import': { import: './import.js', require: './require.cjs' },
      './module': { module: './module.js', default: './default.js' },
      './nested': { node: { import: './node.js' }, default: { browser: './browser.js' } },
      './a/*': './deep/*.js',
      './a/b/*': './deeper/*.js',
      './*.css': './styles/*.css',
      './gone': null,
    },
  }),
  ...Object.fromEntries(
    [
      'browser.js',
      'node.js',
      'default.js',
      'import.js',
      'require.cjs',
      'module.js',
      'deep/x.js',
      'deeper/x.js',
      'deep/b/y.js',
      'styles/a.css',
    ].map((path) => [`node_modules/conditions/${path}`, file]),
  ),
  'node_modules/main/package.json': '{ "main": "lib/index" }',
  'node_modules/main/lib/index.js': file,
  'node_modules/main/other.js': file,
  'node_modules/module/package.json': '{ "main": "./main.js", "module": "./module.mjs" }',
  'node_modules/module/main.js': file,
  'node_modules/module/module.mjs': file,
  'node_modules/browser-text/package.json': '{ "main": "./main.js", "browser": "./browser.js" }',
  'node_modules/browser-text/main.js': file,
  'node_modules/browser-text/browser.js': file,
  'node_modules/browser-map/package.json': '{ "main": "./main.js", "browser": { "./main.js": "./browser.js" } }',
  'node_modules/browser-map/main.js': file,
  'node_modules/browser-map/browser.js': file,
  'node_modules/@scope/plain/package.json': '{}',
  'node_modules/@scope/plain/index.js': file,
}

const specifiers = [
  ...[
    './b',
    './b.ts',
    './b.js',
    './c',
    './c.js',
    './c.ts',
    './d',
    './d.mjs',
    './e',
    './e.jsx',
    './f',
    './f.json',
    './g.x',
    './style.css',
  ],
  ...['../data', '../data/', '../data/index', '../folder', '~/data/x', '~/data', '/app/data/x.ts', '/app/data/x'],
  ...['#own/x', '#side', 'conditions', 'conditions/only-import', 'conditions/module', 'conditions/nested'],
  ...['conditions/a/x', 'conditions/a/b/x', 'conditions/a/b/y', 'conditions/a.css'],
  ...['main', 'main/other', 'main/other.js', 'module', 'browser-text', 'browser-map', '@scope/plain'],
]

describe('Resolver beside Vite', () => {
  it.each([
    ['client', true],
    ['ssr', false],
  ] as const)('leads to the same files for the %s environment', async (name, browser) => {
    const root = tree(files)
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      mode: 'production',
      appType: 'custom',
      optimizeDeps: { noDiscovery: true, include: [] },
      server: { middlewareMode: true, ws: false },
      resolve: { alias: [{ find: /^~\//, replacement: `${root}/app/` }] },
      ssr: { noExternal: true },
    })
    onTestFinished(async () => await server.close())
    const importer = join(root, 'app/services/a.ts')
    const resolver = new Resolver(root, new Disk())
    const ours: Record<string, string | undefined> = {}
    const theirs: Record<string, string | undefined> = {}
    for (const specifier of specifiers) {
      const target = resolver.resolve(specifier, importer, browser)
      ours[specifier] = target.kind === 'file' ? target.path.replace(root, '') : undefined
      const found = await server.environments[name].pluginContainer.resolveId(specifier, importer)
      theirs[specifier] = found?.id.replace(/\?.*$/s, '').replace(root, '')
    }
    expect(ours).toEqual(theirs)
    // The longest pattern wins, though its file is not there and another pattern's would be.
    expect(specifiers.filter((specifier) => !ours[specifier])).toEqual(['conditions/a/b/y'])
  })
})
