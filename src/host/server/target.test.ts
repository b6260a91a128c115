import { describe, expect, it } from 'vitest'
import { eachCase } from '../../../tests/harness/random.ts'
import { readTarget } from './target.ts'

const canonical = (path: string, search = '') => ({ kind: 'canonical', path, search })

describe('readTarget', () => {
  it.each([
    ['/', '/', ''],
    ['/a/b.c', '/a/b.c', ''],
    ['/a?x=1&y=%20', '/a', '?x=1&y=%20'],
    ['/a?', '/a', ''],
    ['/?', '/', ''],
    ['/a?b?c/../d', '/a', '?b?c/../d'],
    ['/.well-known/x', '/.well-known/x', ''],
    ['/...', '/...', ''],
    ['/%C3%BC', '/%C3%BC', ''],
    ['/a%20b', '/a%20b', ''],
    ['/%252e', '/%252e', ''],
    ["/~a!$&'()*+,;=:@-_.", "/~a!$&'()*+,;=:@-_.", ''],
    ['/a?q=%0D%0A', '/a', '?q=%0D%0A'],
  ])('%s is canonical', (raw, path, search) => expect(readTarget(raw)).toEqual(canonical(path, search)))

  it.each([
    ['/a/', '/a'],
    ['//', '/'],
    ['//a', '/a'],
    ['/a//b///c', '/a/b/c'],
    ['/a/?x=1', '/a?x=1'],
    ['/%c3%bc', '/%C3%BC'],
    ['/%41', '/A'],
    ['/%7Euser', '/~user'],
    ['/a|b', '/a%7Cb'],
    ['/a"b', '/a%22b'],
    ['//evil.example', '/evil.example'],
    ['/%2D%2d', '/--'],
  ])('%s moves to %s', (raw, to) => expect(readTarget(raw)).toEqual({ kind: 'moved', to }))

  it.each([
    '',
    'a',
    '*',
    'http://a.example/',
    'a.example:443',
    '/%',
    '/%4',
    '/%zz',
    '/%ff',
    '/%c3',
    '/%c0%af',
    '/%ed%a0%80',
    '/%f5%80%80%80',
    '/%2f',
    '/a%2Fb',
    '/%5c',
    '/%5C',
    '/\\',
    '/a\\b',
    '/%00',
    '/%0a',
    '/%0D',
    '/%7f',
    '/%1f',
    '/.',
    '/..',
    '/../a',
    '/a/..',
    '/a/./b',
    '/%2e',
    '/%2E%2e',
    '/.%2e',
    '/%2e./x',
    '/a?%',
    '/a?%zz',
    '/a?x=%ff',
    '/a?x=%00',
    '/a b',
    '/ü',
    '/a#b',
    '/a?b#c',
    '/\u0000',
    '/\t',
    '/\u007f',
  ])('%j is refused', (raw) => expect(readTarget(raw)).toMatchObject({ kind: 'refused', reason: expect.any(String) }))

  it('is done in linear time', () => {
    const long = '/a'.repeat(100_000)
    expect(readTarget(`${long}\\`)).toMatchObject({ kind: 'refused' })
    expect(readTarget(`${long}/`)).toMatchObject({ kind: 'moved' })
  })

  it('moves random targets to their one form in one step, or leaves or refuses them', async () => {
    const pieces = [
      '/',
      '/',
      'a',
      'B',
      '.',
      '..',
      '%41',
      '%2e',
      '%2F',
      '%c3%bc',
      '%C3%BC',
      '%',
      '%zz',
      '\\',
      '?',
      '?x=1',
      '|',
      ' ',
      '#',
      '~',
      '%7e',
      '%00',
      'ü',
      '%25',
      ':',
      '@',
    ]
    await eachCase((random) => {
      const raw = `/${Array.from({ length: random.below(8) }, () => random.pick(pieces)).join('')}`
      const target = readTarget(raw)
      if (target.kind === 'refused') return
      const again = target.kind === 'moved' ? readTarget(target.to) : target
      expect(again.kind, raw).toBe('canonical')
      if (again.kind !== 'canonical') return
      const url = new URL(`http://localhost${again.path}${again.search}`)
      // What we call canonical, browsers and everybody else's parser leave as it is.
      expect(url.host, raw).toBe('localhost')
      expect(url.pathname, raw).toBe(again.path)
      expect(again.path, raw).toMatch(/^\/(?:[^/]+(?:\/[^/]+)*)?$/)
    })
  })
})
