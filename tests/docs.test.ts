import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Example, extractExamples } from '../scripts/docs.ts'
import { connect } from '../src/3-data/connect.ts'
import { explainAll } from '../src/host/cli/explain.ts'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'
import { databases } from './harness/databases.ts'
import { writeFiles } from './harness/files.ts'
import { createDatabase, hasPostgres } from './harness/postgres.ts'
import { openTerminal } from './harness/terminal.ts'

const root = join(import.meta.dirname, '..')

/** Writes examples as the app that they are parts of, inside the repository, so that it finds layer9 and valibot. */
function writeApp(name: string, examples: readonly Example[]): string {
  const folder = join(root, 'test-results/docs', name)
  writeFiles(folder, [
    ...examples,
    { file: 'tsconfig.json', text: '{ "files": [], "references": [{ "path": ".layer9" }] }' },
    { file: 'package.json', text: '{ "name": "docs-examples", "type": "module", "private": true }' },
  ])
  return folder
}

/** `layer9 check`: layers, route types, and the types of the whole app. */
function check(folder: string) {
  const args = [join(root, 'bin/layer9.js'), 'check']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

const examplesOf = (pattern: string): Example[] =>
  globSync(pattern, { cwd: root }).flatMap((path) => extractExamples(readFileSync(join(root, path), 'utf8')))

describe('examples in docs', () => {
  it('are the parts of one app on the pages of the layers, which checks and type-checks', () => {
    const examples = examplesOf('docs/app/routes/layers/*.tsx')
    const files = examples.map((example) => example.file)
    expect(files.length).toBeGreaterThan(15)
    expect(new Set(files).size).toBe(files.length)
    expect(check(writeApp('layers', examples))).toMatchObject({ status: 0 })
  })

  it('are a whole app on the first page', () => {
    expect(check(writeApp('index', examplesOf('docs/app/routes/index.tsx')))).toMatchObject({ status: 0 })
  })

  it('would be noticed if they were wrong', () => {
    const wrong = { file: 'app/routes/index.tsx', text: "export default () => <p title={1 + ''}>{missing}</p>\n" }
    const { status, output } = check(writeApp('wrong', [wrong]))
    expect(status).toBe(1)
    expect(output).toContain('missing')
  })
})

/** The outputs that a page shows, which are JSON. */
const outputsOf = (page: string): unknown[] =>
  Array.from(readFileSync(join(root, page), 'utf8').matchAll(/<Code output>\{`([^`]*)`\}/g), ([, text = '']) =>
    JSON.parse(text),
  )

interface Evaluated {
  /** In the app. */
  readonly module: string
  /** What of it is wanted, as an expression over its exports. */
  readonly value: string
  readonly env?: Readonly<Record<string, string>>
}

/** What a module of an app makes. The app's own alias of its folder is the bundler's: Node is told where it leads. */
function evaluate(folder: string, { module, value, env = {} }: Evaluated): unknown {
  const code = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) =>
      next(name.startsWith('~/') ? new URL(\`app/\${name.slice(2)}.ts\`, 'file://${folder}/').href : name, context) })
    const all = await import('./${module}')
    console.log(JSON.stringify(await all.${value}))
    process.exit()`
  const run = ['--input-type=module', '--eval', code]
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } } as const
  const { stdout, stderr } = spawnSync(process.execPath, run, options)
  return JSON.parse(stdout || JSON.stringify(stderr))
}

