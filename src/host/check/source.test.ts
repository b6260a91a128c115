import { describe, expect, it, vi } from 'vitest'
import { checkLayers } from './checker.ts'
import { tree } from './testing/tree.fixture.ts'
import type { Violation } from './violation.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const exports = {
  './contracts': { default: './dist/1-contracts/index.js' },
  './platform': { browser: './dist/host/refuse/platform.js', default: './dist/2-platform/index.js' },
  './api': { browser: './dist/host/refuse/api.js', default: './dist/6-api/index.js' },
  './components': { default: './dist/8-components/index.js' },
  './components/server': { browser: './dist/host/refuse/server.js', default: './dist/8-components/server.js' },
  './jsx-runtime': { default: './dist/8-components/jsx-runtime.js' },
}

/** The violations of a small framework of our own shape. */
async function violationsOf(files: Readonly<Record<string, string>>): Promise<readonly Partial<Violation>[]> {
  const root = tree({ 'package.json': JSON.stringify({ name: 'layer9', exports }), ...files })
  const { violations } = await checkLayers({ root, mode: 'source' })
  return violations.map(({ code, file, line, target, chain }) => ({
    code,
    file,
    line,
    ...(target && { target }),
    ...(chain && { chain }),
  }))
}

const doorToOne = {
  'src/1-contracts/index.ts': `export { one } from './one.ts'`,
  'src/1-contracts/one.ts': 'export const one = 1',
}

describe('checkLayers of the framework', () => {
  it('lets a layer in through the doors of those below', async () => {
    const files = {
      ...doorToOne,
      'src/2-platform/log.ts': `import { one } from '../1-contracts/index.ts'\nexport const log = one`,
      'src/host/start.ts': `import { one } from '../1-contracts/index.ts'\nimport './other.ts'`,
      'src/host/other.ts': 'export const name = await import(String(1))',
    }
    expect(await violationsOf(files)).toEqual([])
  })

  it('refuses what goes up, the host above all', async () => {
    const files = {
      ...doorToOne,
      'src/1-contracts/one.ts': `import type {} from '../host/start.ts'`,
      'src/host/start.ts': '',
    }
    expect(await violationsOf(files)).toMatchObject([
      { code: 'LAYER_UPWARD', file: 'src/1-contracts/one.ts', target: 'src/host/start.ts' },
    ])
  })

  it('refuses an import past a door, and of the own door', async () => {
    const files = {
      ...doorToOne,
      'src/2-platform/log.ts': `import '../1-contracts/one.ts'`,
      'src/1-contracts/two.ts': `import './index.ts'`,
      'src/host/x.ts': `import type { one } from '../1-contracts/one.ts'`,
      'src/host/x.fixture.ts': `import '../1-contracts/one.ts'`,
      'src/host/x.test.ts': `import '../1-contracts/one.ts'`,
    }
    expect(await violationsOf(files)).toEqual([
      { code: 'LAYER_DOOR', file: 'src/1-contracts/two.ts', line: 1, target: 'src/1-contracts/index.ts' },
      { code: 'LAYER_DOOR', file: 'src/2-platform/log.ts', line: 1, target: 'src/1-contracts/one.ts' },
      { code: 'LAYER_DOOR', file: 'src/host/x.ts', line: 1, target: 'src/1-contracts/one.ts' },
    ])
  })

  it('takes an entry of the package for a door', async () => {
    const files = {
      'src/8-components/jsx-runtime.ts': '',
      'src/9-routes/a.ts': `import '../8-components/jsx-runtime.ts'`,
    }
    expect(await violationsOf(files)).toEqual([])
  })

  it.each([
    ['code', `export { a } from './a.ts'\nconst b = 1`, 2],
    ['a declaration', `export const b = 1`, 1],
    ['names that are not written out', `export * from './a.ts'`, 1],
    ['an import', `import { a } from './a.ts'\nexport { a }`, 1],
  ])('refuses a door that holds %s', async (_, text, line) => {
    const files = { 'src/3-data/server.ts': text, 'src/3-data/a.ts': '' }
    expect(await violationsOf(files)).toMatchObject([{ code: 'LAYER_DOOR_CODE', file: 'src/3-data/server.ts', line }])
  })

  it('lets an empty door be, and files of that name deeper in', async () => {
    const files = {
      'src/3-data/index.ts': 'export {}',
      'src/3-data/deep/index.ts': 'export const a = 1',
      'src/host/index.ts': 'export const a = 1',
    }
    expect(await violationsOf(files)).toEqual([])
  })

  it('refuses circles within one folder too', async () => {
    const files = { 'src/3-data/a.ts': `import type {} from './b.ts'`, 'src/3-data/b.ts': `import './a.ts'` }
    expect(await violationsOf(files)).toMatchObject([{ code: 'LAYER_CYCLE', file: 'src/3-data/a.ts' }])
  })

  it('refuses a folder that is neither a layer nor the host', async () => {
    const files = { 'src/3-date/a.ts': '', 'src/4-data/b.ts': '', 'src/stray.ts': '', 'src/host/a.ts': '' }
    const found = await violationsOf(files)
    expect(found.map(({ code, file }) => [code, file])).toEqual([
      ['LAYER_UNKNOWN_FOLDER', 'src/3-date'],
      ['LAYER_UNKNOWN_FOLDER', 'src/4-data'],
      ['LAYER_NO_FOLDER', 'src/stray.ts'],
    ])
  })

  it('lets server halves above the wire use the server, and nothing that a browser is given', async () => {
    const files = {
      'src/2-platform/index.ts': `export { log } from './log.ts'`,
      'src/2-platform/log.ts': `import 'node:fs'\nexport const log = 1`,
      'src/8-components/server.ts': `export { html } from './html.ts'`,
      'src/8-components/html.ts': `import { log } from '../2-platform/index.ts'\nimport 'node:fs'\nexport const html = log`,
      'src/8-components/index.ts': `export { hook } from './hook.ts'`,
      'src/8-components/hook.ts': `import type { html } from './html.ts'\nexport const hook = 1 as unknown as typeof html`,
    }
    expect(await violationsOf(files)).toEqual([])
    const leaking = {
      ...files,
      'src/8-components/hook.ts': `import { html } from './html.ts'\nexport const hook = html`,
    }
    expect(await violationsOf(leaking)).toEqual([
      {
        code: 'LAYER_WIRE',
        file: 'src/8-components/html.ts',
        line: 1,
        target: 'src/2-platform/index.ts',
        chain: ['src/8-components/index.ts', 'src/8-components/hook.ts', 'src/8-components/html.ts'],
      },
      {
        code: 'LAYER_PLATFORM',
        file: 'src/8-components/html.ts',
        line: 2,
        target: 'node:fs',
        chain: expect.any(Array),
      },
    ])
  })

  it('refuses a server door, and a package of Node, in a browser’s graph', async () => {
    const files = {
      'src/6-api/index.ts': `export { query } from './query.ts'`,
      'src/6-api/query.ts': 'export const query = 1',
      'src/8-components/index.ts': `export { form } from './form.ts'`,
      'src/8-components/form.ts': `import { query } from '../6-api/index.ts'\nimport 'pkg'\nexport const form = query`,
      'node_modules/pkg/index.js': `import 'fs'`,
    }
    expect(await violationsOf(files)).toMatchObject([
      { code: 'LAYER_WIRE', line: 1, target: 'src/6-api/index.ts' },
      { code: 'LAYER_PLATFORM', line: 2, target: 'node:fs' },
    ])
  })
})
