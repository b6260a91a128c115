import { describe, expect, it } from 'vitest'
import { Layer9Error } from '../1-contracts/index.ts'
import { expand, isRouteFile, layoutId, readTree, shapes } from './tree.ts'

/** Runs and gives back the framework's error, so that tests can look at its code and data. */
function failure(run: () => unknown): Layer9Error {
  try {
    run()
  } catch (error) {
    if (error instanceof Layer9Error) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const ids = (...files: string[]) => readTree(files).pages.map((page) => page.id)

describe('readTree', () => {
  it('gives each file its pattern', () => {
    expect(
      ids('index.tsx', 'about.tsx', 'posts/index.tsx', 'posts/[id].tsx', 'docs/[...path].tsx', '[[lang]]/hi.jsx'),
    ).toEqual(['/[[lang]]/hi', '/about', '/docs/[...path]', '/', '/posts/[id]', '/posts'])
  })

  it('leaves groups out of the URL and keeps their files', () => {
    const tree = readTree(['(shop)/cart.tsx', '(shop)/layout.tsx', 'layout.tsx'])
    expect(tree.pages[0]).toMatchObject({ id: '/cart', file: '(shop)/cart.tsx' })
    expect(tree.pages[0]?.folder).toMatchObject({ path: '(shop)', group: true, layout: '(shop)/layout.tsx' })
    expect(tree.pages[0]?.folder.parent).toMatchObject({ path: '', layout: 'layout.tsx' })
  })

  it('finds the special files of a folder', () => {
    const tree = readTree(['posts/layout.tsx', 'posts/error.tsx', 'posts/not-found.tsx', 'posts/[id]/index.tsx'])
    const posts = tree.folders.find((folder) => folder.path === 'posts')
    expect(posts).toMatchObject({
      layout: 'posts/layout.tsx',
      error: 'posts/error.tsx',
      notFound: 'posts/not-found.tsx',
    })
    expect(tree.pages.map((page) => page.id)).toEqual(['/posts/[id]'])
  })

  it('skips tests, declarations and files that are no modules', () => {
    expect(ids('index.tsx', 'index.test.tsx', 'types.d.ts', 'style.css', 'a.browser.test.ts')).toEqual(['/'])
    expect(isRouteFile('posts/[id].tsx')).toBe(true)
    expect(isRouteFile('posts/photo.png')).toBe(false)
  })

  it('keeps dots and letters of any script in static parts, in the form that URLs carry', () => {
    const tree = readTree(['feed.xml.ts', 'über.tsx', '.well-known/security.tsx'])
    expect(tree.pages.map((page) => page.segments.map((segment) => segment.name).join('/'))).toEqual([
      '.well-known/security',
      'feed.xml',
      '%C3%BCber',
    ])
    expect(tree.pages[2]?.id).toBe('/über')
  })

  it.each([
    [['about.tsx', 'about/index.tsx'], '/about'],
    [['(a)/x.tsx', '(b)/x.tsx'], '/x'],
    [['[id].tsx', '[slug].tsx'], '/[slug]'],
    [['[[lang]]/about.tsx', 'about.tsx'], '/about'],
    [['[[lang]]/index.tsx', 'index.tsx'], '/'],
    [['[...a].tsx', '(g)/[...b].tsx'], '/[...a]'],
    [['index.tsx', 'index.jsx'], '/'],
  ])('refuses two files for one URL: %j', (files, url) => {
    const error = failure(() => readTree(files))
    expect(error).toMatchObject({ code: 'ROUTE_CONFLICT', data: { url } })
    expect([...(error.data as { files: string[] }).files].sort()).toEqual([...files].sort())
  })

  it('refuses two layouts of one folder', () => {
    expect(failure(() => readTree(['layout.tsx', 'layout.jsx']))).toMatchObject({ code: 'ROUTE_CONFLICT' })
  })

  it.each([
    'a b.tsx',
    'post-[id].tsx',
    '[].tsx',
    '[1a].tsx',
    '[__proto__].tsx',
    '[[...x]].tsx',
    '(group).tsx',
    'a%2f.tsx',
  ])('refuses the name %s', (file) => {
    expect(failure(() => readTree([file]))).toMatchObject({ code: 'ROUTE_NAME_INVALID', data: { file } })
  })

  it('refuses what cannot be matched', () => {
    expect(failure(() => readTree(['[...all]/more.tsx']))).toMatchObject({
      code: 'ROUTE_REST_NOT_LAST',
      data: { part: '[...all]' },
    })
    expect(failure(() => readTree(['[id]/[id].tsx']))).toMatchObject({
      code: 'ROUTE_PARAM_TWICE',
      data: { name: 'id' },
    })
    expect(failure(() => readTree(['_layer9/x.tsx']))).toMatchObject({ code: 'ROUTE_RESERVED' })
  })
})

describe('shapes', () => {
  it('names every path a route answers', () => {
    const of = (file: string) => shapes(readTree([file]).pages[0]?.segments ?? [])
    expect(of('[[lang]]/posts/[id].tsx')).toEqual(['/posts/[]', '/[]/posts/[]'])
    expect(of('files/[...path].tsx')).toEqual(['/files/[...]'])
    expect(of('index.tsx')).toEqual(['/'])
  })
})

describe('expand', () => {
  it('leaves each optional part out and in', () => {
    const optional = (name: string) => ({ kind: 'optional', name }) as const
    expect(expand([optional('a'), optional('b')]).map((way) => way.map((part) => part.name).join(''))).toEqual([
      '',
      'a',
      'b',
      'ab',
    ])
  })
})

describe('layoutId', () => {
  it('keeps the path of the file', () => {
    expect(layoutId('layout.tsx')).toBe('/layout')
    expect(layoutId('(shop)/posts/layout.tsx')).toBe('/(shop)/posts/layout')
  })
})
