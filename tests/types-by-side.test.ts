// Types by side: what runs on the server knows no page, what runs in the browser no Node, contracts neither.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type CommandOptions, type Ended, repository, runLayer9 } from './harness/command.ts'
import { type Editor, openEditor } from './harness/language-server.ts'

type Files = Readonly<Record<string, string>>

async function writeAll(app: AppCopy, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
}

/** The smallest app with files added. */
async function counterWith(files: Files): Promise<{ app: AppCopy; options: CommandOptions }> {
  const app = await copyApp('examples/counter')
  await writeAll(app, files)
  return { app, options: { cwd: app.root } }
}

interface Problem {
  readonly file?: string
  readonly code: string
  readonly message: string
  readonly hint?: string
}

const typesOf = ({ out }: Ended): Problem[] => (JSON.parse(out) as { types: Problem[] }).types

/** `file name` of every unknown name that `layer9 check` reports. */
async function unknownNames(options: CommandOptions): Promise<string[]> {
  const found = typesOf(await runLayer9(['check', '--json'], options))
  return found.map(({ file, message }) => `${file} ${/'([^']+)'/.exec(message)?.[1]}`).sort()
}

const server = ['platform', 'data', 'services', 'middleware', 'api'] as const
const browser = ['state', 'components', 'routes/notes'] as const

/** A use of each name, a line each. */
const uses = {
  window: 'export const width = window.innerWidth\n',
  document: 'export const title = document.title\n',
  element: 'export type Box = HTMLElement\n',
  process: `export const port = process.env['PORT']\n`,
  Buffer: `export const bytes = Buffer.from('a')\n`,
  module: `export type Stats = import('node:fs').Stats\n`,
  both: `export const path = new URL('https://a.test/b').pathname\nexport const copy = structuredClone({ a: 1 })\n`,
  timer: 'export const wait = () => setTimeout(() => {}, 1)\nexport const ask = () => fetch("/")\n',
}

const ofPage = uses.window + uses.document + uses.element
const ofNode = uses.process + uses.Buffer + uses.module

/** The same text in a module of each layer. */
const inEach = (layers: readonly string[], text: string): Files =>
  Object.fromEntries(layers.map((layer) => [`app/${layer}/side.ts`, text]))

