import { rmSync } from 'node:fs'
import { build, createServer, type InlineConfig } from 'vite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { tree, write } from '../check/testing/tree.fixture.ts'
import { resolveConfig } from '../config.ts'
import { viteConfig } from './vite-config.ts'

// Real builds and servers: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const limit = 'export const limit: number = 3\nexport type Limit = number\n'
const notes = [
  "import { query } from 'layer9/api'",
  "import { everyone } from 'layer9/middleware'",
  'export const most = 3',
  'export const list = query({ access: everyone, handler: () => most })',
].join('\n')

/** An app with one component, which begins with these lines; with the types that a browser never sees. */
const appWith = (...lines: string[]): string =>
  tree({
    'app/components/Card.tsx': [...lines, 'export const Card = () => <p>card</p>'].join('\n'),
    'app/contracts/limit.ts': limit,
    'app/contracts/everything.ts': "export * from './limit'",
    'app/api/notes.ts': notes,
    'node_modules/tea/package.json': '{ "name": "tea", "main": "tea.js" }',
    'node_modules/tea/tea.js': 'export const tea = 1',
  })

const configOf = (root: string, own: InlineConfig): InlineConfig =>
  viteConfig({ root, config: resolveConfig({}), dev: true }, { logLevel: 'silent', ...own })

async function serve(root: string) {
  const server = await createServer(configOf(root, { server: { middlewareMode: true, ws: false } }))
  onTestFinished(async () => await server.close())
  return server
}

/** What the browser, or the server, gets of the component: its code, or the error. */
async function ask(root: string, side: 'client' | 'ssr' = 'client'): Promise<unknown> {
  const { environments } = await serve(root)
  return await environments[side].transformRequest('/app/components/Card.tsx').then(
    (result) => result?.code,
    (error: unknown) => error,
  )
}