describe('navigation', () => {
  let server: RunningServer
  let browser: Browser

  beforeAll(async () => {
    const folder = writeApp('navigation', examplesOf('docs/app/routes/navigation.tsx'))
    expect(check(folder)).toMatchObject({ status: 0 })
    const built = await runLayer9(['build'], { cwd: folder })
    expect(built, built.out + built.err).toMatchObject({ code: 0 })
    server = await startLayer9(['start'], { cwd: folder })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  it('is as its page says: the layout stays, parts come later, unsaved work is asked about', async () => {
    const { page, loads, troubles, close } = await openPage(browser)
    await page.goto(server.url, { waitUntil: 'networkidle' })
    await page.getByRole('button').click()
    await page.getByRole('link', { name: 'Report', exact: true }).click()
    await page.getByText('Counting…').waitFor()
    await page.getByText('9 visitors').waitFor()
    expect(await page.getByRole('button').textContent()).toBe('1 clicks')
    expect(await page.locator('[aria-current=page]').textContent()).toBe('Report')
    await page.getByRole('link', { name: 'Write', exact: true }).click()
    await page.getByLabel('Text').fill('a draft')
    await page.waitForFunction(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))
    const asked = new Promise<string>((resolve) =>
      page.once('dialog', async (dialog) => {
        resolve(dialog.message())
        await dialog.dismiss()
      }),
    )
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    expect(await asked).toBe('Leave without saving?')
    expect(await page.getByLabel('Text').inputValue()).toBe('a draft')
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })
})

describe('roots', () => {
  let server: RunningServer
  let browser: Browser
  const folder = () => writeApp('roots', examplesOf('docs/app/routes/roots.tsx'))
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
  })

  it('are explained with an app that checks', () => {
    expect(check(folder())).toMatchObject({ status: 0 })
  })

  it('are explained with an app that runs as the page says', async () => {
    const cwd = folder()
    expect(await runLayer9(['build'], { cwd })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9(['start'], { cwd })
    const html = await (await fetch(server.url)).text()
    const table = JSON.parse(/id="layer9"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')
    expect(table.modules).toHaveLength(3)
    // Of the post what the parameter names; each context once.
    expect(table.roots[0].props).toEqual({ post: { title: 'Roots', likes: 3 } })
    expect(table.contexts).toEqual([
      ['app/components/theme.ts#Visitor', 'Ada'],
      ['app/components/theme.ts#Theme', 'dark'],
    ])
    const { page, troubles, close } = await openPage(browser)
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Who is it?' }).click()
    await page.getByText('Ada', { exact: true }).waitFor()
    expect(await page.locator('div.dark').count()).toBe(1)
    await page.getByRole('button', { name: 'Like Roots (3)' }).click()
    await page.getByRole('button', { name: 'Like Roots (4)' }).waitFor()
    // The fold takes its slot out, and brings it back as it was.
    await page.getByRole('button', { name: 'The post' }).click()
    await page.getByText('A page is HTML.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'The post' }).click()
    await page.getByText('Ada', { exact: true }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })
})

describe('contracts', () => {
  const page = 'docs/app/routes/fields.tsx'
  const folder = () => writeApp('fields', examplesOf(page))

  it('are explained with contracts that check', () => {
    expect(examplesOf(page).length).toBeGreaterThan(3)
    expect(check(folder())).toMatchObject({ status: 0 })
  })

  it('say what is wrong, and read text, as the page says', () => {
    const [problems, reading] = outputsOf(page)
    expect(evaluate(folder(), { module: 'app/contracts/problems.ts', value: 'issues' })).toEqual(problems)
    expect(evaluate(folder(), { module: 'app/contracts/reading.ts', value: 'read' })).toEqual(reading)
  })

  it('list every kind of field', () => {
    const text = readFileSync(join(root, page), 'utf8')
    const names = readFileSync(join(root, 'src/1-contracts/index.ts'), 'utf8').matchAll(
      /export \{([^}]*)\} from '\.\/fields\//g,
    )
    const functions = Array.from(names, ([, list = '']) => list.split(',').map((name) => name.trim())).flat()
    const kinds = functions.filter(
      (name) => /^[a-z]\w*$/.test(name) && !['createId', 'fromUnits', 'toUnits'].includes(name),
    )
    expect(kinds.length).toBe(16)
    expect(kinds.filter((name) => !new RegExp(`\\[\\s*['"]${name}\\(`).test(text))).toEqual([])
  })
})

describe.each([
  ['data', 'tables'],
  ['tracking', 'tracking'],
])('%s', (_, title) => {
  const page = `docs/app/routes/${title}.tsx`

  // Without a Postgres its half is skipped, where anyone can see it.
  it.for(databases)('is explained with an app that does as the page says, on %s', async (name, { skip }) => {
    skip(name === 'Postgres' && !hasPostgres())
    const cwd = writeApp(`${title}-${name}`, examplesOf(page))
    for (const left of ['.data', 'app/data/migrations']) rmSync(join(cwd, left), { recursive: true, force: true })
    const env: Record<string, string> = name === 'Postgres' ? { DATABASE_URL: await createDatabase() } : {}
    for (const command of ['generate', 'migrate'])
      expect(await runLayer9(['db', command], { cwd, env })).toMatchObject({ code: 0, err: '' })
    expect(evaluate(cwd, { module: 'app/services/tour.ts', value: 'tour()', env })).toEqual(outputsOf(page)[0])
  })

  it('is explained with an app that checks', () => {
    expect(check(writeApp(title, examplesOf(page)))).toMatchObject({ status: 0 })
  })
})

describe('settings', () => {
  const page = 'docs/app/routes/layers/platform.tsx'
  const folder = () => writeApp('settings', examplesOf(page))
  const run = (env: Record<string, string>) => {
    const code = `
      import { drawError } from 'layer9/contracts'
      await import('./app/platform/env.ts').then(
        ({ settings }) => console.log(JSON.stringify(settings)),
        (error) => console.log(drawError(error)))`
    const cwd = folder()
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    })
    return stdout + stderr
  }

  it('are read as the page says', () => {
    const given = {
      STRIPE_KEY: 'sk_test_0123456789abcdef',
      REPORT_TO: 'ada@example.org, ben@example.org',
      SITE_URL: '',
    }
    expect(JSON.parse(run(given))).toEqual({
      SITE_URL: 'http://localhost:3000',
      PAGE_SIZE: 20,
      STRIPE_KEY: given.STRIPE_KEY,
      REPORT_TO: ['ada@example.org', 'ben@example.org'],
    })
  })

  it('that are missing or wrong are told as the page shows', () => {
    const said = /<Code output>\{`\n([^`]*)`\}/.exec(readFileSync(join(root, page), 'utf8'))?.[1]
    expect(run({ PAGE_SIZE: '1000' })).toBe(said)
  })
})

describe('migrations', () => {
  const page = 'docs/app/routes/migrations.tsx'
  const text = readFileSync(join(root, page), 'utf8').replaceAll('\\`', '`')
  /** What a command prints on the page. */
  const saidOf = (command: string): string => text.split(`\n$ layer9 ${command}\n`)[1]?.split('`}</Code>')[0] ?? ''

  it('are explained with an app that checks, and whose commands say what the page says', async () => {
    const route = { file: 'app/routes/index.tsx', text: 'export default function Tasks() { return <h1>Tasks</h1> }\n' }
    const cwd = writeApp('migrations', [...examplesOf(page), route])
    rmSync(join(cwd, '.data'), { recursive: true, force: true })
    const db = async (...given: string[]) => await runLayer9(['db', ...given], { cwd })
    expect(await db('generate')).toMatchObject({ code: 0, out: expect.stringMatching(/^Nothing to write/) })
    expect(await db('migrate')).toEqual({ code: 0, err: '', out: saidOf('db migrate') })
    expect(await db('seed')).toMatchObject({ code: 0, err: '' })
    // What the columns that go had said is kept, both ways.
    const file = connect<{ tasks: { title: string; done: number; state: string } }>(join(cwd, '.data/app.db'))
    const titles = file.selectFrom('tasks').select('title')
    expect(await titles.where('state', '=', 'done').execute()).toEqual([{ title: 'Read the migration' }])
    expect(await db('rollback', '--accept-loss')).toMatchObject({ code: 0, err: '' })
    expect(await titles.where('done', '=', 1).execute()).toEqual([{ title: 'Read the migration' }])
    await file.destroy()
    expect(await runLayer9(['build'], { cwd })).toMatchObject({ code: 0, err: '' })
    expect(await runLayer9(['start'], { cwd })).toEqual({ code: 1, out: '', err: saidOf('start') })
    expect(check(cwd)).toMatchObject({ status: 0 })
  })

  it('are written by the command as the page says', async () => {
    const examples = examplesOf(page).filter(({ file }) => !file.endsWith('0002_add_tasks_state.ts'))
    const cwd = writeApp('migrations-first', examples)
    rmSync(join(cwd, 'app/data/migrations/0002_add_tasks_state.ts'), { force: true })
    const terminal = openTerminal(['db', 'generate'], { cwd })
    const [question = '', ...behind] = saidOf('db generate').split(' (y/n) y\n')
    await terminal.says(`${question} (y/n) `, 'y')
    const { code, out } = await terminal.end()
    expect(code).toBe(0)
    expect(out.replaceAll('\r', '')).toContain(behind.join(''))
  })

  it('list every command', async () => {
    const { out } = await runLayer9(['db', '--help'], { cwd: root })
    const listed = Array.from(out.matchAll(/^ +(\w+) {2,}\S/gm), ([, name]) => name)
    expect(listed.length).toBeGreaterThan(4)
    expect(listed.filter((name) => !text.includes(`['${name}', '`))).toEqual([])
  })
})