describe('layer9 check', () => {
  it('knows nothing of the page below the wire, and all of Node', async () => {
    const { app, options } = await counterWith(inEach(server, ofPage + ofNode + uses.both + uses.timer))
    const expected = server.flatMap((layer) =>
      ['HTMLElement', 'document', 'window'].map((name) => `app/${layer}/side.ts ${name}`),
    )
    expect(await unknownNames(options)).toEqual(expected.sort())
    await app.delete()
  })

  it('knows nothing of Node above the wire, and all of the page', async () => {
    const timer = 'export const id: number = setTimeout(() => {}, 1)\n'
    const { app, options } = await counterWith(inEach(browser, ofPage + ofNode + uses.both + uses.timer + timer))
    const expected = browser.flatMap((layer) =>
      ['Buffer', 'node:fs', 'process'].map((name) => `app/${layer}/side.ts ${name}`),
    )
    expect(await unknownNames(options)).toEqual(expected.sort())
    await app.delete()
  })

  it('knows neither in contracts, but what both sides have and is pure', async () => {
    const { app, options } = await counterWith({
      'app/contracts/side.ts': ofPage + ofNode + uses.both + uses.timer,
      'app/contracts/both.ts': `export const file = (form: FormData): string | undefined => {
  const given = form.get('file')
  return given instanceof File ? given.name + btoa(crypto.randomUUID()) : new URLSearchParams({ a: given ?? '' }).toString()
}
export const bytes = new TextEncoder().encode('a').length
export const image = import.meta.env.DEV
`,
    })
    const names = ['Buffer', 'HTMLElement', 'document', 'fetch', 'node:fs', 'process', 'setTimeout', 'window']
    expect(await unknownNames(options)).toEqual(names.map((name) => `app/contracts/side.ts ${name}`))
    await app.delete()
  })

  it('knows everything in tests, and in the configuration', async () => {
    const { app, options } = await counterWith({
      'app/components/side.test.ts': ofPage + ofNode,
      'app/services/side.test.ts': `${ofPage + ofNode}export type { Secret } from './secret'\n`,
      'app/services/secret.ts': 'export interface Secret { key: string }\n',
      'tests/side.test.ts': ofPage + ofNode,
      'layer9.config.ts': `${ofNode}export default {}\n`,
    })
    expect(await unknownNames(options)).toEqual([])
    await app.write('tests/side.test.ts', 'export const a: string = 1\n')
    expect(typesOf(await runLayer9(['check', '--json'], options))).toMatchObject([
      { file: 'tests/side.test.ts', code: 'TS2322' },
    ])
    await app.delete()
  })

  it('keeps the types of routes, of styles and of what crosses the wire on every side', async () => {
    const { app, options } = await counterWith({
      'app/contracts/links.ts': `import { href } from 'layer9/contracts'\nexport const home = href('/')\nexport const wrong = href('/none')\n`,
      'app/services/links.ts': `import { href } from 'layer9/contracts'\nexport const wrong = href('/none')\n`,
      'app/services/size.ts': `import { statSync } from 'node:fs'\nexport const size = (path: string) => statSync(path).size\n`,
      'app/api/size.ts': `import { query } from 'layer9/api'\nimport { everyone } from 'layer9/middleware'\nimport { size } from '~/services/size'\nexport const sizeOf = query({ access: everyone, handler: async () => size('a') })\n`,
      'app/components/links.tsx': `import { href } from 'layer9/contracts'
import styles from './links.module.css'
import { sizeOf } from '~/api/size'
export const wrong = href('/none')
export const size = async (): Promise<number> => await sizeOf()
export const text = async (): Promise<string> => await sizeOf()
export const name = styles['name']
`,
      'app/components/links.module.css': '.name {}\n',
    })
    expect(typesOf(await runLayer9(['check', '--json'], options))).toMatchObject([
      { file: 'app/contracts/links.ts', code: 'TS2345' },
      { file: 'app/services/links.ts', code: 'TS2345' },
      { file: 'app/components/links.tsx', code: 'TS2345' },
      {
        file: 'app/components/links.tsx',
        code: 'TS2322',
        message: "Type 'number' is not assignable to type 'string'.",
      },
    ])
    await app.delete()
  })

  it('lets no package bring Node’s names above the wire', async () => {
    const { app, options } = await counterWith({
      'app/components/side.ts': `import { zero } from '../../vendor/nodish.js'\n${uses.process}export const id: number = setTimeout(() => {}, zero)\n`,
      'vendor/nodish.d.ts':
        '/// <reference types="node" />\nexport declare const zero: number\nexport declare const bytes: Buffer\n',
      'vendor/nodish.js': 'export const zero = 0, bytes = undefined\n',
    })
    expect(await unknownNames(options)).toEqual(['app/components/side.ts process'])
    await app.delete()
  })

  it('can name whatever is exported without a word of its type', async () => {
    const { app, options } = await counterWith(unsaid)
    expect(typesOf(await runLayer9(['check', '--json'], options))).toEqual([])
    await app.delete()
  })

  it('says the way out of a name of the other side, each once, below what the compiler says', async () => {
    const { app, options } = await counterWith({
      'app/services/side.ts': `${uses.window}export const height = window.innerHeight\n`,
      'app/components/side.ts': uses.process,
    })
    const { code, out } = await runLayer9(['check'], options)
    expect(code).toBe(1)
    expect(out).toContain(`app/services/side.ts(1,22): error TS2304: Cannot find name 'window'.\n`)
    expect(out).toContain(`app/services/side.ts(2,23): error TS2304: Cannot find name 'window'.\n`)
    expect(out.match(/\n`window` is not known in services \(4\): it runs on the server\./g)).toHaveLength(1)
    expect(out).toContain('\n`process` is not known in components (8): it runs in the browser too.')
    await app.delete()
  })
})

