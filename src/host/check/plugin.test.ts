import { join } from 'node:path'
import { build, createServer, type InlineConfig, type Plugin, type Rolldown } from 'vite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { canaryOf, canaryPlugin } from './canary.ts'
import { layersPlugin } from './plugin.ts'
import { tree, write } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** What Vite's overlay and the terminal are given of an error. */
interface Shown extends Error {
  id?: string
  frame?: string
  plugin?: string
  loc?: { file: string; line: number; column: number }
}

function configOf(root: string, entry: string, plugins: Plugin[] = []): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    resolve: { alias: [{ find: /^~\//, replacement: `${root}/app/` }] },
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, ws: false },
    build: { outDir: join(root, 'out'), rolldownOptions: { input: join(root, entry) } },
    plugins: [layersPlugin({ root }), canaryPlugin({ root }), ...plugins],
  }
}

async function failedBuild(root: string, entry: string, plugins?: Plugin[]): Promise<Shown> {
  const built = build(configOf(root, entry, plugins))
  return await built.then(
    () => expect.unreachable('the build passed'),
    (error: Shown) => error,
  )
}

async function serve(root: string, plugins?: Plugin[]) {
  const server = await createServer(configOf(root, 'app/routes/index.ts', plugins))
  onTestFinished(async () => await server.close())
  const transform = (side: 'client' | 'ssr', path: string) =>
    server.environments[side].transformRequest(path).then(
      (result) => result?.code,
      (error: Shown) => error,
    )
  return { server, transform }
}

const upward = {
  'app/routes/index.ts': `import { recent } from '~/api/posts'\nexport default recent`,
  'app/api/posts.ts': 'export const recent = 1',
  'app/services/posts.ts': `import { formatPrice } from '~/components/Price'\nexport { formatPrice }`,
  'app/components/Price.ts': 'export const formatPrice = 1',
}

describe('layersPlugin in a build', () => {
  it('lets a legal app through', async () => {
    const root = tree({ ...upward, 'app/services/posts.ts': '' })
    const { output } = (await build(configOf(root, 'app/routes/index.ts'))) as Rolldown.RolldownOutput
    expect(output[0].fileName).toMatch(/\.js$/)
  })

  it('fails with what `layer9 check` prints, though nothing imports the file', async () => {
    const { message } = await failedBuild(tree(upward), 'app/routes/index.ts')
    expect(message).toContain(
      [
        'LAYER_UPWARD  app/services/posts.ts:1 (services, 4) imports ~/components/Price (components, 8)',
        `  1 | import { formatPrice } from '~/components/Price'`,
        '    |                             ^^^^^^^^^^^^^^^^^^^^',
        '  A layer imports only from layers below it. Move formatPrice to contracts (1), where both may use it.',
      ].join('\n'),
    )
    expect(message).not.toContain('at ')
  })

  it('refuses a server door in a browser build by the import that asks for it', async () => {
    const root = tree({
      // Layer 6 may import it, and the browser is to get a stub of this file: here nothing makes one.
      'app/api/posts.ts': `import { guard } from 'layer9/middleware'\nexport const recent = guard`,
      'app/routes/index.ts': `import { recent } from '~/api/posts'\nexport default recent`,
    })
    const { message } = await failedBuild(root, 'app/routes/index.ts')
    expect(message).toContain(
      'SERVER_DOOR_IN_BROWSER  app/api/posts.ts:1 imports layer9/middleware, which runs on the server only.',
    )
    expect(message).toContain('name the guard in `access` of a query, action or page.')
  })

  it('refuses a server module that another plugin brings into a browser build', async () => {
    const bringing: Plugin = {
      name: 'bringing',
      transform: (code, id) => (id.endsWith('routes/index.ts') ? `import '~/services/quiet'\n${code}` : undefined),
    }
    const root = tree({ ...upward, 'app/services/posts.ts': '', 'app/services/quiet.ts': 'console.log(1)' })
    const { message } = await failedBuild(root, 'app/routes/index.ts', [bringing])
    expect(message).toContain('LAYER_WIRE  app/routes/index.ts imports app/services/quiet.ts (services, 4)')
  })
})

