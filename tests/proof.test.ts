// What a build proves of the files that it gives to browsers: the file that says so, and that each doubt ends the build.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'

interface Proof {
  readonly chunks: readonly {
    readonly file: string
    readonly bytes: number
    readonly modules: readonly { readonly module: string; readonly layer: string | null; readonly bytes: number }[]
  }[]
  readonly assets: readonly { readonly file: string; readonly bytes: number }[]
}

async function appWith(source: string, files: Readonly<Record<string, string>> = {}): Promise<AppCopy> {
  const app = await copyApp(source)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
  return app
}

const build = async (app: AppCopy, env: Record<string, string> = {}) =>
  await runLayer9(['build'], { cwd: app.root, env })

/** The proof of a build that must succeed, as text. */
async function proofOf(app: AppCopy): Promise<string> {
  expect(await build(app)).toMatchObject({ code: 0, err: '' })
  return await app.read('.layer9/build/proof.json')
}

describe('proof.json', () => {
  it('lists each script with its modules, their layers and bytes', async () => {
    const app = await appWith('examples/board')
    const { chunks, assets } = JSON.parse(await proofOf(app)) as Proof
    const like = chunks.find(({ file }) => file === '_layer9/assets/LikeButton.js')
    expect(like?.bytes).toBeGreaterThan(0)
    expect(like?.modules).toEqual(
      expect.arrayContaining([
        { module: 'app/api/posts.ts', layer: 'api', bytes: expect.any(Number) },
        { module: 'app/components/LikeButton.tsx', layer: 'components', bytes: expect.any(Number) },
      ]),
    )
    const modules = chunks.flatMap((chunk) => chunk.modules)
    // In a chunk of its own, which all that call share.
    expect(modules).toContainEqual({
      module: 'layer9/dist/6-api/stub.js',
      layer: 'api',
      bytes: expect.any(Number),
    })
    const served = new Set(modules.map(({ layer }) => layer))
    expect([...served].sort()).toEqual([null, 'api', 'components', 'contracts', 'routes', 'state'].sort())
    for (const { bytes } of modules) expect(bytes).toBeGreaterThan(0)
    expect(assets.map(({ file }) => file)).toContain('_layer9/assets/layout-styles.css')
    await app.delete()
  })

  it('is the same wherever and whenever the same sources are built, and in order', async () => {
    const one = await appWith('examples/board')
    const other = await appWith('examples/board')
    const first = await proofOf(one)
    expect(await proofOf(one)).toBe(first)
    expect(await proofOf(other)).toBe(first)
    expect(first).not.toContain(one.root)
    const { chunks, assets } = JSON.parse(first) as Proof
    for (const list of [chunks, assets]) {
      const names = list.map(({ file }) => file)
      expect(names).toEqual([...names].sort())
    }
    await one.delete()
    await other.delete()
  })

  it('changes where a component has changed, and nowhere else', async () => {
    const app = await appWith('examples/board')
    const before = (await proofOf(app)).split('\n')
    await app.edit('app/components/ThemeToggle.tsx', 'export function', 'console.log(1)\nexport function')
    const after = (await proofOf(app)).split('\n')
    const changed = after.filter((line, index) => line !== before[index])
    expect(after).toHaveLength(before.length)
    // The script's bytes, and the module's.
    expect(changed).toHaveLength(2)
    for (const line of changed) expect(line).toMatch(/^\s+"bytes": \d+,?$/)
    await app.delete()
  })

  it('lists what workers are made of', async () => {
    const app = await appWith('examples/counter', {
      'app/components/work.ts': `import { sum } from '~/contracts/sum'\npostMessage(sum(1))\n`,
      'app/contracts/sum.ts': 'export const sum = (of: number): number => of + 1\n',
    })
    await app.edit(
      'app/routes/index.tsx',
      'setCount(count + 1)',
      `{ setCount(count + 1); new Worker(new URL('../components/work.ts', import.meta.url), { type: 'module' }) }`,
    )
    const { chunks, assets } = JSON.parse(await proofOf(app)) as Proof
    const worker = chunks.find(({ file }) => file === '_layer9/assets/work.js')
    expect(worker?.modules.map(({ module, layer }) => [module, layer])).toEqual([
      ['app/components/work.ts', 'components'],
      ['app/contracts/sum.ts', 'contracts'],
    ])
    expect(assets.map(({ file }) => file)).not.toContain('_layer9/assets/work.js')
    await app.delete()
  })
})

/** A configuration whose plugin adds a file to what browsers get. */
const emitting = (fileName: string, source: string): string => `import { readFileSync } from 'node:fs'
export default { vite: { plugins: [{
  name: 'emitting',
  applyToEnvironment: (environment) => environment.name === 'client',
  generateBundle() { this.emitFile({ type: 'asset', fileName: '${fileName}', source: ${source} }) },
}] } }
`

