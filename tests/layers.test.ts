// The layer rules as a developer meets them: the same words from the command, from the build and on the overlay.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { repository, runLayer9, startLayer9 } from './harness/command.ts'

/** An app with one broken rule, on the way from a page: files to add, and what each way of looking must say. */
interface Broken {
  readonly rule: string
  readonly files: Readonly<Record<string, string>>
  readonly says: string
  readonly wayOut: string
}

const page = (line: string): string => `${line}\nexport default function Page() {\n  return <h1>Hello</h1>\n}\n`

const broken: readonly Broken[] = [
  {
    rule: '1, down only',
    files: {
      'app/routes/index.tsx': page(`import '~/components/Title'`),
      'app/routes/name.ts': `export const name = 'Board'\n`,
      'app/components/Title.tsx': `import { name } from '~/routes/name'\nexport const Title = () => <b>{name}</b>\n`,
    },
    says: 'LAYER_UPWARD  app/components/Title.tsx:1 (components, 8) imports ~/routes/name (routes, 9)',
    wayOut: 'A layer imports only from layers below it. Move name to components (8), where both may use it.',
  },
  {
    rule: '2, the wire',
    files: {
      'app/routes/index.tsx': page(`import { recent } from '~/services/posts'\nexport const loader = () => recent()`),
      'app/services/posts.ts': 'export const recent = () => 1\n',
    },
    says: 'LAYER_WIRE  app/routes/index.tsx:1 (routes, 9) imports ~/services/posts (services, 4)',
    wayOut: 'Call recent in a query or action under app/api and import that',
  },
  {
    rule: '3, no server platform',
    files: {
      'app/routes/index.tsx': page(`import { hostname } from 'node:os'\nexport const loader = () => hostname()`),
    },
    says: 'LAYER_PLATFORM  app/routes/index.tsx:1 (routes, 9) imports node:os',
    wayOut: 'What runs in the browser cannot use Node.',
  },
  {
    rule: '4, no circles',
    files: {
      'app/routes/index.tsx': page(`import '~/components/a'`),
      'app/components/a.ts': `import type { B } from './deep/b'\nexport type A = B\n`,
      'app/components/deep/b.ts': `import type { A } from '../a'\nexport type B = A\n`,
    },
    says: 'LAYER_CYCLE  app/components/a.ts:1 (components, 8) imports ./deep/b, which leads back: app/components/a.ts → app/components/deep/b.ts → app/components/a.ts',
    wayOut: 'Modules of different folders import in one direction, types included.',
  },
]

async function breakApp({ files }: Broken): Promise<AppCopy> {
  const app = await copyApp('examples/counter')
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
  return app
}

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => await browser.close())

describe.each(broken)('rule $rule', (rule) => {
  it('is red in `layer9 check`, with place and way out, and as data', async () => {
    const app = await breakApp(rule)
    const text = await runLayer9(['check'], { cwd: app.root })
    expect(text.code).toBe(1)
    expect(text.out).toContain(rule.says)
    expect(text.out).toContain(rule.wayOut)
    const json = await runLayer9(['check', '--json'], { cwd: app.root })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      projects: [{ violations: [{ code: rule.says.split(' ')[0] }] }],
    })
    await app.delete()
  })

  it('fails the build with the same words', async () => {
    const app = await breakApp(rule)
    const ended = await runLayer9(['build'], { cwd: app.root })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(rule.says)
    expect(ended.err).toContain(rule.wayOut)
    await app.delete()
  })

  it('is on the overlay in development', async () => {
    const app = await breakApp(rule)
    const server = await startLayer9(['dev'], { cwd: app.root })
    const opened = await openPage(browser)
    await opened.page.goto(server.url)
    const shown = await opened.page.locator('vite-error-overlay .message').textContent()
    expect(shown).toContain(rule.says)
    expect(shown).toContain(rule.wayOut)
    await opened.close()
    await server.end()
    await app.delete()
  })
})

describe('layer9 check', () => {
  it('is green on the framework, its examples and its documentation', async () => {
    const { code, out } = await runLayer9(['check', '--json'], { cwd: repository })
    const { projects } = JSON.parse(out) as { projects: { folder: string; mode: string; violations: unknown[] }[] }
    expect(projects.flatMap(({ violations }) => violations)).toEqual([])
    expect(projects.map(({ folder, mode }) => `${mode} ${folder}`)).toEqual(
      expect.arrayContaining(['source .', 'app examples/board', 'app examples/counter']),
    )
    expect(code).toBe(0)
  })

  it('answers 2 where there is no app', async () => {
    const folder = join(repository, 'scripts')
    const ended = await runLayer9(['check'], { cwd: folder })
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`APP_FOLDER_MISSING  There is no app here: ${folder} has no folder "app/routes".`)
    const json = await runLayer9(['check', '--json'], { cwd: folder })
    expect(json.code).toBe(2)
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, errors: [{ code: 'APP_FOLDER_MISSING' }] })
  })
})

describe('the proof after a build', () => {
  it('refuses a value of the environment in what browsers are given, and never repeats it', async () => {
    const app = await copyApp('examples/counter')
    await mkdir(join(app.root, 'public'), { recursive: true })
    await app.write('public/hello.txt', 'the key is sk_live_0123456789')
    const ended = await runLayer9(['build'], { cwd: app.root, env: { STRIPE_KEY: 'sk_live_0123456789' } })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('LEAK_ENVIRONMENT  hello.txt holds the value of the environment variable STRIPE_KEY.')
    expect(ended.err + ended.out).not.toContain('sk_live')
    expect((await runLayer9(['build'], { cwd: app.root })).code).toBe(0)
    await app.delete()
  })

  it('refuses a copy of a server module', async () => {
    const app = await copyApp('tests/fixtures/site')
    const source = await app.read('app/services/posts.ts')
    await mkdir(join(app.root, 'public'), { recursive: true })
    await app.write('public/posts.txt', source)
    const ended = await runLayer9(['build'], { cwd: app.root })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain(
      'LEAK_SOURCE  posts.txt holds the source of app/services/posts.ts, a module of the server.',
    )
    await app.delete()
  })
})
