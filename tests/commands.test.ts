// The commands that look at an app without serving it, and `layer9/testing`.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Procedure } from 'layer9/api'
import { testApp } from 'layer9/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'
import { firstMigration } from './harness/notes.ts'

let app: AppCopy
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
})
afterAll(async () => await app.delete())

describe('layer9 routes', () => {
  it('lists everything that can be reached', async () => {
    const { code, out } = await runLayer9(['routes', '--json'], { cwd: app.root })
    expect(code).toBe(0)
    const listed = JSON.parse(out) as { route: string; kind: string; file: string; access: string }[]
    const page = { route: 'GET /', kind: 'page', file: 'app/routes/index.tsx', access: 'everyone', render: 'request' }
    expect(listed).toContainEqual({ ...page, script: null, props: null })
    expect(listed).toContainEqual({
      route: 'POST /_layer9/api/notes/addNote',
      kind: 'action',
      file: 'app/api/notes.ts',
      access: 'everyone',
    })
    expect(listed).toContainEqual(expect.objectContaining({ route: 'GET /feed.txt', kind: 'endpoint' }))
    expect(listed.filter(({ kind }) => kind === 'page').map(({ route }) => route)).toEqual(
      expect.arrayContaining(['GET /posts/[id]', 'GET /panel/one']),
    )
  })

  it('draws a table for people', async () => {
    const { out } = await runLayer9(['routes'], { cwd: app.root })
    expect(out).toMatch(/^route +kind +access +render +script +props +file\n/)
  })
})

describe('layer9 check', () => {
  it('is content with the site', async () => {
    const ended = await runLayer9(['check'], { cwd: app.root })
    expect(ended.out).toContain('Layers are in order')
    expect(ended.out).toContain('Types are in order.')
    expect(ended.code).toBe(0)
  })

  it('names a path that is another file’s', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/routes/posts/[id].tsx', "LoaderArgs<'/posts/[id]'>", "LoaderArgs<'/post/[id]'>")
    const ended = await runLayer9(['check'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('ROUTE_TYPE_MISMATCH')
    await copy.delete()
  })

  it('names a style sheet that is not there, of which types say nothing', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/routes/about.tsx', 'import', "import '~/components/sit.css'\nimport")
    const ended = await runLayer9(['check'], { cwd: copy.root })
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('did you mean ~/components/site.css?') })
    await copy.delete()
  })

  it('names a component that a build refuses', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/routes/about.tsx', 'export default function', 'export default async function')
    const { code, out } = await runLayer9(['check'], { cwd: copy.root })
    expect(code).toBe(1)
    expect(out).toContain('COMPONENT_ASYNCHRONOUS')
    expect(out).toContain('app/routes/about.tsx:')
    await copy.delete()
  })

  it('finds an error of types', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/components/Counter.tsx', 'useState(start)', 'useState<string>(start)')
    const ended = await runLayer9(['check'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('Counter.tsx')
    await copy.delete()
  })
})

