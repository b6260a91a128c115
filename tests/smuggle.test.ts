// Ways by which code of the server might get into a browser's files past the layer rules: each is tried on a real build.
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AppCopy, openApp } from './harness/app.ts'
import { repository, runLayer9 } from './harness/command.ts'

type Files = Readonly<Record<string, string>>

/** What must never be found, put together only by a compiler so that no line of source holds it. */
const contraband = 'contraband-of-the-server'

const server: Files = {
  'app/services/secret.ts': `export const secret = 'contraband' + '-of-the-server'\nexport const run = () => secret\n`,
  'app/api/posts.ts': `import { query } from 'layer9/api'
import { secret } from '~/services/secret'
// contraband-of-the-server
export const list = query({ access: 'public', handler: () => secret })
`,
}

/** A page that lives in the browser, with a line of imports and what a click does. */
const page = (head: string, click = 'use'): string => `import { useState } from 'layer9/components'
${head}
export default function Page() {
  const [count, setCount] = useState(0)
  return <button onClick={() => { setCount(count + 1); console.log(${click}) }}>{count}</button>
}
`

const config = (vite: string): string => `import { readFileSync } from 'node:fs'
import { loadEnv } from 'vite'
export default { vite: ${vite} }
`

const packageJson = (more: object): string => JSON.stringify({ name: 'smuggler', type: 'module', ...more })

