import { describe, expect, it } from 'vitest'
import { createAuthorityReader, isAllowedHost, readAuthority, readForwarded, stripHeaders } from './authority.ts'

describe('readAuthority', () => {
  it.each([
    ['localhost', 'localhost', 'http://localhost'],
    ['LocalHost:3000', 'localhost', 'http://localhost:3000'],
    ['a.example:80', 'a.example', 'http://a.example'],
    ['127.0.0.1:8080', '127.0.0.1', 'http://127.0.0.1:8080'],
    ['[::1]:3000', '[::1]', 'http://[::1]:3000'],
    ['my_host-1.example.', 'my_host-1.example.', 'http://my_host-1.example.'],
    ['a.example:0080', 'a.example', 'http://a.example'],
  ])('reads %s', (raw, host, origin) => expect(readAuthority(raw, 'http')).toEqual({ host, origin }))

  it('leaves out the port that https has by itself', () => {
    expect(readAuthority('a.example:443', 'https')?.origin).toBe('https://a.example')
    expect(readAuthority('a.example:80', 'https')?.origin).toBe('https://a.example:80')
  })

  it.each([
    '',
    ' ',
    'a b',
    'a,b',
    'localhost, localhost',
    'a/b',
    'a@b',
    'user:pw@a',
    'a:',
    'a:b',
    'a:99999',
    'a:0',
    '::1',
    '[::1',
    '[g]',
    '.a',
    'a..b',
    'ä',
    'a\\b',
    'http://a',
    'a?b',
    'a#b',
    '%61',
    `${'a'.repeat(301)}`,
  ])('knows that %j is no host', (raw) => expect(readAuthority(raw, 'http')).toBeUndefined())
})

describe('isAllowedHost', () => {
  it('allows all when none are listed', () => expect(isAllowedHost('a', [])).toBe(true))

  it.each([
    ['a.example', true],
    ['x.b.example', true],
    ['b.example', false],
    ['evil-a.example', false],
    ['a.example.evil.example', false],
  ])('%s: %s', (host, allowed) => expect(isAllowedHost(host, ['A.example', '.b.example'])).toBe(allowed))
})

describe('createAuthorityReader', () => {
  it('tells what is none from what is not ours, the same each time', () => {
    const read = createAuthorityReader(['a.example'])
    for (let round = 0; round < 2; round++) {
      expect(read('a.example:3000', 'http')).toMatchObject({ origin: 'http://a.example:3000' })
      expect(read('a.example:3000', 'https')).toMatchObject({ origin: 'https://a.example:3000' })
      expect(read('b.example', 'http')).toBe('foreign')
      expect(read('a b', 'http')).toBe('none')
    }
  })

  it('goes on with more hosts than it remembers', () => {
    const read = createAuthorityReader([])
    for (let index = 0; index < 1000; index++) expect(read(`h${index}`, 'http')).toMatchObject({ host: `h${index}` })
  })
})

describe('readForwarded', () => {
  const headers = {
    'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'a.example',
  }

  it('believes the entry that the outermost trusted proxy wrote', () => {
    expect(readForwarded(headers, 1)).toEqual({ address: '3.3.3.3', host: 'a.example', scheme: 'https' })
    expect(readForwarded(headers, 2).address).toBe('2.2.2.2')
    expect(readForwarded(headers, 9).address).toBe('1.1.1.1')
  })

  it('knows two schemes', () => {
    expect(readForwarded({ 'x-forwarded-proto': 'javascript' }, 1).scheme).toBeUndefined()
    expect(readForwarded({}, 1)).toEqual({ address: undefined, host: undefined, scheme: undefined })
  })
})

describe('stripHeaders', () => {
  it('takes out what only we may say, and what only a trusted proxy may', () => {
    const all = () => ({ 'x-layer9-mode': '1', 'x-forwarded-for': '2', 'x-own': '3', host: 'a' })
    const [plain, behind] = [all(), all()]
    stripHeaders(plain, false)
    stripHeaders(behind, true)
    expect(plain).toEqual({ 'x-own': '3', host: 'a' })
    expect(behind).toEqual({ 'x-forwarded-for': '2', 'x-own': '3', host: 'a' })
  })
})
