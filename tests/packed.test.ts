// Both packages as npm would publish them, in an empty folder elsewhere: create, install, develop, build, start.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, openApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type CommandOptions, repository, runLayer9, startLayer9 } from './harness/command.ts'

const modes = ['minimal', 'board'] as const

let folder: string
let tarballs: { layer9: string; create: string }
let browser: Browser

/** Runs a program to its end and gives what it printed; fails with all of it. */
const run = async (program: string, given: readonly string[], cwd: string): Promise<string> =>
  await new Promise((resolve, reject) => {
    execFile(program, given, { cwd, maxBuffer: 1e8 }, (error, out, err) => {
      if (error) reject(new Error(`${program} ${given.join(' ')} failed:\n${out}\n${err}`, { cause: error }))
      else resolve(out)
    })
  })

/** Packs a package of the repository; the path of the tarball. */
const pack = async (packageFolder: string): Promise<string> => {
  const out = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], packageFolder)
  // npm 12 gives a record by name, npm 11 a list.
  const packed = Object.values(JSON.parse(out) as Record<string, { filename: string }>)[0]
  return join(folder, packed?.filename ?? '')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layer9-packed-'))
  tarballs = { layer9: await pack(repository), create: await pack(join(repository, 'create-layer9')) }
  // The creator is installed as `npm create` would do it, in a folder of its own.
  await run(
    'npm',
    ['install', '--prefix', join(folder, 'creator'), '--ignore-scripts', '--prefer-offline', tarballs.create],
    folder,
  )
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the documentation recommends below the wire, in one module. */
const store = `import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const path = process.env['DATABASE'] ?? ':memory:'
const database = new DatabaseSync(path)
export const rows = () => database.prepare('select 1 as one').all()
export const copy: Buffer = Buffer.from(path)
`

/** Makes an app of a template and installs it. */
const createApp = async (
  template: string,
  name = `my-${template}`,
): Promise<{ app: AppCopy; options: CommandOptions }> => {
  const creator = join(folder, 'creator/node_modules/create-layer9/bin/create-layer9.js')
  await run(process.execPath, [creator, name, '--template', template, '--layer9', `file:${tarballs.layer9}`], folder)
  const root = join(folder, name)
  await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], root)
  return { app: openApp(root), options: { cwd: root, program: join(root, 'node_modules/layer9/bin/layer9.js') } }
}

