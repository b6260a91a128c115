// The cases of escape.test.ts: forms of import, ways to name a file, and one project that has a file for each pair of
// them. Nothing here asks the checker: what it ought to say stands in the test.

/** The nine, lowest first. */
export const layers: readonly string[] =
  'contracts platform data services middleware api state components routes'.split(' ')

/** What a form takes of its target: values, types (which are erased), or the file as it lies there. */
export type Taken = 'value' | 'type' | 'file'

/** How a file names another one. */
interface Form {
  readonly name: string
  /** Of the file that imports. */
  readonly extension: string
  readonly takes: Taken
  /** What is imported: a module, or a style sheet. */
  readonly target?: 'css'
  /** The target is named with its extension. */
  readonly whole?: true
  /** The form knows paths alone, no names of packages and no aliases. */
  readonly paths?: true
  /** There a `#` points into the document. */
  readonly fragments?: true
  write(target: string): string
}

/** Every form in which one file can name another. */
export const forms: readonly Form[] = [
  { name: 'import', extension: 'ts', takes: 'value', write: (to) => `import { value } from '${to}'` },
  { name: 'default', extension: 'mts', takes: 'value', write: (to) => `import value from '${to}'` },
  { name: 'namespace', extension: 'tsx', takes: 'value', write: (to) => `import * as all from '${to}'` },
  { name: 'side-effect', extension: 'js', takes: 'value', write: (to) => `import '${to}'` },
  { name: 'inline-type', extension: 'ts', takes: 'value', write: (to) => `import { type Value } from '${to}'` },
  { name: 'export', extension: 'ts', takes: 'value', write: (to) => `export { value as again } from '${to}'` },
  { name: 'export-all', extension: 'jsx', takes: 'value', write: (to) => `export * from '${to}'` },
  { name: 'export-none', extension: 'ts', takes: 'value', write: (to) => `export {} from '${to}'` },
  { name: 'dynamic', extension: 'tsx', takes: 'value', write: (to) => `export const load = () => import('${to}')` },
  { name: 'dynamic-template', extension: 'mjs', takes: 'value', write: (to) => `export default import(\`${to}\`)` },
  { name: 'glob', extension: 'ts', takes: 'value', whole: true, paths: true, write: writeGlob },
  { name: 'require', extension: 'cts', takes: 'value', write: (to) => `const { value } = require('${to}')` },
  { name: 'import-equals', extension: 'cts', takes: 'value', write: (to) => `import value = require('${to}')` },
  { name: 'created', extension: 'mts', takes: 'value', write: (to) => `createRequire(import.meta.url)('${to}')` },
  { name: 'mock', extension: 'ts', takes: 'value', write: (to) => `vi.mock('${to}')` },
  { name: 'raw', extension: 'ts', takes: 'file', whole: true, write: (to) => `import text from '${to}?raw'` },
  { name: 'url', extension: 'ts', takes: 'file', whole: true, write: (to) => `new URL('${to}', import.meta.url)` },
  { name: 'worker', extension: 'ts', takes: 'file', whole: true, write: (to) => `new Worker(${urlOf(to)})` },
  {
    name: 'shared-worker',
    extension: 'ts',
    takes: 'file',
    whole: true,
    write: (to) => `new SharedWorker(${urlOf(to)})`,
  },
  { name: 'css-import', extension: 'css', takes: 'value', ...sheet(), write: (to) => `@import '${to}';` },
  {
    name: 'css-url',
    extension: 'css',
    takes: 'value',
    ...sheet(),
    fragments: true,
    write: (to) => `a { background: url(${to}) }`,
  },
  {
    name: 'composes',
    extension: 'module.css',
    takes: 'value',
    ...sheet(),
    write: (to) => `.a { composes: b from '${to}' }`,
  },
  { name: 'type', extension: 'ts', takes: 'type', write: (to) => `import type { Value } from '${to}'` },
  { name: 'export-type', extension: 'ts', takes: 'type', write: (to) => `export type { Value } from '${to}'` },
  { name: 'import-type', extension: 'cts', takes: 'type', write: (to) => `let value: import('${to}').Value` },
  { name: 'typeof', extension: 'ts', takes: 'type', write: (to) => `let value: typeof import('${to}')` },
  { name: 'directive', extension: 'ts', takes: 'type', whole: true, paths: true, write: writeDirective },
  { name: 'jsdoc', extension: 'js', takes: 'type', write: (to) => `/** @type {import('${to}').Value} */\nlet value` },
  { name: 'jsdoc-tag', extension: 'jsx', takes: 'type', write: (to) => `/** @import { Value } from '${to}' */` },
  { name: 'augmentation', extension: 'ts', takes: 'type', write: (to) => `declare module '${to}' {}\nexport {}` },
]

function sheet(): { target: 'css'; whole: true } {
  return { target: 'css', whole: true }
}

