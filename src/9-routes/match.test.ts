import { describe, expect, it } from 'vitest'
import { eachCase, type Random } from '../../tests/harness/random.ts'
import { createMatcher, type Params } from './match.ts'
import { expand, type Page, readTree, type Segment } from './tree.ts'

const matcher = (...files: string[]) =>
  createMatcher(readTree(files).pages.map((page) => ({ segments: page.segments, value: page.id })))

describe('createMatcher', () => {
  const match = matcher(
    'index.tsx',
    'about.tsx',
    'posts/new.tsx',
    'posts/[id].tsx',
    'posts/[id]/edit.tsx',
    'files/[...path].tsx',
    '[[lang]]/help.tsx',
  )

  it.each([
    ['/', '/', {}],
    ['/about', '/about', {}],
    ['/posts/new', '/posts/new', {}],
    ['/posts/7', '/posts/[id]', { id: '7' }],
    ['/posts/new/edit', '/posts/[id]/edit', { id: 'new' }],
    ['/files/a/b%20c', '/files/[...path]', { path: ['a', 'b c'] }],
    ['/help', '/[[lang]]/help', {}],
    ['/de/help', '/[[lang]]/help', { lang: 'de' }],
  ])('%s is %s', (path, value, params) => {
    expect(match(path)).toEqual({ value, params })
  })

  it.each([
    '/nothing',
    '/posts',
    '/posts/',
    '/posts//edit',
    '/files',
    '/files/',
    '/files/a//b',
    '/posts/7/edit/x',
    '',
    '//',
  ])('%s is nothing', (path) => {
    expect(match(path)).toBeNull()
  })

  it('prefers static to dynamic to rest, and comes back from a dead end', () => {
    const tight = matcher('a/[x]/c.tsx', '[y]/b/d.tsx', '[...all].tsx')
    expect(tight('/a/b/c')).toEqual({ value: '/a/[x]/c', params: { x: 'b' } })
    expect(tight('/a/b/d')).toEqual({ value: '/[y]/b/d', params: { y: 'a' } })
    expect(tight('/a/b/e')).toEqual({ value: '/[...all]', params: { all: ['a', 'b', 'e'] } })
  })

  it('decodes parameters once', () => {
    expect(match('/posts/%2525')?.params).toEqual({ id: '%25' })
    expect(match('/posts/%C3%BC')?.params).toEqual({ id: 'ü' })
  })

  it('finds nothing under a path that is no UTF-8', () => {
    expect(match('/posts/%FF')).toBeNull()
    expect(match('/posts/%')).toBeNull()
  })

  it('answers like a naive matcher, whatever the routes', async () => {
    await eachCase((random) => {
      const pages = randomPages(random)
      const match = createMatcher(pages.map((page) => ({ segments: page.segments, value: page.id })))
      for (let tries = 0; tries < 20; tries++) {
        const path = `/${Array.from({ length: random.pick([0, 1, 1, 2, 3]) }, () => random.pick(['a', 'b', 'c', '%20'])).join('/')}`
        expect({ path, found: match(path) }).toEqual({ path, found: naiveMatch(pages, path) })
      }
    })
  })
})

/** Pages of random files, leaving out those that clash with the ones before. */
function randomPages(random: Random): readonly Page[] {
  const files: string[] = []
  for (let count = 0; count < 8; count++) {
    const parts = Array.from({ length: random.pick([0, 1, 2]) }, (_, depth) =>
      random.pick(['a', 'b', `[p${depth}]`, `[[o${depth}]]`]),
    )
    const file = `${[...parts, random.pick(['index', 'a', 'b', '[id]', '[...rest]'])].join('/')}.tsx`
    try {
      readTree([...files, file])
      files.push(file)
    } catch {
      // A clash: the next random file will do.
    }
  }
  return readTree(files).pages
}

/** Tries every way of every route and takes the first by "static, dynamic, rest" from left to right. */
function naiveMatch(pages: readonly Page[], path: string): { value: string; params: Params } | null {
  const parts = path === '/' ? [] : path.slice(1).split('/')
  const found: { rank: string; value: string; params: Params }[] = []
  for (const page of pages) {
    for (const way of expand(page.segments)) {
      const params = fill(way, parts)
      if (params) found.push({ rank: way.map(rank).join(''), value: page.id, params })
    }
  }
  found.sort((left, right) => (left.rank < right.rank ? -1 : 1))
  const best = found[0]
  return best ? { value: best.value, params: best.params } : null
}

const rank = (segment: Segment) => ({ static: '0', dynamic: '1', optional: '1', rest: '2' })[segment.kind]

function fill(way: readonly Segment[], parts: readonly string[]): Params | null {
  const params: Record<string, string | string[]> = {}
  for (const [index, segment] of way.entries()) {
    const part = parts[index]
    if (part === undefined) return null
    if (segment.kind === 'rest') {
      params[segment.name] = parts.slice(index).map(decodeURIComponent)
      return params
    }
    if (segment.kind === 'static' ? segment.name !== part : false) return null
    if (segment.kind !== 'static') params[segment.name] = decodeURIComponent(part)
  }
  return way.length === parts.length ? params : null
}