describe('the packages', () => {
  it('hold what they need and nothing of the tests', async () => {
    const listed = await run('tar', ['-tzf', tarballs.layer9], folder)
    expect(listed).toContain('package/dist/host/cli/main.js')
    expect(listed).toContain('package/tsconfig/app.json')
    expect(listed).not.toMatch(/\.test\.|fixture|tsbuildinfo|package\/src\//)
    const created = await run('tar', ['-tzf', tarballs.create], folder)
    for (const template of modes) expect(created).toContain(`package/templates/${template}/app/routes/`)
  })
})

describe('the packed counter', () => {
  let made: Awaited<ReturnType<typeof createApp>>
  beforeAll(async () => {
    made = await createApp('minimal')
  }, 240_000)

  it('is small: at most 80 MB and 120 packages', async () => {
    const all = await readdir(join(made.app.root, 'node_modules'), { recursive: true, withFileTypes: true })
    const files = all.filter((entry) => entry.isFile())
    const sizes = await Promise.all(
      files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80 * 1024 * 1024)
    const lock = JSON.parse(await made.app.read('node_modules/.package-lock.json'))
    const packages = Object.keys(lock.packages)
    expect(packages.length).toBeGreaterThan(10)
    expect(packages.length).toBeLessThanOrEqual(120)
  })

  it('checks, with its types', async () => {
    const ended = await runLayer9(['check'], made.options)
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toContain('Types are in order.')
  })

  it('knows the types of Node below the wire, and no package more than those of Node', async () => {
    const { write, remove, root } = made.app
    await mkdir(join(root, 'app/services'))
    await write('app/services/store.ts', store)
    expect(await runLayer9(['check'], made.options)).toMatchObject({ code: 0, err: '' })
    await write('app/services/store.ts', `${store}export const bytes: number = readFileSync(path, 'utf8')\n`)
    const { out } = await runLayer9(['check'], made.options)
    expect(out).toMatch(/app\/services\/store\.ts\(8,14\): error TS2322: Type 'string' is not assignable/)
    await remove('app/services/store.ts')
    expect(await readdir(join(root, 'node_modules/@types'))).toEqual(['node'])
  })

  it('is developed: an edit keeps the count', async () => {
    const server = await startLayer9(['dev'], made.options)
    const { page, troubles, close } = await openPage(browser)
    const scripts: string[] = []
    page.on('request', (request) => void (request.resourceType() === 'script' && scripts.push(request.url())))
    await page.goto(server.url, { waitUntil: 'networkidle' })
    // The page's entries and its one module; Vite's client; the framework in one piece. Each is asked for once.
    expect(scripts.map((url) => url.replace(/^.*\//, '')).sort()).toEqual([
      'client',
      'dev',
      'env.mjs',
      'index.tsx',
      'layer9.js',
      'listener',
      'starter',
    ])
    await page.getByRole('button', { name: '+1' }).click()
    await page.getByRole('button', { name: '+1' }).click()
    await made.app.edit('app/routes/index.tsx', 'Count:', 'Clicks:')
    await page.locator('h1', { hasText: 'Clicks: 2' }).waitFor()
    expect(troubles).toEqual([])
    await close()
    expect(await server.end()).toBe(0)
  })

  it('is built and started, and counts', async () => {
    expect(await runLayer9(['build'], made.options)).toMatchObject({ code: 0, err: '' })
    const server = await startLayer9(['start'], made.options)
    const { page, troubles, close } = await openPage(browser)
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await page.getByRole('button').click()
    expect(await page.locator('h1').textContent()).toBe('Clicks: 1')
    expect(troubles).toEqual([])
    await close()
    const plain = await openPage(browser, { javaScript: false })
    await plain.page.goto(server.url)
    expect(await plain.page.locator('h1').textContent()).toBe('Clicks: 0')
    await plain.close()
    expect(await server.end()).toBe(0)
  })
})

/** A second page, and a layout around both that is a root. */
const addSecondPage = async ({ write }: AppCopy): Promise<void> => {
  await write(
    'app/routes/layout.tsx',
    `import { useState } from 'layer9/components'
import type { LayoutProps } from 'layer9/routes'
export default function Shell({ children }: LayoutProps) {
  const [opened, setOpened] = useState(0)
  return (
    <div>
      <button type="button" class="menu" onClick={() => setOpened(opened + 1)}>opened {opened}</button>
      <nav><a href="/">Home</a> <a href="/about">About</a></nav>
      {children}
    </div>
  )
}
`,
  )
  await write('app/routes/about.tsx', 'export default function About() { return <main><h1>About</h1></main> }\n')
}

describe('the packed app with a second page', () => {
  let options: CommandOptions
  beforeAll(async () => {
    const made = await createApp('minimal', 'two-pages')
    await addSecondPage(made.app)
    options = made.options
  }, 240_000)

  it.each(['dev', 'start'])(
    'goes from page to page in `%s` without a reload, the state of its layout kept',
    async (mode) => {
      if (mode === 'start') expect(await runLayer9(['build'], options)).toMatchObject({ code: 0, err: '' })
      const server = await startLayer9([mode], options)
      const { page, troubles, loads, close } = await openPage(browser)
      await page.goto(server.url, { waitUntil: 'networkidle' })
      await page.locator('.menu').click()
      await page.getByRole('button', { name: '+1' }).click()
      expect(await page.locator('h1').textContent()).toBe('Count: 1')
      await page.getByRole('link', { name: 'About' }).click()
      await page.locator('h1', { hasText: 'About' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/about')
      expect(await page.locator('.menu').textContent()).toBe('opened 1')
      await page.getByRole('link', { name: 'Home' }).click()
      await page.locator('h1', { hasText: 'Count: 0' }).waitFor()
      await page.locator('.menu').click()
      expect(await page.locator('.menu').textContent()).toBe('opened 2')
      expect(loads()).toBe(1)
      expect(troubles).toEqual([])
      await close()
      expect(await server.end()).toBe(0)
    },
  )

  it('is complete without scripts, on both pages', async () => {
    const server = await startLayer9(['start'], options)
    const { page, close } = await openPage(browser, { javaScript: false })
    await page.goto(server.url)
    expect(await page.locator('h1').textContent()).toBe('Count: 0')
    expect(await page.locator('.menu').textContent()).toBe('opened 0')
    await page.getByRole('link', { name: 'About' }).click()
    expect(await page.locator('h1').textContent()).toBe('About')
    await close()
    expect(await server.end()).toBe(0)
  })
})

describe('the packed board', () => {
  it('checks, builds and starts', async () => {
    const { options } = await createApp('board')
    expect(await runLayer9(['check'], options)).toMatchObject({ code: 0, err: '' })
    expect(await runLayer9(['build'], options)).toMatchObject({ code: 0, err: '' })
    expect(await runLayer9(['db', 'migrate'], options)).toMatchObject({ code: 0, err: '' })
    expect(await runLayer9(['db', 'seed'], options)).toMatchObject({ code: 0, err: '' })
    const server = await startLayer9(['start'], options)
    const { page, troubles, close } = await openPage(browser)
    await page.goto(server.url, { waitUntil: 'networkidle' })
    expect(await page.locator('h1').count()).toBe(1)
    expect(troubles).toEqual([])
    await close()
    const plain = await openPage(browser, { javaScript: false })
    await plain.page.goto(server.url)
    await plain.page.locator('h2 a').first().click()
    expect(new URL(plain.page.url()).pathname).toMatch(/^\/posts\//)
    expect(await plain.page.locator('h1').count()).toBe(1)
    await plain.close()
    expect(await server.end()).toBe(0)
  }, 240_000)

  it('is built without the package of Postgres, and uses that once it is installed', async () => {
    const { app, options } = await createApp('board', 'before-postgres')
    expect(await runLayer9(['build'], options)).toMatchObject({ code: 0, err: '' })
    // Nobody listens there: whoever says so has the package.
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const before = await runLayer9(['start'], { ...options, env })
    expect(before).toMatchObject({ code: 1, err: expect.stringContaining('Run: npm install pg') })
    await symlink(join(repository, 'node_modules/pg'), join(app.root, 'node_modules/pg'), 'dir')
    const after = await runLayer9(['start'], { ...options, env })
    expect(after).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_UNREACHABLE') })
  }, 240_000)
})