/** An app of these files; a value that begins with `→` is a symbolic link. */
async function appOf(files: Files): Promise<AppCopy> {
  const root = await mkdtemp(join(tmpdir(), 'layer9-smuggle-'))
  for (const [path, text] of Object.entries({ 'package.json': packageJson({}), ...server, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    if (text.startsWith('→')) await symlink(text.slice(1), join(root, path))
    else await writeFile(join(root, path), text)
  }
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir')
  return openApp(root)
}

/** The files that browsers get of a build which hold what they must not, data URLs and source maps included. */
async function smuggled(root: string): Promise<string[]> {
  const folder = join(root, '.layer9/build/client')
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const found: string[] = []
  for (const { parentPath, name } of paths) {
    const text = await readFile(join(parentPath, name), 'latin1')
    const inlined = [...text.matchAll(/base64,([\w+/=]+)/g)].map(([, data]) => Buffer.from(data!, 'base64').toString())
    if ([text, ...inlined].some((one) => one.includes(contraband))) found.push(name)
  }
  return found
}

/** Both `check` and `build` refuse these. */
const refused: readonly [way: string, files: Files][] = [
  ['an api module as text', { page: `import use from '~/api/posts?raw'` }],
  ['an api module as an address', { page: `import use from '~/api/posts.ts?url'` }],
  ['an api module as a data URL', { page: `import use from '~/api/posts.ts?url&inline'` }],
  ['an api module as a worker', { page: `import use from '~/api/posts.ts?worker'` }],
  ['an api module by new URL', { page: `const use = new URL('../api/posts.ts', import.meta.url)` }],
  ['an api module by a worker', { page: `const use = () => new Worker(new URL('../api/posts.ts', import.meta.url))` }],
  ['api modules by a glob as text', { page: `const use = import.meta.glob('../api/*.ts', { query: '?raw' })` }],
  [
    'an api module from a style sheet',
    { page: `import './a.css'\nconst use = 1`, 'app/routes/a.css': 'a { background: url(../api/posts.ts) }' },
  ],
  [
    'the browser condition of package imports',
    {
      page: `import { run as use } from '#run'`,
      'package.json': packageJson({
        imports: { '#run': { browser: './app/services/secret.ts', default: './app/contracts/run.ts' } },
      }),
      'app/contracts/run.ts': 'export const run = () => 1\n',
    },
  ],
  ['a glob behind a cast', { page: `const use = (import.meta as any).glob('../services/*.ts', { eager: true })` }],
  ['a glob behind an exclamation', { page: `const use = import.meta!.glob('../services/*.ts', { eager: true })` }],
  [
    'a glob through a link',
    {
      page: `const use = import.meta.glob('../components/linked/*.ts', { eager: true })`,
      'app/components/linked': '→../services',
    },
  ],
  [
    'a glob that finds a link to a folder',
    {
      page: `const use = import.meta.glob('../components/**/*.ts', { eager: true })`,
      'app/components/linked': '→../services',
    },
  ],
  [
    'a glob that finds a link to a file',
    {
      page: `const use = import.meta.glob('../components/*.ts', { eager: true })`,
      'app/components/linked.ts': '→../services/secret.ts',
    },
  ],
  ['a glob with a base', { page: `const use = import.meta.glob('./*.ts', { eager: true, base: '/app/services' })` }],
  [
    'escapes in a style sheet',
    {
      page: `import './a.css'\nconst use = 1`,
      'app/routes/a.css': String.raw`a { background: url(../\73 ervices/secret.ts) }`,
      'layer9.config.ts': config(`{ css: { transformer: 'lightningcss' } }`),
    },
  ],
  [
    'escapes in an at-rule',
    {
      page: `import './a.css'\nconst use = 1`,
      'app/routes/a.css': String.raw`@\69mport "../services/a.css";`,
      'app/services/a.css': `.${contraband} {}`,
      'layer9.config.ts': config(`{ css: { transformer: 'lightningcss' } }`),
    },
  ],
  [
    'an alias of the configuration',
    {
      page: `import { run as use } from '@server/secret'`,
      'layer9.config.ts': config(`{ resolve: { alias: { '@server': process.cwd() + '/app/services' } } }`),
    },
  ],
  [
    'a link that is kept as it is',
    {
      page: `import { run as use } from '../components/linked/secret'`,
      'app/components/linked': '→../services',
      'layer9.config.ts': config('{ resolve: { preserveSymlinks: true } }'),
    },
  ],
  [
    'the browser field of a folder',
    {
      page: `import { run as use } from '../components/part'`,
      'app/components/part/package.json': JSON.stringify({ browser: '../../services/secret.ts', main: './part.ts' }),
      'app/components/part/part.ts': 'export const run = () => 1\n',
    },
  ],
  [
    'a field of a folder that few know',
    {
      page: `import { run as use } from '../components/part'`,
      'app/components/part/package.json': JSON.stringify({
        'jsnext:main': '../../services/secret.ts',
        main: './part.ts',
      }),
      'app/components/part/part.ts': 'export const run = () => 1\n',
    },
  ],
  [
    'a barrel among generated files',
    {
      page: `import { run as use } from '../../.layer9/barrel'`,
      '.layer9/barrel.ts': `export { run } from '../app/services/secret'\n`,
    },
  ],
  [
    'the package by its own name',
    {
      page: `import { run as use } from 'smuggler/app/services/secret.ts'`,
      'package.json': packageJson({ exports: { './*': './*' } }),
    },
  ],
  [
    'data of a service',
    { page: `import use from '~/services/a.json'`, 'app/services/a.json': `{"a":"${contraband}"}` },
  ],
]

/** Nothing that `check` could see: the build refuses them. */
const refusedByBuild: readonly [way: string, files: Files, code: string][] = [
  [
    'a file of a language of its own, whose plugin imports the server',
    {
      page: `import { run as use } from '../components/a.mdx'`,
      'app/components/a.mdx': 'text',
      'layer9.config.ts': config(
        `{ plugins: [{ name: 'a', transform: (_, id) => id.endsWith('.mdx') ? "export { run } from '~/services/secret'" : undefined }] }`,
      ),
    },
    'LAYER_WIRE',
  ],
  [
    'a virtual module that leads to the server',
    {
      page: `import { run as use } from 'virtual:a'`,
      'layer9.config.ts': config(
        `{ plugins: [{ name: 'a', resolveId: (id) => id === 'virtual:a' ? process.cwd() + '/app/services/secret.ts?a' : undefined }] }`,
      ),
    },
    'LAYER_WIRE',
  ],
  [
    'a plugin that loads before the rules can look',
    {
      page: `import { run as use } from 'virtual:a'`,
      'layer9.config.ts': config(`{ plugins: [{
  name: 'a',
  enforce: 'pre',
  resolveId: (id) => id === 'virtual:a' ? process.cwd() + '/app/services/secret.ts' : undefined,
  load: { order: 'pre', handler: (id) => id.endsWith('secret.ts') ? readFileSync(id, 'utf8') : undefined },
}] }`),
    },
    'LEAK_MODULE',
  ],
  [
    'an entry of the bundler',
    {
      page: 'const use = 1',
      'layer9.config.ts': config(`{ build: { rolldownOptions: { input: { a: 'app/services/secret.ts' } } } }`),
    },
    'LAYER_WIRE',
  ],
  [
    'a value of an .env file that is defined',
    {
      page: 'declare const KEY: string\nconst use = KEY',
      '.env': `SECRET_KEY=${contraband}\n`,
      'layer9.config.ts': config(`{ define: { KEY: JSON.stringify(loadEnv('production', '.', '').SECRET_KEY) } }`),
    },
    'LEAK_ENVIRONMENT',
  ],
  ['a link in public', { page: 'const use = 1', 'public/a.txt': '→../app/services/secret.ts' }, 'LEAK_SOURCE'],
]

/** These may be built: what comes out is what counts. */
const harmless: readonly [way: string, files: Files][] = [
  [
    'a worker that calls the api',
    {
      page: `const use = () => new Worker(new URL('../components/work.ts', import.meta.url), { type: 'module' })`,
      'app/components/work.ts': `import { list } from '~/api/posts'\nvoid list().then(console.log)\n`,
    },
  ],
  [
    'a shared worker that calls the api, inlined',
    {
      page: `import Use from '../components/work?sharedworker&inline'\nconst use = () => new Use()`,
      'app/components/work.ts': `import { list } from '~/api/posts'\nvoid list().then(console.log)\n`,
    },
  ],
  [
    'source maps',
    { page: `import { list as use } from '~/api/posts'`, 'layer9.config.ts': config('{ build: { sourcemap: true } }') },
  ],
  [
    'source maps, inlined',
    {
      page: `import { list as use } from '~/api/posts'`,
      'layer9.config.ts': config(`{ build: { sourcemap: 'inline' } }`),
    },
  ],
  ['another public folder', { page: 'const use = 1', 'layer9.config.ts': config(`{ publicDir: 'app/services' }`) }],
]

const withPage = ({ page: head = '', ...files }: Files): Files => ({ 'app/routes/index.tsx': page(head), ...files })

describe('a server module in disguise', () => {
  it.each(refused)('is refused by `layer9 check` and by the build: %s', async (_, files) => {
    const app = await appOf(withPage(files))
    const checked = await runLayer9(['check'], { cwd: app.root })
    expect(checked).toMatchObject({ code: 1, out: expect.stringContaining('LAYER_WIRE  app/') })
    const built = await runLayer9(['build'], { cwd: app.root })
    expect(built).toMatchObject({ code: 1, err: expect.stringContaining('LAYER_WIRE  app/') })
    await app.delete()
  })

  it.each(refusedByBuild)('is refused by the build: %s', async (_, files, code) => {
    const app = await appOf(withPage(files))
    const built = await runLayer9(['build'], { cwd: app.root })
    expect(built).toMatchObject({ code: 1, err: expect.stringContaining(`${code}  `) })
    await app.delete()
  })

  it.each(harmless)('is not in what browsers get: %s', async (_, files) => {
    const app = await appOf(withPage(files))
    expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    expect(await smuggled(app.root)).toEqual([])
    await app.delete()
  })
})