describe('routes that would not start', () => {
  const page = 'export default function Fresh() { return <h1>Fresh</h1> }\n'
  const guarded = "import { guards } from 'layer9/middleware'\nexport const access = guards({})\n"
  const broken = [
    ['ROUTE_COMPONENT_MISSING', { 'app/routes/fresh.tsx': "export const head = { title: 'Fresh' }\n" }, 'fresh.tsx'],
    [
      'ROUTE_ACCESS_UNKNOWN',
      { 'app/routes/fresh.tsx': `${page}export const access = 'king'\n` },
      'app/routes/fresh.tsx:2:23',
    ],
    [
      'ROUTE_ACCESS_UNKNOWN',
      {
        'app/middleware/index.ts': guarded,
        'app/routes/panel/layout.tsx': `export const access = 'king'\n${page}`,
      },
      'app/routes/panel/layout.tsx:1:23',
    ],
    ['ROUTE_EXPORT_UNSUPPORTED', { 'app/routes/fresh.tsx': `${page}export const live = true\n` }, 'fresh.tsx:2:14'],
    ['ROUTE_EXPORT_MISSPELT', { 'app/routes/fresh.tsx': `${page}export const laoder = () => 1\n` }, '`loader`'],
  ] as const

  it.each(broken)('are %s in check and build, before the old build is gone', async (code, files, says) => {
    const copy = await copyApp('tests/fixtures/site')
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(copy.root, path)), { recursive: true })
      await copy.write(path, text)
    }
    await mkdir(join(copy.root, '.layer9/build'), { recursive: true })
    await copy.write('.layer9/build/kept.txt', 'the last build')
    const checked = await runLayer9(['check'], { cwd: copy.root })
    expect(checked).toMatchObject({ code: 1, err: '' })
    const built = await runLayer9(['build'], { cwd: copy.root })
    expect(built).toMatchObject({ code: 1, out: '' })
    for (const text of [checked.out, built.err]) {
      expect(text).toContain(`${code}  app/routes/`)
      expect(text).toContain(says)
      expect(text).toContain('Fix: ')
    }
    expect(await copy.read('.layer9/build/kept.txt')).toBe('the last build')
    await copy.delete()
  })

  it('are said all at once', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.write('app/routes/fresh.tsx', '')
    await copy.write('app/routes/other.tsx', `${page}export const access = 'king'\n`)
    const { err } = await runLayer9(['build'], { cwd: copy.root })
    expect(err).toContain('ROUTE_COMPONENT_MISSING  app/routes/fresh.tsx')
    expect(err).toContain('ROUTE_ACCESS_UNKNOWN  app/routes/other.tsx')
    await copy.delete()
  })

  it('may name what only running the app would tell', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.write('app/services/rules.ts', "export const rule = process.env['RULE'] ?? 'king'\n")
    await mkdir(join(copy.root, 'app/middleware'))
    await copy.write(
      'app/middleware/index.ts',
      `import { everyone, guards } from 'layer9/middleware'
import { rule } from '~/services/rules'
if (!process.env['DATABASE_URL']) throw new Error('there is no database where this is built')
export const access = guards({ [rule]: everyone })
`,
    )
    await copy.write('app/routes/fresh.tsx', `${page}export const access = 'king'\n`)
    expect(await runLayer9(['build'], { cwd: copy.root })).toMatchObject({ code: 0, err: '' })
    await copy.delete()
  })
})

describe('layer9 check --json', () => {
  it('holds the routes and the types beside the layers', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/components/Counter.tsx', 'useState(start)', 'useState<string>(start)')
    await copy.edit('app/routes/posts/[id].tsx', "LoaderArgs<'/posts/[id]'>", "LoaderArgs<'/post/[id]'>")
    await copy.write('app/routes/fresh.tsx', '')
    const { code, out } = await runLayer9(['check', '--json'], { cwd: copy.root })
    expect(code).toBe(1)
    const found = JSON.parse(out)
    expect(found).toMatchObject({ ok: false, projects: [{ folder: '.', violations: [] }], typesChecked: true })
    expect(found.routes).toEqual([
      expect.objectContaining({ code: 'ROUTE_COMPONENT_MISSING', data: { file: 'fresh.tsx' }, places: [] }),
      expect.objectContaining({
        code: 'ROUTE_TYPE_MISMATCH',
        message: expect.stringContaining('/post/[id]'),
        fix: "Write '/posts/[id]'.",
        places: [expect.objectContaining({ file: 'app/routes/posts/[id].tsx', line: expect.any(Number) })],
      }),
    ])
    expect(found.routes[1].places[0]).not.toHaveProperty('source')
    expect(found.types).toContainEqual(
      expect.objectContaining({ code: 'TS2345', file: 'app/components/Counter.tsx', line: expect.any(Number) }),
    )
    await copy.delete()
  })

  it('holds files that make no tree of routes', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.write('app/routes/posts.tsx', '')
    await mkdir(join(copy.root, 'app/routes/(group)'))
    await copy.write('app/routes/(group)/posts.tsx', '')
    const { code, out } = await runLayer9(['check', '--json'], { cwd: copy.root })
    expect(code).toBe(1)
    expect(JSON.parse(out).routes).toMatchObject([{ code: 'ROUTE_CONFLICT', data: { url: '/posts' } }])
    await copy.delete()
  })

  it('is content with the site', async () => {
    const { code, out } = await runLayer9(['check', '--json'], { cwd: app.root })
    expect(JSON.parse(out)).toMatchObject({ ok: true, routes: [], types: [], typesChecked: true })
    expect(code).toBe(0)
  })
})

