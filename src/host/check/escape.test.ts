import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { checkLayers } from './checker.ts'
import {
  casesOf,
  entryCases,
  forms,
  type ImportCase,
  layers,
  projectFiles,
  projectLinks,
  ways,
} from './testing/cases.fixture.ts'
import { tree } from './testing/tree.fixture.ts'

// Thousands of files on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/**
 * What an import of a column's layer from a row's layer comes to, by hand: `.` nothing, `U` LAYER_UPWARD, `W` LAYER_WIRE
 * unless only types are taken, `F` LAYER_WIRE only where the file itself is taken and not what it exports.
 */
const table = `
            1 2 3 4 5 6 7 8 9
contracts   . U U U U U U U U
platform    . . U U U U U U U
data        . . . U U U U U U
services    . . . . U U U U U
middleware  . . . . . U U U U
api         . . . . . . U U U
state       . W W W W F . U U
components  . W W W W F . . U
routes      . W W W W F . . .
`

const rows = new Map(
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/))
    .map(([layer = '', ...cells]) => [layer, cells]),
)

function expectedOf({ from, to, takes }: ImportCase): string | undefined {
  const cell = rows.get(from)?.[layers.indexOf(to)]
  if (cell === 'U') return 'LAYER_UPWARD'
  if (cell === 'W') return takes === 'type' ? undefined : 'LAYER_WIRE'
  return cell === 'F' && takes === 'file' ? 'LAYER_WIRE' : undefined
}

const pairs = layers.flatMap((from) => layers.map((to): [from: string, to: string] => [from, to]))

/** Checks a project with a file for each case, and holds every answer against the table. */
async function expectTable(cases: readonly ImportCase[]): Promise<void> {
  const root = tree({ ...projectFiles(), ...Object.fromEntries(cases.map(({ path, text }) => [path, text])) })
  for (const [path, target] of projectLinks()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    symlinkSync(target, join(root, path))
  }
  const { violations } = await checkLayers({ root })
  const said = new Map<string, string[]>()
  for (const { file, code } of violations) said.set(file, [...(said.get(file) ?? []), code])
  const wrong = cases.flatMap((one) => {
    const expected = expectedOf(one)
    const codes = said.get(one.path) ?? []
    said.delete(one.path)
    const right = expected === undefined ? codes.length === 0 : codes.length === 1 && codes[0] === expected
    return right ? [] : [`${one.path} ${one.text}: ${codes.join() || 'nothing'}, not ${expected ?? 'nothing'}`]
  })
  expect(wrong).toEqual([])
  // Nor is anything said of a file that no case is about.
  expect([...said]).toEqual([])
}

describe('every pair of layers', () => {
  // Each pair begins at another way, so that every form meets every way with legal and with illegal pairs.
  const cases = pairs.flatMap(([from, to], index) => casesOf(from, to, index))

  it(`is judged as the table says, in every form of import: ${cases.length} cases`, async () => {
    expect(cases.length).toBeGreaterThan(2000)
    await expectTable(cases)
  })

  it('is judged by the same table where it is an entry of the framework', async () => {
    await expectTable(pairs.flatMap(([from, to]) => entryCases(from, to)))
  })
})

describe('ways to name a file', () => {
  it.each([
    ['services', 'routes'],
    ['components', 'data'],
    ['routes', 'api'],
    ['middleware', 'contracts'],
  ])('all lead from %s to %s, in every form', async (from, to) => {
    const cases = casesOf(from, to)
    expect(cases.length).toBeGreaterThan(forms.length * (ways.length - 1))
    await expectTable(cases)
  })
})

/** The codes of what is said of one file of an app that has a service. */
async function codesOf(path: string, text: string): Promise<string[]> {
  const secret = 'export const secret = 1\nexport type Secret = 1\n'
  const { violations } = await checkLayers({ root: tree({ 'app/services/secret.ts': secret, [path]: text }) })
  return violations.map(({ code }) => code)
}

describe('a target that cannot be known', () => {
  it.each([
    'export const load = (name: string) => import(name)',
    `export const load = (name: string) => import(\`../services/\${name}\`)`,
    `export const load = (late: boolean) => import(late ? '../state/a' : '../services/secret')`,
    `export const load = () => import('../services/' + 'secret')`,
    'export const load = (name: string) => import(/* @vite-ignore */ name)',
    `const load = require\nload('../services/secret')`,
    `const load = (require as any)\nload('../services/secret')`,
    `import { createRequire as make } from 'layer9/contracts'\nmake('/')('../services/secret')`,
    `const load = createRequire!(import.meta.url)\nload('../services/secret')`,
    'export const load = (name: string) => (require as any)(name)',
    'export const load = (name: string) => new URL(name, import.meta.url)',
    'export const load = (pattern: string) => import.meta.glob(pattern)',
    `export const load = (base: string) => import.meta.glob('./*.ts', { base })`,
    `export const load = (options: object) => import.meta.glob('./*.ts', { ...options })`,
  ])('is an error: %s', async (text) => {
    expect(await codesOf('app/components/a.ts', text)).toContain('LAYER_COMPUTED_IMPORT')
  })
})