describe('namesPlugin', () => {
  it('refuses a name that the other module does not export, where it is imported, and says which it may have been', async () => {
    const failure = await ask(
      appWith(
        '// card',
        "import type { A } from './A'",
        '',
        "import { limlt } from '~/contracts/limit'",
        'console.log(limlt)',
      ),
    )
    expect(failure).toMatchObject({
      code: 'IMPORT_NAME_MISSING',
      data: { name: 'limlt', from: 'app/contracts/limit.ts', near: 'limit' },
      places: [{ file: 'app/components/Card.tsx', line: 4, column: 10 }],
      // As Vite counts: columns from 0. What TypeScript and the compiler have moved is where it was.
      loc: { file: expect.stringContaining('app/components/Card.tsx'), line: 4, column: 9 },
      frame: expect.stringContaining("> 4 | import { limlt } from '~/contracts/limit'"),
    })
  })

  it.each([
    ['a default export that is none', "import limits from '~/contracts/limit'\nconsole.log(limits)", 'default'],
    ['a name that is passed on', "export { nothing } from '../contracts/limit'", 'nothing'],
    ['a name with another one here', "import { old as limit } from '~/contracts/limit'\nconsole.log(limit)", 'old'],
  ])('refuses %s', async (_, line, name) => {
    expect(await ask(appWith(line))).toMatchObject({ code: 'IMPORT_NAME_MISSING', data: { name } })
  })

  it.each(['client', 'ssr'] as const)('refuses a name that the framework does not have, %s', async (side) => {
    const failure = await ask(appWith("import { useStat } from 'layer9/components'", 'console.log(useStat)'), side)
    expect(failure).toMatchObject({
      code: 'IMPORT_NAME_MISSING',
      data: { name: 'useStat', from: 'layer9/components', near: 'useState' },
      fix: 'Import "useState".',
      places: [{ file: 'app/components/Card.tsx', line: 1, column: 10 }],
    })
  })

  it('lets the server have what browsers do not get of an api module', async () => {
    const root = appWith("import { list, most } from '~/api/notes'", 'console.log(list, most)')
    expect(await ask(root, 'ssr')).toContain('card')
  })

  it.each([
    ['~/components/Timr', { near: '~/components/Timer' }, 'Import ~/components/Timer.'],
    ['./Timr', { near: './Timer' }, 'Import ./Timer.'],
    ['~/components/time.cs', { near: '~/components/time.css' }, 'Import ~/components/time.css.'],
    ['~/nowhere/thing', {}, 'Correct the path, or make the file.'],
    [
      '@tea/pot/lid',
      {},
      'Run `npm install @tea/pot`, or correct the name; a file of the app begins with "~/" or "./".',
    ],
    ['react', {}, 'Import hooks from "layer9/components"; libraries made for React do not run here.'],
    ['layer9/component', { near: 'layer9/components' }, 'Import layer9/components.'],
  ])('refuses an import of %s, which leads nowhere, on both sides', async (specifier, near, fix) => {
    const root = appWith('// card', `import '${specifier}'`)
    write(root, 'app/components/Timer.tsx', 'export const Timer = () => <p>0</p>')
    write(root, 'app/components/time.css', 'p { color: red }')
    for (const side of ['client', 'ssr'] as const) {
      expect(await ask(root, side)).toMatchObject({
        code: 'IMPORT_NOT_FOUND',
        data: { specifier, ...near },
        fix,
        places: [{ file: 'app/components/Card.tsx', line: 2, column: 8 }],
        frame: expect.stringContaining(`> 2 | import '${specifier}'`),
      })
    }
  })

  it('refuses what browsers do not get of an api module, and says so', async () => {
    const failure = await ask(appWith("import { list, most } from '~/api/notes'", 'console.log(list, most)'))
    expect(failure).toMatchObject({
      code: 'IMPORT_STAYS_ON_SERVER',
      data: { name: 'most', from: 'app/api/notes.ts' },
      places: [{ file: 'app/components/Card.tsx', line: 1, column: 16 }],
    })
  })

  it('refuses in a build what it refuses in development', async () => {
    const root = appWith("import { limlt } from '~/contracts/limit'", 'console.log(limlt)')
    const rolldownOptions = { input: `${root}/app/components/Card.tsx` }
    await expect(build(configOf(root, { build: { write: false, rolldownOptions } }))).rejects.toThrow(
      'app/contracts/limit.ts exports nothing called "limlt"',
    )
  })

  it.each([
    ['what is there', "import { limit } from '~/contracts/limit'\nconsole.log(limit)"],
    ['types', "import { type Limit, limit } from '~/contracts/limit'\nconsole.log(limit as Limit)"],
    ['queries', "import { list } from '~/api/notes'\nconsole.log(list)"],
    ['a namespace', "import * as limits from '~/contracts/limit'\nconsole.log(limits)"],
    ['what a module passes on without names', "import { limit } from '~/contracts/everything'\nconsole.log(limit)"],
    ['names of a package', "import { nothing } from 'tea'\nconsole.log(nothing)"],
  ])('lets %s pass', async (_, line) => {
    expect(await ask(appWith(line))).toContain('card')
  })

  it('leaves a module that does not parse to say so itself', async () => {
    const root = appWith("import { a } from '~/contracts/broken'", 'console.log(a)')
    write(root, 'app/contracts/broken.ts', 'export const = 1')
    expect(await ask(root)).toContain('card')
  })

  it('looks again at a module when a file that it imports is gone', async () => {
    const root = appWith("import { limit } from '~/contracts/limit'", 'console.log(limit)')
    const { environments } = await serve(root)
    const sides = [environments.client, environments['ssr']!]
    for (const side of sides) {
      await side.transformRequest('/app/components/Card.tsx')
      await side.transformRequest('/app/contracts/limit.ts')
    }
    rmSync(`${root}/app/contracts/limit.ts`)
    for (const side of sides) {
      const card = () => side.transformRequest('/app/components/Card.tsx').catch((error: unknown) => error)
      await expect.poll(card).toMatchObject({ code: 'IMPORT_NOT_FOUND' })
    }
  })

  it('looks again at a module when a name that it imports is gone', async () => {
    const root = appWith("import { limit } from '~/contracts/limit'", 'console.log(limit)')
    const server = await serve(root)
    const card = () => server.environments.client.transformRequest('/app/components/Card.tsx')
    await card()
    await server.environments.client.transformRequest('/app/contracts/limit.ts')
    write(root, 'app/contracts/limit.ts', 'export const most = 3')
    await expect.poll(() => card().catch((error: unknown) => error)).toMatchObject({ code: 'IMPORT_NAME_MISSING' })
  })
})