describe('the types of routes', () => {
  it.each(['check', 'build'])('are written anew by `layer9 %s`', async (command) => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.write('app/routes/fresh.tsx', 'export default function Fresh() { return <h1>Fresh</h1> }\n')
    await copy.remove('app/routes/about.tsx')
    await runLayer9([command], { cwd: copy.root })
    const types = await copy.read('.layer9/routes.d.ts')
    expect(types).toContain("'/fresh': Record<never, never>")
    expect(types).toMatch(/'\/posts\/\[id\]': \{ id: string \}/)
    expect(types).not.toContain('/about')
    await copy.delete()
  })

  it('refuse a link to a page that is not there, and one without its parameter', async () => {
    const copy = await copyApp('tests/fixtures/site')
    const links = `import { href } from 'layer9/contracts'
export const right = href('/posts/[id]', { id: '1' })
export const gone = href('/gone')
export const bare = href('/posts/[id]')
`
    await copy.write('app/contracts/links.ts', links)
    const ended = await runLayer9(['check'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    const lines = [...ended.out.matchAll(/app\/contracts\/links\.ts\((\d+)/g)].map(([, line]) => line)
    expect(lines).toEqual(['3', '4'])
    await copy.delete()
  })
})

describe('layer9.config.ts', () => {
  it('mounts an app below a path', async () => {
    const copy = await copyApp('examples/counter')
    await writeFile(
      join(copy.root, 'layer9.config.ts'),
      "import { defineConfig } from 'layer9/config'\nexport default defineConfig({ base: '/shop/' })\n",
    )
    expect((await runLayer9(['build'], { cwd: copy.root })).code).toBe(0)
    const manifest = JSON.parse(await copy.read('.layer9/build/server/manifest.json'))
    expect(manifest.navigation).toMatch(/^\/shop\/_layer9\/assets\//)
    await copy.delete()
  })

  it('fails a build whose pages cost more than their budgets, and leaves the last build in place', async () => {
    const copy = await copyApp('examples/counter')
    expect((await runLayer9(['build'], { cwd: copy.root })).code).toBe(0)
    const before = await copy.read('.layer9/build/server/manifest.json')
    await copy.write('layer9.config.ts', "export default { budgets: { '/': { script: 1000 } } }\n")
    const { code, err } = await runLayer9(['build'], { cwd: copy.root })
    expect(code).toBe(1)
    expect(err).toMatch(
      /BUDGET_EXCEEDED {2}\/ loads \d{4} bytes of script, and its budget is 1000\. Its largest file: start-/,
    )
    expect(await copy.read('.layer9/build/server/manifest.json')).toBe(before)
    await copy.delete()
  })

  it('refuses an option that does not exist', async () => {
    const copy = await copyApp('examples/counter')
    await writeFile(join(copy.root, 'layer9.config.ts'), 'export default { prot: 1 }\n')
    const ended = await runLayer9(['build'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('CONFIG_UNKNOWN_OPTION')
    expect(ended.err).toContain('did you mean "port"?')
    await copy.delete()
  })
})

/** What the tests know of `app/api/notes.ts`, which belongs to another project. */
interface NotesApi {
  readonly addNote: Procedure<{ title: string }, unknown>
}

describe('testApp', () => {
  it('answers pages, calls and errors without a port', async () => {
    const site = await testApp({ root: app.root })
    const page = await site.fetch('/posts/first')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('First &lt;post')
    expect((await site.fetch('/nowhere')).status).toBe(404)
    expect((await site.fetch('/feed.txt')).headers.get('content-type')).toContain('text/plain')
    const broken = await site.fetch('/broken')
    expect(broken.status).toBe(500)
    expect(await broken.text()).not.toContain('the secret reason')
    expect(site.errors).toEqual([expect.objectContaining({ message: 'the secret reason' })])
    await site.close()
  })

  it('has a migrated database of its own where one is asked for', async () => {
    const copy = await copyApp('tests/fixtures/notes')
    const before = process.env['DATABASE_URL']
    await expect(testApp({ root: app.root, database: ':memory:' })).rejects.toMatchObject({ code: 'DATA_MISSING' })
    await mkdir(join(copy.root, 'app/data/migrations'))
    await copy.write('app/data/migrations/0001_create_notes.ts', firstMigration)
    const [one, other] = await Promise.all([1, 2].map(() => testApp({ root: copy.root, database: ':memory:' })))
    const { addNote } = await one!.load<NotesApi>('app/api/notes.ts')
    await one!.call(addNote, { title: 'Only here' })
    expect(await (await one!.fetch('/')).text()).toContain('Only here')
    expect(await (await other!.fetch('/')).text()).toContain('none')
    expect(existsSync(join(copy.root, '.data'))).toBe(false)
    expect(process.env['DATABASE_URL']).toBe(before)
    await Promise.all([one!.close(), other!.close()])
    await copy.delete()
  })
})