describe('a build ends without a result', () => {
  const service = `export const secretOfTheService = () => 'a line that stands in no other module of this app'\n`

  it('when a module of the layers 2 to 5 is in the graph of browsers', async () => {
    const app = await appWith('examples/counter', {
      'app/services/quiet.ts': 'export const quiet = 1\n',
      // It loads before the rules can look at what is loaded.
      'layer9.config.ts': `export default { vite: { plugins: [{
  name: 'early',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.name === 'client',
  resolveId: (id) => (id === 'virtual:quiet' ? process.cwd() + '/app/services/quiet.ts' : undefined),
  load: { order: 'pre', handler: (id) => (id.endsWith('quiet.ts') ? 'console.log("quiet")' : undefined) },
  transform: (code, id) => (id.endsWith('index.tsx') ? 'import "virtual:quiet"\\n' + code : undefined),
}] } }
`,
    })
    const { code, err } = await build(app)
    expect(code).toBe(1)
    expect(err).toMatch(/LEAK_MODULE {2}\S+\.js holds app\/services\/quiet\.ts, a module of the server\./)
    await app.delete()
  })

  it.each([
    ['a script', 'extra.js'],
    ['a source map', 'extra.js.map'],
    ['a page', 'extra.html'],
  ])('when %s holds the value of a variable that is not public', async (_, file) => {
    const app = await appWith('examples/counter', {
      'layer9.config.ts': emitting(file, `'{"sourcesContent":["key: ' + process.env.STRIPE_KEY + '"]}'`),
    })
    const { code, err, out } = await build(app, { STRIPE_KEY: 'sk_live_0123456789' })
    expect(code).toBe(1)
    expect(err).toContain(`LEAK_ENVIRONMENT  ${file} holds the value of the environment variable STRIPE_KEY.`)
    expect(err + out).not.toContain('sk_live')
    await app.delete()
  })

  it('when the value stands in an .env file alone', async () => {
    const app = await appWith('examples/counter', {
      '.env.production': 'MAIL_PASSWORD=correct-horse-battery\n',
      'layer9.config.ts': emitting('extra.js', `'"correct-horse' + '-battery"'`),
    })
    expect(await build(app)).toMatchObject({ code: 1, err: expect.stringContaining('variable MAIL_PASSWORD.') })
    await app.delete()
  })

  it('but not for a variable that everybody may know', async () => {
    const app = await appWith('examples/counter', {
      'layer9.config.ts': emitting('extra.js', `'"' + process.env.PUBLIC_SITE + '"'`),
    })
    expect(await build(app, { PUBLIC_SITE: 'https://board.example' })).toMatchObject({ code: 0, err: '' })
    await app.delete()
  })

  it('when a file holds the mark of a server module: a copy of the bundle for servers', async () => {
    const app = await appWith('tests/fixtures/site')
    expect((await build(app)).code).toBe(0)
    await mkdir(join(app.root, 'public'), { recursive: true })
    await app.write('public/old.js', (await app.read('.layer9/build/server/index.js')).replaceAll('\n', ' '))
    const { code, err } = await build(app)
    expect(code).toBe(1)
    expect(err).toContain('LEAK_CANARY  old.js holds code of app/services/posts.ts, a module of the server.')
    await app.delete()
  })

  it('when a source map holds the source of a server module', async () => {
    const app = await appWith('examples/counter', {
      'app/services/secret.ts': service,
      'layer9.config.ts': emitting(
        'extra.js.map',
        `JSON.stringify({ version: 3, sources: ['x'], sourcesContent: [readFileSync('app/services/secret.ts', 'utf8')] })`,
      ),
    })
    const { code, err } = await build(app)
    expect(code).toBe(1)
    expect(err).toContain('LEAK_SOURCE  extra.js.map holds the source of app/services/secret.ts')
    await app.delete()
  })

  it('when a source map names a server module, be it ever so short', async () => {
    const app = await appWith('examples/counter', {
      'app/services/short.ts': 'export const a = 1\n',
      'layer9.config.ts': emitting('extra.js.map', `'{"sources":["../../../app/services/short.ts"]}'`),
    })
    const { code, err } = await build(app)
    expect(code).toBe(1)
    expect(err).toContain('LEAK_SOURCE  extra.js.map holds the source of app/services/short.ts')
    await app.delete()
  })

  it('and leaves the last one in place', async () => {
    const app = await appWith('examples/counter')
    const proof = await proofOf(app)
    await app.write('layer9.config.ts', emitting('extra.js', `'"' + process.env.STRIPE_KEY + '"'`))
    expect((await build(app, { STRIPE_KEY: 'sk_live_0123456789' })).code).toBe(1)
    expect(await app.read('.layer9/build/proof.json')).toBe(proof)
    await app.delete()
  })
})