/** Exports of every layer whose types are left to inference: a declaration must be able to say each. */
const unsaid: Files = {
  'app/contracts/all.ts': `import { defineErrors, href, publicEnv, redirect } from 'layer9/contracts'
export const errors = defineErrors({ A: { message: ({ a }: { a: string }) => a, fix: () => 'b' } })
export const home = href('/')
export const mail = publicEnv('PUBLIC_MAIL')
export const leave = () => redirect(home)
`,
  'app/platform/all.ts': `import { contextKey, createLog, currentRequest, onDispose, log } from 'layer9/platform'
export const key = contextKey<string>('a')
export const own = createLog(() => {}), same = log
export const request = () => currentRequest()
export const stop = onDispose(() => {})
`,
  'app/middleware/all.ts': `import { chain, cookie, everyone, guard, guards, middleware } from 'layer9/middleware'
export const jar = cookie
export const signedIn = guard(({ cookies }) => ({ user: { id: cookies['seen'] ?? '', roles: ['a' as const] } }))
export const moderator = signedIn.and(({ context }) => ({ may: context.user.roles.includes('a') }))
export const named = guards({ signedIn, moderator, everyone })
export const timed = middleware({ before: () => undefined })
export default chain(timed)
`,
  'app/api/all.ts': `import { action, endpoint, query } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import * as v from 'valibot'
import { moderator } from '~/middleware/all'
export const Input = v.object({ id: v.string(), at: v.optional(v.date()) })
export const one = query({ access: everyone, input: Input, handler: ({ input }) => ({ ...input, found: [new Map([[1, input]])] }) })
export const two = action({ access: moderator, input: Input, route: 'POST /two', handler: async ({ context }) => context })
export const three = endpoint('GET /three', { access: everyone, handler: () => new Response('a') })
`,
  'app/state/all.ts': `import { computed, effect, signal } from 'layer9/state'
export const count = signal({ n: 0 }), double = computed(() => count.value.n * 2)
export const stop = effect(() => void double.value)
`,
  'app/components/all.tsx': `import { Await, createContext, memo, useContext, useEffect, useReducer, useRef, useState } from 'layer9/components'
import { one } from '~/api/all'
import { count } from '~/state/all'
export const Theme = createContext({ dark: false })
export const useAll = () => {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {}, [])
  return { box, state: useState(0), reduced: useReducer((a: number, b: { by: number }) => a + b.by, 0), theme: useContext(Theme) }
}
export const Small = memo(({ name }: { name: string }) => <b>{name}{count.value.n}</b>)
export const Late = () => <Await value={one({ id: 'a' })} fallback={null}>{(it) => <i>{it.id}</i>}</Await>
export const list = [<Small key="a" name="a" />]
`,
  'app/routes/all/[id].tsx': `import type { LoaderArgs, PageProps } from 'layer9/routes'
import { one } from '~/api/all'
import { Late } from '~/components/all'
export const loader = async ({ params }: LoaderArgs<'/all/[id]'>) => ({ now: await one({ id: params.id }), later: one({ id: 'b' }) })
export const head = ({ data }: PageProps<typeof loader>) => ({ title: data.now.id, meta: [{ name: 'a', content: 'b' }] })
export default ({ data, params }: PageProps<typeof loader>) => <p>{data.now.found.length}{params.id}<Late /></p>
`,
}

describe('files of no layer', () => {
  const files = {
    'app/services/mail.ts': `import { port } from '../../lib/mail'\nimport { name } from '../../package.json'\nexport const mail: string = name + port\n`,
    'app/components/Price.tsx': `import { price } from '../../lib/price'\nexport const Price = () => <b>{price(1)}</b>\n`,
    'app/services/price.ts': `import { price } from '../../lib/price'\nexport const dear: string = price(100)\n`,
    'lib/mail.ts': uses.process,
    'lib/price.ts': 'export const price = (of: number) => of.toFixed(2)\n',
  }

  it('have the side of those who import them', async () => {
    const { app, options } = await counterWith(files)
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0, err: '' })
    await app.write('lib/mail.ts', ofPage + ofNode)
    await app.write('lib/price.ts', `${files['lib/price.ts']}${uses.process}${uses.window}`)
    expect(await unknownNames(options)).toEqual([
      'lib/mail.ts HTMLElement',
      'lib/mail.ts document',
      'lib/mail.ts window',
      'lib/price.ts process',
      'lib/price.ts window',
    ])
    await app.delete()
  })

  it('may lie above the app', async () => {
    const { app, options } = await counterWith({})
    const shared = `${app.root}-shared`
    await mkdir(shared)
    await writeFile(join(shared, 'dates.ts'), 'export const day = (date: Date): number => date.getDate()\n')
    await writeAll(app, {
      'app/services/day.ts': `import { day } from '../../../${shared.split('/').at(-1)}/dates'\nexport const today: string = day(new Date())\n`,
    })
    expect(typesOf(await runLayer9(['check', '--json'], options))).toMatchObject([
      { file: 'app/services/day.ts', code: 'TS2322', message: "Type 'number' is not assignable to type 'string'." },
    ])
    await rm(shared, { recursive: true })
    await app.delete()
  })
})