describe('the documentation site', () => {
  const layers = ['routes', 'components', 'state', 'api', 'middleware', 'services', 'data', 'platform', 'contracts']
  let app: AppCopy
  let server: RunningServer
  let browser: Browser

  beforeAll(async () => {
    app = await copyApp('docs')
    const built = await runLayer9(['build'], { cwd: app.root })
    expect(built, built.out + built.err).toMatchObject({ code: 0 })
    server = await startLayer9(['start'], { cwd: app.root })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end()
    await app?.delete()
  })

  it('has a page for each layer, reached from the one above without a full load', async () => {
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/`)
    for (const layer of layers) {
      await page.locator('.ladder').getByRole('link', { name: layer }).click()
      await page.getByRole('heading', { level: 1, name: layer, exact: true }).waitFor()
      expect(await page.locator('.ladder [aria-current=page]').getAttribute('href')).toBe(`/layers/${layer}`)
    }
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })

  it('fits the width of a phone, on every page', async () => {
    const { page, close } = await openPage(browser)
    await page.setViewportSize({ width: 390, height: 800 })
    const pages = globSync('docs/app/routes/**/*.tsx', { cwd: root })
      .map((path) => path.slice('docs/app/routes/'.length).replace(/(?:^|\/)index\.tsx$|\.tsx$/, ''))
      .filter((path) => !/\[|(?:^|\/)(?:layout|error|not-found)$/.test(path))
    expect(pages.length).toBeGreaterThan(12)
    for (const path of pages) {
      await page.goto(`${server.url}/${path}`)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect({ path, fits: width <= 390 }).toEqual({ path, fits: true })
    }
    await close()
  })

  it('runs the example of the first page beside its text', async () => {
    const { page, troubles, close } = await openPage(browser)
    await page.goto(`${server.url}/`)
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: '+1' }).click()
        return await page.locator('.demo output').textContent()
      })
      .toMatch(/^Count: [1-9]/)
    expect(troubles).toEqual([])
    await close()
  })

  it('shows one signal in two roots', async () => {
    const { page, troubles, close } = await openPage(browser)
    await page.goto(`${server.url}/layers/state`)
    await expect
      .poll(async () => {
        await page.getByLabel('One').fill('only three words')
        return await page.getByLabel('The other').inputValue()
      })
      .toBe('only three words')
    expect(await page.locator('.demo output').allTextContents()).toEqual(['3 words', '3 words'])
    expect(troubles).toEqual([])
    await close()
  })

  it('has a page for every error code, reached from their list', async () => {
    const codes = (await explainAll()).map(({ code }) => code)
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/errors`)
    expect((await page.locator('.codes code').allTextContents()).sort()).toEqual(codes)
    await page.getByRole('link', { name: 'LAYER_UPWARD' }).click()
    await page.getByRole('heading', { level: 1, name: 'LAYER_UPWARD' }).waitFor()
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    for (const code of codes) expect((await fetch(`${server.url}/errors/${code}`)).status).toBe(200)
    expect((await fetch(`${server.url}/errors/NONE`)).status).toBe(404)
    await close()
  })

  it('leads to what crosses into roots', async () => {
    const { page, troubles, loads, close } = await openPage(browser)
    await page.goto(`${server.url}/layers/components`)
    await page.getByRole('link', { name: 'roots, slots and contexts' }).click()
    await page.getByRole('heading', { level: 1, name: 'Roots, slots and contexts' }).waitFor()
    await page.getByRole('link', { name: 'CONTEXT_NOT_DATA' }).click()
    await page.getByRole('heading', { level: 1, name: 'CONTEXT_NOT_DATA' }).waitFor()
    expect(loads()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })

  it('is complete without scripts', async () => {
    const { page, close } = await openPage(browser, { javaScript: false })
    for (const layer of layers) {
      expect((await page.goto(`${server.url}/layers/${layer}`))?.status()).toBe(200)
      expect(await page.locator('h1').textContent()).toBe(layer)
    }
    expect((await page.goto(`${server.url}/layers/none`))?.status()).toBe(404)
    await close()
  })
})