function writeGlob(to: string): string {
  return `export const all = import.meta.glob('${to}', { eager: true })`
}

function writeDirective(to: string): string {
  return `/// <reference path="${to}" />`
}

function urlOf(to: string): string {
  return `new URL('${to}', import.meta.url), { type: 'module' }`
}

/** How the target is called. */
interface Way {
  readonly name: string
  /** A path, not a name that only a resolver knows. */
  readonly path: boolean
  /** It is reached through a file of no layer, which imports it by value. */
  readonly through?: true
  /** `file` has no extension where the form needs none. */
  spell(layer: string, file: string): string
}

/** Every way to name a file of another layer, from a file right below a layer's folder. */
export const ways: readonly Way[] = [
  { name: 'alias', path: false, spell: (layer, file) => `~/${layer}/${file}` },
  { name: 'relative', path: true, spell: (layer, file) => `../${layer}/${file}` },
  { name: 'leaving', path: true, spell: (layer, file) => `../../app/components/.././${layer}/${file}` },
  { name: 'linked-file', path: true, spell: (layer, file) => `./links/${layer}-${file}` },
  { name: 'linked-folder', path: true, spell: (layer, file) => `./links/${layer}/${file}` },
  { name: 'barrel', path: true, through: true, spell: (layer, file) => `../../lib/${layer}/${file}` },
  { name: 'imports', path: false, spell: (layer, file) => `#${layer}/${file}` },
  { name: 'paths', path: false, spell: (layer, file) => `@${layer}/${file}` },
  { name: 'itself', path: false, spell: (layer, file) => `nine/${layer}/${file}` },
]

/** One file that imports one other. */
export interface ImportCase {
  readonly path: string
  readonly text: string
  readonly from: string
  readonly to: string
  readonly takes: Taken
}

/** `from` and `to` are layers; each form is written in each way that it knows, or in one of them. */
export function casesOf(from: string, to: string, choose?: number): ImportCase[] {
  return forms.flatMap((form, index) => {
    const known = ways.filter((way) => (way.path || !form.paths) && !(form.fragments && way.name === 'imports'))
    const chosen = choose === undefined ? known : [known[(choose + index) % known.length]!]
    return chosen.map((way) => caseOf({ from, to, form, way }))
  })
}

function caseOf({ from, to, form, way }: { from: string; to: string; form: Form; way: Way }): ImportCase {
  const extension = form.target ?? 'ts'
  const file = form.whole ? `target.${extension}` : 'target'
  const path = `app/${from}/${form.name}-${way.name}-${to}.${form.extension}`
  // Through a barrel no file is taken but the barrel's own: what it imports, it imports by value.
  const takes = way.through && form.takes === 'file' ? 'value' : form.takes
  return { path, text: form.write(way.spell(to, file)), from, to, takes }
}

/** The entries of the framework, which have layers too. */
export function entryCases(from: string, to: string): ImportCase[] {
  const some = forms.filter(({ name }) =>
    ['import', 'dynamic', 'require', 'export-all', 'type', 'typeof'].includes(name),
  )
  return some.map(({ name, extension, takes, write }) => {
    return { path: `app/${from}/${name}-entry-${to}.${extension}`, text: write(`layer9/${to}`), from, to, takes }
  })
}

/** What all cases share: the targets, the barrels, the names of the resolver. */
export function projectFiles(): Record<string, string> {
  const names = (prefix: string, star: string) =>
    Object.fromEntries(layers.map((layer) => [`${prefix}${layer}/*`, star.replace('LAYER', layer)]))
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'nine',
      type: 'module',
      imports: names('#', './app/LAYER/*'),
      exports: names('./', './app/LAYER/*'),
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { paths: Object.fromEntries(layers.map((layer) => [`@${layer}/*`, [`./app/${layer}/*`]])) },
    }),
  }
  for (const layer of layers) {
    files[`app/${layer}/target.ts`] = 'export const value = 1\nexport default value\nexport type Value = number\n'
    files[`app/${layer}/target.css`] = '.b { color: red }\n'
    files[`lib/${layer}/target.ts`] = `export * from '../../app/${layer}/target'\nexport { default } from './inner'\n`
    files[`lib/${layer}/inner.ts`] = `export { default } from '../../app/${layer}/target'\n`
    files[`lib/${layer}/target.css`] = `@import '../../app/${layer}/target.css';\n`
  }
  return files
}

/** Links by path, with what they lead to, relative. */
export function projectLinks(): [path: string, target: string][] {
  return layers.flatMap((from) =>
    layers.flatMap((to): [string, string][] => [
      [`app/${from}/links/${to}-target.ts`, `../../${to}/target.ts`],
      [`app/${from}/links/${to}-target.css`, `../../${to}/target.css`],
      [`app/${from}/links/${to}`, `../../${to}`],
    ]),
  )
}