describe('the configuration of an app', () => {
  it('is written by the first command, and again when it is gone', async () => {
    const { app, options } = await counterWith({})
    expect(await runLayer9(['build'], options)).toMatchObject({ code: 0 })
    const written = ['browser.json', 'contracts.json', 'routes.d.ts', 'server.json', 'tests.json', 'tsconfig.json']
    expect(await readdir(join(app.root, '.layer9'))).toEqual(expect.arrayContaining(written))
    await rm(join(app.root, '.layer9'), { recursive: true })
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    expect(await readdir(join(app.root, '.layer9'))).toEqual(expect.arrayContaining(written))
    await app.delete()
  })

  it('may ask for more than we do, and for names of its own', async () => {
    const { app, options } = await counterWith({
      'tsconfig.json': `{
  "files": [],
  "references": [{ "path": ".layer9" }],
  "compilerOptions": { "noUnusedLocals": true, "lib": ["es5"], "paths": { "~/*": ["./app/*"], "@parts/*": ["./app/components/*"] } }
}`,
      'app/components/parts/one.ts': 'const spare = 1\nexport const one: number = 1\n',
      'app/routes/index.tsx': `import { one } from '@parts/parts/one'\nexport default () => <p>{one satisfies string}</p>\n`,
      'app/services/side.ts': uses.window,
    })
    expect(typesOf(await runLayer9(['check', '--json'], options)).map(({ file, code }) => `${file} ${code}`)).toEqual([
      'app/services/side.ts TS2304',
      'app/components/parts/one.ts TS6133',
      'app/routes/index.tsx TS1360',
    ])
    await app.delete()
  })

  it('works as one project of the old kind, and says how to change that', async () => {
    const { app, options } = await counterWith({
      'tsconfig.json': '{ "extends": "layer9/tsconfig" }\n',
      'app/services/side.ts': ofPage + ofNode,
    })
    const { code, out } = await runLayer9(['check'], options)
    expect(code).toBe(0)
    expect(out).toContain('Types are in order.\n')
    expect(out).toContain('let tsconfig.json be {"files":[],"references":[{"path":".layer9"}]}\n')
    await app.write('app/services/wrong.ts', 'export const a: string = 1\n')
    expect(await runLayer9(['check'], options)).toMatchObject({
      code: 1,
      out: expect.stringContaining('app/services/wrong.ts(1,14): error TS2322'),
    })
    await app.delete()
  })

  it('looks again when a package was installed', async () => {
    const { app, options } = await counterWith({
      'app/services/side.ts': `import { zero } from '../../vendor/zero.js'\nexport const none: number = zero\n`,
      'vendor/zero.js': 'export const zero = 0\n',
      'vendor/zero.d.ts': 'export declare const zero: number\n',
    })
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    await app.write('vendor/zero.d.ts', 'export declare const zero: string\n')
    // As a package manager unpacks it: with a time of its own.
    await utimes(join(app.root, 'vendor/zero.d.ts'), 1, 1)
    expect(await unknownNames(options)).toEqual(['app/services/side.ts string'])
    await app.delete()
  })
})

describe('the next check', () => {
  it('sees a file that came with the time it had elsewhere, and one that has gone', async () => {
    const { app, options } = await counterWith({
      'app/state/price.ts': 'export const price = (of: number): string => of.toFixed(2)\n',
      'app/services/price.ts': 'export const dear = 1\n',
    })
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    await mkdir(join(app.root, 'app/contracts'))
    await rename(join(app.root, 'app/state/price.ts'), join(app.root, 'app/contracts/price.ts'))
    await app.write(
      'app/services/price.ts',
      `import { price } from '~/contracts/price'\nexport const dear = price(100)\n`,
    )
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0, err: '' })
    await app.remove('app/contracts/price.ts')
    expect(typesOf(await runLayer9(['check', '--json'], options))).toMatchObject([
      { file: 'app/services/price.ts', code: 'TS2307' },
    ])
    await app.delete()
  })

  it('has nothing to do when nothing has changed, and works only on what has', async () => {
    const { app, options } = await counterWith({ 'app/services/a.ts': 'export const a = 1\n' })
    const times = async () =>
      await Promise.all(
        ['contracts', 'server', 'browser', 'tests'].map(
          async (side) => (await stat(join(app.root, '.layer9/types', `${side}.tsbuildinfo`))).mtimeMs,
        ),
      )
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    const first = await times()
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    expect(await times()).toEqual(first)
    await app.edit('app/services/a.ts', '1', '2')
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0 })
    const [contracts] = await times()
    expect(contracts).toBe(first[0])
    await app.delete()
  })
})

