import { describe, expect, it } from 'vitest'
import { href } from './href.ts'

describe('href', () => {
  it('leaves a path without parameters as it is', () => {
    expect(href('/')).toBe('/')
    expect(href('/about')).toBe('/about')
    expect(href('/(site)/about')).toBe('/about')
    expect(href('/(site)')).toBe('/')
  })

  it('puts parameters in, encoded', () => {
    expect(href('/posts/[id]', { id: 7 })).toBe('/posts/7')
    expect(href('/posts/[id]', { id: 10n })).toBe('/posts/10')
    expect(href('/posts/[id]/edit', { id: 'a b?c#d%' })).toBe('/posts/a%20b%3Fc%23d%25/edit')
    expect(href('/wiki/[title]', { title: 'größe' })).toBe('/wiki/gr%C3%B6%C3%9Fe')
  })

  it('joins rest parameters', () => {
    expect(href('/docs/[...path]', { path: ['a b', 'c'] })).toBe('/docs/a%20b/c')
  })

  it('leaves optional parameters out', () => {
    expect(href('/[[lang]]/about', {})).toBe('/about')
    expect(href('/[[lang]]/about', { lang: 'de' })).toBe('/de/about')
    expect(href('/[[lang]]')).toBe('/')
  })

  it('adds query and hash', () => {
    const query = { page: 2, q: 'a&b=c', tag: ['x', 'y'], none: undefined, no: null, yes: true }
    expect(href('/posts', {}, { query, hash: 'top of page' })).toBe(
      '/posts?page=2&q=a%26b%3Dc&tag=x&tag=y&yes=true#top%20of%20page',
    )
    expect(href('/posts', {}, { query: {} })).toBe('/posts')
  })

  it.each([{}, { id: undefined }, { id: '' }])('wants every parameter: %j', (params) => {
    expect(() => href('/posts/[id]', params)).toThrow(
      expect.objectContaining({ code: 'HREF_PARAM_MISSING', data: { pattern: '/posts/[id]', param: 'id' } }),
    )
  })

  it('takes own properties only', () => {
    expect(() => href('/x/[constructor]', {})).toThrow(expect.objectContaining({ code: 'HREF_PARAM_MISSING' }))
  })

  it.each(['.', '..', 'a/b', 'a\\b', 'a\u0000b', 'a\nb', '\ud800'])(
    'refuses %j, which the server would refuse or read otherwise',
    (id) => {
      expect(() => href('/posts/[id]', { id })).toThrow(expect.objectContaining({ code: 'HREF_PARAM_INVALID' }))
    },
  )

  it('wants arrays for rest parameters and no others', () => {
    expect(() => href('/docs/[...path]', { path: 'a' })).toThrow(
      expect.objectContaining({ code: 'HREF_PARAM_INVALID' }),
    )
    expect(() => href('/posts/[id]', { id: ['a'] })).toThrow(expect.objectContaining({ code: 'HREF_PARAM_INVALID' }))
    expect(() => href('/docs/[...path]', { path: ['a', ''] })).toThrow(
      expect.objectContaining({ code: 'HREF_PARAM_INVALID' }),
    )
  })

  it.each(['posts', '', '//posts'])('refuses the pattern %j', (pattern) => {
    expect(() => href(pattern)).toThrow(expect.objectContaining({ code: 'HREF_PATTERN_INVALID', data: { pattern } }))
  })
})
