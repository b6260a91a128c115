import { describe, expect, it } from 'vitest'
import type { Reference } from './reference.ts'
import { isScanned, scanFile, scanFileAsync } from './scan.ts'

/** What a file refers to, and the text that each reference underlines. */
function scanned(text: string, path = 'file.ts'): (Partial<Reference> & { underlined: string })[] {
  return scanFile(path, text).references.map(({ start, end, ...rest }) => ({
    ...rest,
    underlined: text.slice(start, end),
  }))
}

describe('scanFile', () => {
  it('gives the names that an import takes, as their module calls them', () => {
    expect(scanned(`import one, { two as three, type Four } from './a'`)).toEqual([
      { form: 'import', specifier: './a', typeOnly: false, names: ['one', 'two', 'Four'], underlined: `'./a'` },
    ])
    expect(scanned(`import * as all from './a'`)[0]?.names).toEqual(['all'])
    expect(scanned(`export { one as two } from './a'`)[0]?.names).toEqual(['one'])
    expect(scanned(`export * from './a'`)[0]?.names).toEqual([])
  })

  it.each([
    [`import type { A } from './a'`, true],
    [`import type A from './a'`, true],
    [`import type * as a from './a'`, true],
    [`import type {} from './a'`, true],
    [`import /* why */ type /* not */ { A } from './a'`, true],
    [`export type { A } from './a'`, true],
    [`export type * from './a'`, true],
    [`import type from './a'`, false],
    [`import type, { B } from './a'`, false],
    [`import { type A } from './a'`, false],
    [`import { type A, b } from './a'`, false],
    [`export { type A } from './a'`, false],
    [`import './a'`, false],
    [`import {} from './a'`, false],
  ])('knows whether the compiler erases %s', (text, typeOnly) => {
    expect(scanned(text)).toMatchObject([{ specifier: './a', typeOnly }])
  })

  it('notes an import that only inline types keep alive', () => {
    expect(scanned(`import { type A } from './a'`)[0]?.inlineType).toBe(true)
    expect(scanned(`import { type A, b } from './a'`)[0]?.inlineType).toBeUndefined()
  })

  it('counts an imported name that is exported again once', () => {
    expect(scanned(`import { a } from './a'\nexport { a }`)).toHaveLength(1)
    expect(scanned(`export { a }\nimport { a } from './a'`)).toHaveLength(1)
  })

  it('measures places in UTF-16 code units', () => {
    expect(scanned(`const smile = '😀 é 漢'; import('./ä')`)[0]?.underlined).toBe(`'./ä'`)
    expect(scanned(`/* 😀 */ import './a'`)[0]?.underlined).toBe(`'./a'`)
  })

  it.each([
    ['const a = require("./a")', 'require', './a'],
    ['module.require("./a")', 'require', './a'],
    ['require.resolve("./a")', 'require', './a'],
    ['process.getBuiltinModule("fs")', 'builtin', 'fs'],
    ['new URL("./a", import.meta.url)', 'url', './a'],
    ['import.meta.resolve("./a")', 'url', './a'],
    ['new SharedWorker("./a")', 'worker', './a'],
    ['import(("./a") as string)', 'dynamic', './a'],
    ['let a: import("./a").B.C', 'type', './a'],
    ['vi.importActual("./a")', 'mock', './a'],
    ['import.meta.glob("./a")', 'glob', './a'],
    ['export {} from "./a"', 'export', './a'],
    ['export /* nothing */ { /* at all */ } from "./a"', 'export', './a'],
    ['new globalThis.URL("./a", import.meta.url)', 'url', './a'],
    ['/// <reference types="./a" />', 'directive', './a'],
  ])('finds %s', (text, form, specifier) => {
    expect(scanned(text)).toMatchObject([{ form, specifier }])
  })

  it.each([
    'import(name)',
    'require(name)',
    'import.meta.glob(pattern)',
    'import.meta.glob(["./a", pattern])',
    'const load = require',
    'const make = createRequire',
    'import { createRequire as make } from "node:module"',
    'const { createRequire: make } = module',
    'load = require',
    'new URL(name, import.meta.url)',
    `new URL(\`\${name}/a\`, import.meta.url)`,
  ])('knows that the target of %s cannot be known', (text) => {
    expect(scanned(text).some(({ specifier }) => specifier === null)).toBe(true)
  })

  it.each([
    'new URL("./a", location.href)',
    'new URL(path)',
    'import.meta.env.MODE',
    'new Worker(url)',
    'object.require("./a")',
    'declare module "*.svg" {}',
    'import.meta.resolve(name)',
    '"import(\'./a\')"',
  ])('finds nothing in %s', (text) => {
    expect(scanned(text)).toEqual([])
  })

  it('takes the base of a glob into its patterns', () => {
    const [found] = scanned(`import.meta.glob(['./*.md', '!./x.md', '/app/*.md'], { base: '../posts' })`)
    expect(found?.patterns).toEqual(['../posts/*.md', '!../posts/x.md', '/app/*.md'])
  })

  it('marks what a package asks for in a try', () => {
    expect(scanned('try { require("fs") } catch {}', 'a.cjs')[0]?.guarded).toBe(true)
    expect(scanned('require("fs")', 'a.cjs')[0]?.guarded).toBeUndefined()
  })

  it('reads types in comments of JavaScript alone', () => {
    const text = `/** @type {import('./a').B} */\nexport const b = 1`
    expect(scanned(text, 'a.js')).toMatchObject([{ form: 'jsdoc', specifier: './a', typeOnly: true, names: ['B'] }])
    expect(scanned(text, 'a.ts')).toEqual([])
  })

  it('reads JSX in .js files', () => {
    expect(scanFile('a.js', 'export default <b>{import("./a")}</b>').fault).toBeUndefined()
  })

  it.each(['a.cjs', 'a.js', 'a.cts'])('reads CommonJS in %s, `return` outside of functions included', (path) => {
    const { references, fault } = scanFile(path, 'if (require("./a")) return\nmodule.exports = 1')
    expect(fault).toBeUndefined()
    expect(references).toMatchObject([{ form: 'require', specifier: './a' }])
  })

  it('says where a file is broken, and still gives what it could read', () => {
    const { fault } = scanFile('a.ts', 'const = 1')
    expect(fault).toMatchObject({ start: 6 })
  })

  it('finds the same on the threads of the parser', async () => {
    const text = `import { a } from './a'\nexport const load = () => import('./b')`
    expect(await scanFileAsync('a.ts', text)).toEqual(scanFile('a.ts', text))
  })
})