describe('words around an import', () => {
  it.each([
    `(import.meta as any).glob('../services/*.ts')`,
    `(<any>import.meta).glob('../services/*.ts')`,
    `import.meta!.glob('../services/*.ts')`,
    `import.meta?.glob('../services/*.ts')`,
    `import.meta['glob']('../services/*.ts')`,
    `import.meta.glob<unknown>('../services/*.ts')`,
    `(import.meta satisfies object).glob('../services/*.ts')`,
    `(require as any)('../services/secret')`,
    `require!('../services/secret')`,
    `(0, require)('../services/secret')`,
    `require?.('../services/secret')`,
    `module['require']('../services/secret')`,
    `(module as any).require('../services/secret')`,
    `require['resolve']('../services/secret')`,
    `new (URL as any)('../services/secret.ts', (import.meta as any).url)`,
    `new URL('../services/secret.ts', import.meta['url'])`,
    `new window.Worker('../services/secret.ts')`,
    `vi['mock']('../services/secret')`,
    `import(<string>'../services/secret')`,
    `import((('../services/secret' as const)!))`,
    String.raw`import('..\x2fservices\u{2f}secret')`,
    String.raw`r\u0065quire('../services/secret')`,
  ])('change nothing: %s', async (text) => {
    expect(await codesOf('app/components/a.ts', `export const a = () => ${text}\n`)).toEqual(['LAYER_WIRE'])
  })
})

describe('no alarm', () => {
  it.each([
    ['a string', `export const a = "import '../services/secret'"`],
    ['a template', `export const a = \`import("../services/secret") \${1} require("../services/secret")\``],
    ['a comment', `// import '../services/secret'\n/* require('../services/secret') */\nexport const a = 1`],
    ['JSDoc in TypeScript', `/** @type {import('../services/secret').Secret} */\nexport const a = 1`],
    ['a regular expression', String.raw`export const a = /import\('\.\.\/services\/secret'\)/`],
    ['a data module', `export const a = import('data:text/javascript,export default "../services/secret"')`],
    ['text of JSX', `export const a = <p>import '../services/secret' and require("../services/secret")</p>`],
    ['an attribute of JSX', `export const a = <p title="import('../services/secret')" />`],
    ['a method of that name', `export const a = { require: (_: string) => 1 }\na.require('../services/secret')`],
    ['a directive in a string', `export const a = '/// <reference path="../services/secret.ts" />'`],
    ['an address of the network', `export const a = import('https://example.com/services/secret.js')`],
    ['types alone', `import type { Secret } from '../services/secret'\nexport let a: Secret`],
  ])('is raised by %s', async (_, text) => {
    expect(await codesOf('app/components/a.tsx', text)).toEqual([])
  })

  it.each([
    ['a comment', `/* @import '../services/a.css'; */`],
    ['a string', `a { content: "url(../services/a.css)" }`],
    ['a data URL', `a { background: url(data:image/svg+xml;base64,aaaa) }`],
    ['a fragment', 'a { filter: url(#blur); clip-path: url("#services") }'],
    ['an address of the network', '@import url(https://example.com/a.css);'],
  ])('is raised in a style sheet by %s', async (_, text) => {
    expect(await codesOf('app/components/a.css', text)).toEqual([])
  })

  it('is raised by a test, which belongs to no layer', async () => {
    const text = `import { secret } from '../services/secret'\nvi.mock('../routes/page')\nimport 'node:fs'\nsecret`
    expect(await codesOf('app/components/a.test.tsx', text)).toEqual([])
    expect(await codesOf('app/contracts/a.test-d.ts', text)).toEqual([])
  })
})

describe('a comment', () => {
  it.each([
    '// layer9-ignore',
    '// layer9-disable-next-line LAYER_WIRE',
    '/* eslint-disable */',
    '// eslint-disable-next-line layer9/layers',
    '/* oxlint-disable */',
    '// biome-ignore lint: no',
    '// @ts-ignore',
    '// @ts-expect-error',
    '// @ts-nocheck',
    '/* c8 ignore next */',
    '/* v8 ignore start */',
    '// prettier-ignore',
    '/* @vite-ignore */',
    '/* webpackIgnore: true */',
    '// noinspection ALL',
    '"use server"',
    '"use client"',
  ])('switches no rule off: %s', async (comment) => {
    const text = `${comment}\nimport { secret } from '../services/secret'\nexport const a = () => import(${comment.startsWith('/*') ? comment : ''}'../services/secret')\nsecret`
    expect(await codesOf('app/components/a.ts', text)).toEqual(['LAYER_WIRE', 'LAYER_WIRE'])
  })
})