describe('a broken layer rule', () => {
  it('is told once, by the rules: not again by the types of a project that took the file in', async () => {
    const { app, options } = await counterWith({
      'app/services/side.ts': `export { width } from '~/components/side'\n`,
      'app/components/side.ts': uses.window.replace('window', 'document.body').replace('innerWidth', 'clientWidth'),
    })
    const ended = await runLayer9(['check', '--json'], options)
    expect((JSON.parse(ended.out) as { ok: boolean }).ok).toBe(false)
    expect(typesOf(ended)).toEqual([])
    await app.delete()
  })
})

describe('in the editor', () => {
  let app: AppCopy
  let editor: Editor

  beforeAll(async () => {
    app = await copyApp('examples/board')
    await writeAll(app, {
      'app/services/side.ts': ofPage + uses.process + uses.both + uses.timer,
      'app/components/side.tsx': uses.window + ofNode + uses.both + uses.timer,
      'app/contracts/side.ts': uses.window + uses.process + uses.both,
      'tests/side.test.ts': ofPage + ofNode,
    })
    await runLayer9(['check'], { cwd: app.root })
    editor = await openEditor(app.root)
  })
  afterAll(async () => {
    await editor?.close()
    await app?.delete()
  })

  const unknown = async (path: string): Promise<string[]> =>
    (await editor.diagnose(path)).map(({ line, message }) => `${line} ${/'([^']+)'/.exec(message)?.[1]}`)

  it('underlines the page below the wire', async () => {
    expect(await unknown('app/services/side.ts')).toEqual(['1 window', '2 document', '3 HTMLElement'])
  })

  it('underlines Node above the wire', async () => {
    expect(await unknown('app/components/side.tsx')).toEqual(['2 process', '3 Buffer', '4 node:fs'])
  })

  it('underlines both in contracts', async () => {
    expect(await unknown('app/contracts/side.ts')).toEqual(['1 window', '2 process'])
  })

  it('underlines nothing that is as it should be', async () => {
    const files = await readdir(join(repository, 'examples/board/app'), { recursive: true })
    const modules = files.filter((file) => /\.tsx?$/.test(file)).map((file) => `app/${file}`)
    expect(modules.length).toBeGreaterThan(30)
    const found: Record<string, unknown> = {}
    for (const path of [...modules, 'tests/side.test.ts']) found[path] = await editor.diagnose(path)
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((path) => [path, []])))
  })

  it('underlines what is typed, before it is saved', async () => {
    const text = await app.read('app/services/people.ts')
    expect(await editor.diagnose('app/services/people.ts', `${text}\n${uses.document}`)).toMatchObject([{ code: 2584 }])
    expect(await editor.diagnose('app/services/people.ts', text)).toEqual([])
  })

  it('knows a new app before any command has run in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'layer9-new-'))
    const creator = join(repository, 'create-layer9/bin/create-layer9.js')
    execFileSync(process.execPath, [creator, 'shop', '--template', 'board'], { cwd: folder, stdio: 'pipe' })
    const root = join(folder, 'shop')
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir')
    const fresh = await openEditor(root)
    for (const path of ['app/routes/posts/[id].tsx', 'app/api/posts.ts', 'app/contracts/post.ts'])
      expect(await fresh.diagnose(path), path).toEqual([])
    expect(await fresh.diagnose('app/contracts/post.ts', uses.window)).toMatchObject([{ line: 1, code: 2304 }])
    await fresh.close()
    await rm(folder, { recursive: true })
  })

  it('leads to the source over every side, and knows what was just written there', async () => {
    await editor.diagnose('app/components/PostForm.tsx')
    expect(await editor.definition('app/components/PostForm.tsx', 'createPost')).toBe('app/api/posts.ts')
    await editor.diagnose('app/api/posts.ts')
    expect(await editor.definition('app/api/posts.ts', 'signedIn')).toBe('app/middleware/session.ts')
    const api = await app.read('app/api/posts.ts')
    await editor.diagnose('app/api/posts.ts', `${api}export { listPosts as justWritten }\n`)
    const use = `import { justWritten } from '~/api/posts'\nexport const posts = justWritten\n`
    expect(await editor.diagnose('app/components/side.tsx', use)).toEqual([])
    expect(await editor.definition('app/components/side.tsx', 'justWritten')).toBe('app/api/posts.ts')
  })
})
