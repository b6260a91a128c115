import { SourceMap } from 'node:module'
import { describe, expect, it } from 'vitest'
import { integer, schema, text } from '../index.ts'
import { describeModule } from './describe.ts'
import { type Binding, type DescribedFile, rewriteModule } from './rewrite.ts'

const exports = {
  Post: schema({ title: text({ max: 200, label: 'Title' }), likes: integer().default(0) }),
  name: text({ max: 9 }),
}
const origin: DescribedFile = { ...describeModule(exports), file: '/app/contracts/post.ts' }

/** What the names of the module are that is rewritten. */
const bindings = new Map<string, Binding>([
  ['Post', { origin, named: origin.exports['Post']! }],
  ['name', { origin, named: origin.exports['name']! }],
  ['all', { origin, named: origin.exports }],
])
const imports = "import { Post, name } from '~/contracts/post'; import * as all from '~/contracts/post';\n"

/** The code after it; undefined where nothing was changed. */
const rewrite = (code: string): string | undefined => rewriteModule(imports + code, bindings)?.code

const made = (code: string): string | undefined => rewrite(code)?.split('\n').slice(1).join('\n')
const importsOf = (code: string): string[] =>
  rewrite(code)
    ?.match(/\?layer9-contract=[\w$]+/g)
    ?.map((id) => id.slice(17)) ?? []

describe('rewriteModule', () => {
  it.each([
    // What a description says is that value; what it does not say is not there.
    ['f(Post.fields.title.description.max)', 'f((200))'],
    ["f(Post['fields'].title['description'].label?.length)", 'f(("Title")?.length)'],
    ['f(all.Post.fields.likes.description.default)', 'f((0))'],
    ['f(name.description.max, name.description.help)', 'f((9), (void 0))'],
    ['f(Post.fields.title.description)', 'f(Post$title$0)'],
    ['f(Post.fields.title.description.hasOwnProperty("max"))', 'f(Post$title$0.hasOwnProperty("max"))'],
    ['const { max } = Post.fields.title.description', 'const { max } = Post$title$0'],
    // What validates.
    ["Post.fields.title['~standard'].validate(v)", 'Post$title$$(v)'],
    ["all.Post['~standard'].validate(v)", 'Post$$(v)'],
    // Fields and contracts as such.
    ['f(Post.fields.title)', 'f(Post$title$)'],
    ['f(Post.fields.title.optional())', 'f(Post$title$.optional())'],
    [
      'const { title, likes: l } = Post.fields',
      'const { title, likes: l } = ({ title: Post$title$, likes: Post$likes$ })',
    ],
    ['f(Post, name)', 'f(Post$, name$)'],
    ['f({ Post })', 'f({ Post: Post$ })'],
    ['f(Post.fields[key])', 'f(Post$.fields[key])'],
    ['const { [key]: one, ...rest } = Post.fields', 'const { [key]: one, ...rest } = Post$.fields'],
    ['f(Post.fields.none, Post.fields.constructor)', 'f(Post$.fields.none, Post$.fields.constructor)'],
    ['f(Post?.fields.title)', 'f(Post$?.fields.title)'],
  ])('makes of %s', (code, expected) => {
    expect(made(code)).toBe(expected)
  })

  it('imports each part that is named, and no other', () => {
    expect(importsOf('f(Post.fields.title.description.max, Post.fields.title.description)')).toEqual([])
    expect(importsOf("f(Post.fields.title, Post['~standard'].validate, Post.fields.title)")).toEqual([
      'Post$title$',
      'Post$$',
    ])
  })

  it('gives validate() what it looks at', () => {
    const code = `import { validate } from 'layer9/contracts'\nvalidate(Post, v); other(Post, validate(name, v))`
    expect(made(code)?.split('\n')[1]).toBe(
      'validate(({ "~standard": { validate: Post$$ } }), v); other(Post$, validate(({ "~standard": { validate: name$$ } }), v))',
    )
    expect(made('const validate = (a) => a; validate(Post)')).toBe('const validate = (a) => a; validate(Post$)')
  })

  it.each([
    // The same name for something else: nobody finds out which is meant.
    'function f(Post) { return Post.fields.title.description.max }',
    'for (const { Post } of list) f(Post.fields)',
    'try {} catch (Post) { f(Post.fields.title) }',
    'class Post {}',
    // No value of that name.
    'f({ Post: 1, name() {} }, x.Post.fields.title)',
    'Post.fields.title = 1; delete Post.fields.title.description; Post.fields.title.description.max++',
    "export { Post } from './other'",
  ])('leaves %s as it is', (code) => {
    expect(rewrite(code)).toBeUndefined()
  })

  it('makes the contracts of a module of their parts, and marks what else it does as pure', () => {
    const own = `const line = (max) => text({ max });
const shared = { title: line(200) };
export const Post = schema({ ...shared, likes: integer().default(0) }), topics = ['a', 'b'], first = topics[0];
const own = line(9);
export { own as name };
export const most = Post.fields.title.description.max;
export let later = shared.title;
export default shared.title;`
    expect(rewriteModule(own, new Map(), origin)?.code.split('\n')).toEqual([
      'import { Post$ } from "/app/contracts/post.ts?layer9-contract=Post$";import { name$ } from "/app/contracts/post.ts?layer9-contract=name$";const line = (max) => text({ max });',
      'const shared = /*#__PURE__*/ (() => ({ title: line(200) }))();',
      "export const Post = Post$, topics = ['a', 'b'], first = /*#__PURE__*/ (() => (topics[0]))();",
      'const own = name$;',
      'export { own as name };',
      'export const most = /*#__PURE__*/ (() => ((200)))();',
      'export let later = /*#__PURE__*/ (() => (shared.title))();',
      'export default /*#__PURE__*/ (() => (shared.title))();',
    ])
  })

  it('has a map that leads back to what was written', () => {
    const made = rewriteModule(`${imports}use(name.description.max, here)`, bindings)!
    const line = made.code.split('\n')[1]!
    const entry = new SourceMap(made.map as never).findEntry(1, line.indexOf('here'))
    expect(entry).toMatchObject({ originalLine: 1, originalColumn: 'use(name.description.max, '.length })
  })
})
