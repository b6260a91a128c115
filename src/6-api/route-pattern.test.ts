import { describe, expect, it } from 'vitest'
import { compareRoutes, isStatic, matchParts, parseRoute } from './route-pattern.ts'

const match = (pattern: string, path: string) => {
  const params = matchParts(parseRoute(`GET ${pattern}`).parts, path)
  return params && { ...params }
}

describe('parseRoute', () => {
  it.each([
    'FETCH /a',
    'get /a',
    'GET a',
    'GET //a',
    'GET',
    '',
    'GET /a b',
    'GET /a/',
    'GET /a//b',
    'GET /[...x]/y',
    'GET /[]',
    'GET /[a]b',
    'GET /%41',
    'GET /..',
    'GET /_layer9/api/x',
  ])('refuses %j', (route) =>
    expect(() => parseRoute(route)).toThrow(
      expect.objectContaining({ code: 'API_ROUTE_INVALID', data: expect.objectContaining({ route }) }),
    ),
  )

  it('knows which paths are static', () => {
    expect(isStatic(parseRoute('GET /'))).toBe(true)
    expect(isStatic(parseRoute('GET /feed.xml'))).toBe(true)
    expect(isStatic(parseRoute('GET /a/[id]'))).toBe(false)
  })
})

describe('matchParts', () => {
  it('gives parameters, decoded once', () => {
    expect(match('/posts/[id]', '/posts/a%20b')).toEqual({ id: 'a b' })
    expect(match('/posts/[id]', '/posts/%2541')).toEqual({ id: '%41' })
    expect(match('/files/[...path]', '/files/a/b%20c')).toEqual({ path: 'a/b c' })
    expect(match('/', '/')).toEqual({})
  })

  it.each([
    ['/posts/[id]', '/posts'],
    ['/posts/[id]', '/posts/1/2'],
    ['/files/[...path]', '/files'],
    ['/a', '/b'],
    ['/', '/a'],
    ['/[id]', '/'],
  ])('%s does not match %s', (pattern, path) => expect(match(pattern, path)).toBeUndefined())

  it('has no prototype', () => {
    expect(matchParts(parseRoute('GET /[__proto__]').parts, '/x')).toHaveProperty('__proto__', 'x')
  })
})

describe('compareRoutes', () => {
  it('puts literal parts before parameters, and these before rests', () => {
    const sorted = ['/a/[...rest]', '/a/[id]', '/[b]/c', '/a/b']
      .map((path) => parseRoute(`GET ${path}`))
      .sort(compareRoutes)
    expect(sorted.map((route) => route.path)).toEqual(['/a/b', '/a/[id]', '/a/[...rest]', '/[b]/c'])
  })
})