describe('layersPlugin in development', () => {
  it('gives the overlay message, file, place and frame', async () => {
    const root = tree(upward)
    const { transform } = await serve(root)
    expect(await transform('client', '/app/routes/index.ts')).toContain('recent')
    const shown = (await transform('ssr', '/app/services/posts.ts')) as Shown
    const file = join(root, 'app/services/posts.ts')
    expect(shown.message).toBe(
      'LAYER_UPWARD  app/services/posts.ts:1 (services, 4) imports ~/components/Price (components, 8)\n' +
        '  A layer imports only from layers below it. Move formatPrice to contracts (1), where both may use it.',
    )
    expect(shown).toMatchObject({ id: file, plugin: 'layer9:layers', loc: { file, line: 1, column: 28 } })
    expect(shown.frame).toContain('^^^^^^^^^^^^^^^^^^^^')
    // What a log prints: all of it, and no line of the machinery.
    expect(shown.stack).toBe(`${shown.message}\n${shown.frame}`)
  })

  it('is content once the file is mended', async () => {
    const root = tree(upward)
    const { transform } = await serve(root)
    expect(await transform('ssr', '/app/services/posts.ts')).toBeInstanceOf(Error)
    write(root, 'app/services/posts.ts', 'export const mended = 1')
    expect(await transform('ssr', '/app/services/posts.ts')).toContain('mended')
  })

  it('sees what a change elsewhere has broken', async () => {
    const root = tree({
      'app/services/a.ts': `import './deep/b'\nexport const a = 1`,
      'app/services/deep/b.ts': 'export const b = 1',
    })
    const { server, transform } = await serve(root)
    expect(await transform('ssr', '/app/services/a.ts')).toContain('a')
    write(root, 'app/services/deep/b.ts', `import '../a'\nexport const b = 1`)
    await server.environments.client.pluginContainer.watchChange(join(root, 'app/services/deep/b.ts'), {
      event: 'update',
    })
    expect(((await transform('ssr', '/app/services/deep/b.ts')) as Shown).message).toContain('LAYER_CYCLE')
  })

  it('judges style sheets, and no file twice under a query', async () => {
    const root = tree({
      'app/components/a.css': `@import '../routes/b.css';`,
      'app/routes/b.css': '',
      'app/services/a.css': '',
    })
    const { transform } = await serve(root)
    expect(((await transform('client', '/app/components/a.css')) as Shown).message).toContain('LAYER_UPWARD')
    expect(((await transform('client', '/app/components/a.css?inline')) as Shown).message).toContain('LAYER_UPWARD')
  })

  it('keeps server modules from browsers, whoever asks', async () => {
    const root = tree({ 'app/services/a.ts': 'export const secret = 1' })
    const { transform } = await serve(root)
    expect(((await transform('client', '/app/services/a.ts')) as Shown).message).toContain(
      'LAYER_WIRE  The browser build imports app/services/a.ts',
    )
    expect(await transform('ssr', '/app/services/a.ts')).toContain('secret')
  })
})

describe('canaryPlugin', () => {
  it('marks every server module in the server’s build, and changes no line before', async () => {
    const root = tree({ 'app/services/a.ts': 'export const a = () => 1\n', 'app/contracts/b.ts': 'export const b = 2' })
    write(
      root,
      'app/api/c.ts',
      `import { a } from '~/services/a'\nimport { b } from '~/contracts/b'\nexport const c = [a, b]`,
    )
    const config = configOf(root, 'app/api/c.ts')
    const built = (await build({
      ...config,
      build: { ...config.build, ssr: true, minify: true, sourcemap: true },
    })) as Rolldown.RolldownOutput
    const code = built.output[0].code
    expect(code).toContain(canaryOf('app/services/a.ts'))
    expect(code).toContain(canaryOf('app/api/c.ts'))
    expect(code).not.toContain(canaryOf('app/contracts/b.ts'))
    expect(built.output[0].map?.sourcesContent?.find((text) => text?.includes('const a'))).toMatch(
      /^export const a = \(\) => 1\n\n\n\n;/,
    )
  })

  it('is the same for the same path, and another for another', () => {
    expect(canaryOf('app/services/a.ts')).toBe(canaryOf('app/services/a.ts'))
    expect(canaryOf('app/services/a.ts')).not.toBe(canaryOf('app/services/b.ts'))
  })
})
