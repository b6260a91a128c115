import { describe, expect, it } from 'vitest'
import { checkRouteExports, readGuardNames } from './build.ts'

const page = 'export default function Page() {}\n'
const check = (source: string, guards?: readonly string[]) => checkRouteExports('posts/[id].tsx', source, guards)
const codes = (source: string, guards?: readonly string[]) => check(source, guards).map(({ code }) => code)

describe('checkRouteExports', () => {
  it.each([
    page,
    'export default async () => <p />',
    'const Page = memo(() => <p />)\nexport default Page',
    'function Page() {}\nexport { Page as default }',
    "export { default } from '~/components/Page'",
    "export { Page as default } from '~/components/Page'",
    "import Page from '~/components/Page'\nexport default Page",
    'export default class Page {}',
  ])('takes for a component: %s', (source) => {
    expect(check(source)).toEqual([])
  })

  it.each([
    '',
    'export function Page() {}',
    'export const loader = () => 1',
    'export default interface Page {}',
    "export * from '~/components/Page'",
    'export default <p />',
    'export default { title: 1 }',
    'const page = `text` as const\nexport default page',
  ])('misses a component in: %s', (source) => {
    expect(check(source)).toMatchObject([{ code: 'ROUTE_COMPONENT_MISSING', data: { file: 'posts/[id].tsx' } }])
  })

  it('leaves what does not parse to the compiler, and reads casts in modules without JSX', () => {
    expect(check('export default function {')).toEqual([])
    expect(checkRouteExports('a.ts', 'export default <Page>(() => 1)', [])).toEqual([])
  })

  it('refuses an access rule that the app does not name, with its place', () => {
    expect(check(`${page}export const access = 'king'`, ['everyone', 'signedIn'])).toMatchObject([
      {
        code: 'ROUTE_ACCESS_UNKNOWN',
        data: { file: 'posts/[id].tsx', access: 'king', known: ['everyone', 'signedIn'] },
        places: [{ file: 'app/routes/posts/[id].tsx', line: 2, column: 23, length: 6 }],
      },
    ])
    expect(codes(`${page}const rule = 'king' as const\nexport { rule as access }`, [])).toEqual([
      'ROUTE_ACCESS_UNKNOWN',
    ])
    expect(codes(`${page}export const access = 'constructor'`, [])).toEqual(['ROUTE_ACCESS_UNKNOWN'])
  })

  it.each([
    ["export const access = 'signedIn'", ['everyone', 'signedIn']],
    ["export const access = 'everyone' satisfies string", []],
    ["export const access = 'king'", undefined],
    ['export const access = rules.king', []],
    ["export { access } from '~/contracts/rules'", []],
    ["export let access = 'king'", []],
    ["const access = 'king'", []],
    ["export type access = 'king'", []],
  ])('says nothing of `%s` where %j is known', (source, known) => {
    expect(check(page + source, known)).toEqual([])
  })

  it('refuses what this version cannot honour', () => {
    const refused = "export const live = true, render = 'build'\nexport function paths() {}"
    expect(check(page + refused).map(({ data }) => (data as { name: string }).name)).toEqual([
      'live',
      'render',
      'paths',
    ])
    expect(codes(page + refused)[0]).toBe('ROUTE_EXPORT_UNSUPPORTED')
    expect(check(`${page}export const live = false, render = 'request', paths = undefined`)).toEqual([])
  })

  it.each(["'tab'", '`tab`', '5', '{ tab: 1 }', "['tab', 5]"])('refuses %s as an identity', (value) => {
    expect(check(`${page}export const identity = ${value}`)).toMatchObject([
      {
        code: 'ROUTE_IDENTITY_INVALID',
        data: { file: 'posts/[id].tsx' },
        places: [{ line: 2, column: 25, length: value.length }],
      },
    ])
  })

  it.each(["['tab']", '[...tabs, tab]', '[]', '() => 1', 'make()', 'undefined'])('takes %s', (value) => {
    expect(check(`${page}export const identity = ${value}`)).toEqual([])
  })

  it.each(["'no'", '`no`', '0', 'null', '{}', '[]', '() => false', 'function () {}'])(
    'refuses %s as a store',
    (value) => {
      expect(check(`${page}export const store = ${value}`)).toMatchObject([
        {
          code: 'ROUTE_STORE_INVALID',
          data: { file: 'posts/[id].tsx' },
          places: [{ line: 2, column: 22, length: value.length }],
        },
      ])
    },
  )

  it.each(['false', 'true', 'undefined', 'isStored', 'make()'])('takes %s as a store', (value) => {
    expect(check(`${page}export const store = ${value}`)).toEqual([])
  })

  it.each([
    ['stroe', 'store'],
    ['identiy', 'identity'],
    ['laoder', 'loader'],
    ['loaders', 'loader'],
    ['loadr', 'loader'],
    ['acces', 'access'],
    ['acccess', 'access'],
    ['heads', 'head'],
    ['haed', 'head'],
  ])('knows that %s is meant to be %s', (name, near) => {
    expect(check(`${page}export const ${name} = make()`)).toMatchObject([
      {
        code: 'ROUTE_EXPORT_MISSPELT',
        data: { file: 'posts/[id].tsx', name, near },
        places: [{ line: 2, column: 14, length: name.length }],
      },
    ])
  })

  it.each(['header', 'Header', 'Head', 'reader', 'leader', 'read', 'load', 'title', 'columns'])(
    'leaves %s as it is',
    (name) => {
      expect(check(`${page}export const ${name} = make()`)).toEqual([])
    },
  )

  it('leaves a name beside the one that it is near to', () => {
    expect(check(`${page}export const head = {}, heads = [head]`)).toEqual([])
  })
})

describe('readGuardNames', () => {
  const imported = "import { guards } from 'layer9/middleware'\n"

  it.each([
    [
      `${imported}export const access = guards({ signedIn, 'moderator': guard(() => {}) })`,
      ['everyone', 'signedIn', 'moderator'],
    ],
    [`${imported}const access = guards({ signedIn })\nexport { access }`, ['everyone', 'signedIn']],
    ["import { guards as make } from 'layer9/middleware'\nexport const access = make({ a })", ['everyone', 'a']],
    ['export default chain()', []],
    ['', []],
  ])('reads %s', (source, names) => {
    expect(readGuardNames(source)).toEqual(names)
  })

  it.each([
    `${imported}export const access = guards({ ...rules })`,
    `${imported}export const access = guards({ [name]: rule })`,
    `${imported}export const access = guards(rules)`,
    "import { guards } from '~/middleware/ours'\nexport const access = guards({ a })",
    "export { access } from '~/middleware/rules'",
    "export * from '~/middleware/rules'",
    'export const access = {',
  ])('cannot tell from %s', (source) => {
    expect(readGuardNames(source)).toBeUndefined()
  })
})
