// The commands that look at an app without serving it, and `layer9/testing`.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testApp } from 'layer9/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { runLayer9 } from './harness/command.ts'

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
    expect(listed).toContainEqual({ route: 'GET /', kind: 'page', file: 'app/routes/index.tsx', access: 'everyone' })
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
    expect(out).toMatch(/^route +kind +access +file\n/)
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

  it('finds an error of types', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/components/Counter.tsx', 'useState(start)', 'useState<string>(start)')
    const ended = await runLayer9(['check'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('Counter.tsx')
    await copy.delete()
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
})
