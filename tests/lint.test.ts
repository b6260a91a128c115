// `layer9/lint`: the layer rules in the linters that people have, on the command line and in the editor.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { repository, runLayer9 } from './harness/command.ts'
import { type Editor, openLinter } from './harness/language-server.ts'

/** What an app writes to have the rules shown, as the documentation says. */
const configuration = '{ "jsPlugins": ["layer9/lint"], "rules": { "layer9/layers": "error" } }\n'

type Files = Readonly<Record<string, string>>

async function boardWith(files: Files): Promise<AppCopy> {
  const app = await copyApp('examples/board')
  for (const [path, text] of Object.entries({
    '.oxlintrc.json': configuration,
    '.gitignore': 'node_modules',
    ...files,
  })) {
    await mkdir(dirname(join(app.root, path)), { recursive: true })
    await app.write(path, text)
  }
  return app
}

/** Each kind of breach that one file shows. */
const broken: Files = {
  'app/services/upward.ts': `import { Header } from '~/components/Header'\nexport const upward = Header\n`,
  'app/components/wire.tsx': `import { demoPeople } from '~/services/people'\nexport const Wire = () => <b>{demoPeople().length}</b>\n`,
  'app/state/platform.js': `import { hostname } from 'node:os'\nexport const name = hostname()\n`,
  'app/services/circle.ts': `import { back } from '../data/circle'\nexport const circle = () => back\n`,
  'app/data/circle.ts': `import type { circle } from '../services/circle'\nexport const back: typeof circle | 0 = 0\n`,
  'app/api/computed.ts': 'export const load = (name: string) => import(name)\n',
  'app/services/barrel.ts': `export { Header } from '../../lib/barrel'\n`,
  'lib/barrel.ts': `export * from '../app/components/Header'\n`,
  'app/services/tested.ts': `import './posts.test'\n`,
  'app/services/posts.test.ts': `import '~/routes/index'\n`,
}

interface Shown {
  readonly filename: string
  readonly code: string
  readonly message: string
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[]
}

/** Runs the real oxlint in a folder, over `app` or what is given: what it says, and its exit code. */
async function oxlint(root: string, path = 'app'): Promise<{ code: number; shown: Shown[] }> {
  const program = join(repository, 'node_modules/oxlint/bin/oxlint')
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, '--format', 'json', path], { cwd: root }, (error, out) => {
      const { diagnostics } = JSON.parse(out) as { diagnostics: Shown[] }
      resolve({ code: error ? Number(error.code) : 0, shown: diagnostics.filter(({ code }) => /layer9/.test(code)) })
    })
  })
}

interface Checked {
  readonly projects: readonly { violations: readonly { file: string; line: number; column: number; code: string }[] }[]
}

describe('oxlint', () => {
  it('shows what layer9 check says, at the same places', async () => {
    const app = await boardWith(broken)
    const { out } = await runLayer9(['check', '--json'], { cwd: app.root })
    const expected = (JSON.parse(out) as Checked).projects
      .flatMap(({ violations }) => violations)
      .map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)
    expect(new Set(expected.map((one) => one.split(' ')[1])).size).toBeGreaterThan(5)
    const { code, shown } = await oxlint(app.root)
    expect(code).toBe(1)
    const places = shown.map(({ filename, message, labels: [label] }) => {
      const { line, column } = label?.span ?? {}
      return `${filename}:${line}:${column} ${message.split(' ')[0]}`
    })
    // A circle is told at each file that is part of it; the check tells it once.
    const circles = places.filter((place) => place.endsWith('LAYER_CYCLE'))
    expect(circles.length).toBeGreaterThanOrEqual(1)
    const notCircle = (place: string) => !place.endsWith('LAYER_CYCLE')
    expect(places.filter(notCircle).sort()).toEqual(expected.filter(notCircle).sort())
    await app.delete()
  })

  it('says both layers and the way out', async () => {
    const app = await boardWith(broken)
    const { shown } = await oxlint(app.root, 'app/components/wire.tsx')
    expect(shown.map(({ message }) => message)).toEqual([
      'LAYER_WIRE  app/components/wire.tsx:1 (components, 8) imports ~/services/people (services, 4)\nLayers 7 to 9 reach the server only through api (6). Call demoPeople in a query or action under app/api and import that; for types alone write `import type`.',
    ])
    await app.delete()
  })

  it('says nothing of an app that is in order, nor of files outside', async () => {
    const app = await boardWith({ 'scripts/any.ts': `import '../app/routes/index'\nimport 'node:fs'\n` })
    expect(await oxlint(app.root, '.')).toEqual({ code: 0, shown: [] })
    await app.delete()
  })
})

describe('oxlint in the editor', () => {
  let app: AppCopy
  let editor: Editor
  const file = 'app/services/people.ts'

  beforeAll(async () => {
    app = await boardWith({ 'app/services/bridge.ts': 'export const bridge = 1\n' })
    editor = await openLinter(app.root)
  })
  afterAll(async () => {
    await editor?.close()
    await app?.delete()
  })

  const codes = async (text?: string): Promise<string[]> =>
    (await editor.diagnose(file, text)).map(({ line, message }) => `${line} ${message.split(' ')[0]}`)

  it('underlines what is typed before it is saved, and no more once it is mended', async () => {
    const text = await app.read(file)
    expect(await codes()).toEqual([])
    expect(await codes(`\n\nimport { PostDate } from '~/components/PostDate'\n${text}`)).toEqual(['3 LAYER_UPWARD'])
    expect(await codes(text)).toEqual([])
  })

  it('takes in what other files have become', async () => {
    const text = `import { bridge } from '../../lib/bridge'\nexport const over = bridge\n`
    await mkdir(join(app.root, 'lib'))
    await app.write('lib/bridge.ts', 'export const bridge = 1\n')
    expect(await codes(text)).toEqual([])
    await app.write('lib/bridge.ts', `export { PostDate as bridge } from '../app/components/PostDate'\n`)
    await expect.poll(async () => await codes(text), { interval: 700, timeout: 10_000 }).toEqual(['1 LAYER_UPWARD'])
    await app.remove('lib/bridge.ts')
    await app.write('lib/bridge.ts', 'export const bridge = 2\n')
    await expect.poll(async () => await codes(text), { interval: 700, timeout: 10_000 }).toEqual([])
  })
})

describe('ESLint', () => {
  it('shows the rules in files that it can parse, with the recommended configuration', async () => {
    const app = await boardWith({
      'eslint.config.js': `import layer9 from 'layer9/lint'\nexport default [layer9.configs.recommended]\n`,
      'app/services/upward.js': `import { Header } from '~/components/Header'\nexport const upward = Header\n`,
      'app/state/platform.js': `import { hostname } from 'node:os'\nexport const name = hostname()\n`,
      'app/state/fine.js': `import { signal } from 'layer9/state'\nexport const fine = signal(0)\n`,
    })
    const results = await new ESLint({ cwd: app.root }).lintFiles(['app/**/*.js'])
    const shown = results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column, endColumn, message }) => ({
        at: `${filePath.slice(app.root.length + 1)}:${line}:${column}-${endColumn}`,
        ruleId,
        code: message.split(' ')[0],
      })),
    )
    expect(shown).toEqual([
      { at: 'app/services/upward.js:1:24-45', ruleId: 'layer9/layers', code: 'LAYER_UPWARD' },
      { at: 'app/state/platform.js:1:26-35', ruleId: 'layer9/layers', code: 'LAYER_PLATFORM' },
    ])
    await app.delete()
  })
})