describe('scanFile of a style sheet', () => {
  const specifiers = (text: string, path = 'a.css') => scanned(text, path).map(({ specifier }) => specifier)

  it('finds imports, composed files and addresses', () => {
    expect(specifiers(`@import "a.css" layer(x); @import url(b.css); @IMPORT url("c.css") screen;`)).toEqual([
      'a.css',
      'b.css',
      'c.css',
    ])
    expect(specifiers(`.a { composes: b c from "./d.css"; background: url( e.png ) }`)).toEqual(['./d.css', 'e.png'])
    expect(specifiers(`@font-face { src: url('f.woff2') format("woff2"), local("Name") }`)).toEqual(['f.woff2'])
  })

  it('passes over what only looks like one', () => {
    expect(specifiers(`/* @import "a.css" */ .a { content: "url(b.png)" } .b { composes: c from global }`)).toEqual([])
    expect(specifiers(`.a { background: url(data:image/png;base64,xx) } @import "https://example.com/a.css";`)).toEqual(
      [],
    )
    expect(specifiers(`.a { filter: url(#blur); --from: "x"; grid-area: "b" }`)).toEqual([])
  })

  it('knows that a double slash is a comment for preprocessors alone', () => {
    expect(specifiers(`// @use "a"\n@use "b";`, 'a.scss')).toEqual(['b'])
    expect(specifiers(`.a { x: //; background: url(b.png) }`)).toEqual(['b.png'])
  })

  it('undoes escapes', () => {
    expect(specifiers(`@import "\\2e/a.css"; @import "b\\.css";`)).toEqual(['./a.css', 'b.css'])
  })
})

describe('isScanned', () => {
  it('holds for code and style sheets', () => {
    const scannedFiles = [
      'a.ts',
      'a.tsx',
      'a.mts',
      'a.cts',
      'a.js',
      'a.jsx',
      'a.mjs',
      'a.cjs',
      'a.css',
      'a.scss',
      'a.less',
    ]
    expect(scannedFiles.every(isScanned)).toBe(true)
    expect(['a.json', 'a.svg', 'a.md', 'ts', 'a.ts.map'].some(isScanned)).toBe(false)
  })
})
