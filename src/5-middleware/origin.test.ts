import { describe, expect, it } from 'vitest'
import { fromRequest } from '../2-platform/index.ts'
import { judgeOrigin, withoutCookies } from './origin.ts'

const ours = 'https://app.example'
const other = 'https://admin.example'
const judge = (headers: Record<string, string>, method = 'POST', origins: string[] = []) =>
  judgeOrigin({ method, headers, origin: ours }, origins)

describe('judgeOrigin', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets %s pass from anywhere', (method) => {
    expect(judge({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, method)).toBe('pass')
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses a foreign %s', (method) => {
    expect(judge({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, method)).toBe('refuse')
    expect(judge({ origin: 'https://evil.example' }, method)).toBe('refuse')
  })

  it.each(['same-origin', 'none'])('lets Sec-Fetch-Site: %s pass, whatever Origin says', (site) => {
    expect(judge({ 'sec-fetch-site': site })).toBe('pass')
    expect(judge({ 'sec-fetch-site': site, origin: 'null' })).toBe('pass')
  })

  it.each(['same-site', 'cross-site', 'cross-site, same-origin', 'Same-Origin', ''])(
    'refuses Sec-Fetch-Site: %s, even with our Origin',
    (site) => {
      expect(judge({ 'sec-fetch-site': site })).toBe('refuse')
      expect(judge({ 'sec-fetch-site': site, origin: ours })).toBe('refuse')
    },
  )

  it('lets configured origins pass', () => {
    expect(judge({ 'sec-fetch-site': 'same-site', origin: other }, 'POST', [other])).toBe('pass')
    expect(judge({ origin: other }, 'POST', [other])).toBe('pass')
    expect(judge({ 'sec-fetch-site': 'same-site', origin: 'https://evil.example' }, 'POST', [other])).toBe('refuse')
    expect(judge({ 'sec-fetch-site': 'same-site' }, 'POST', [other])).toBe('refuse')
  })

  it.each([
    'null',
    'https://app.example.evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example, https://evil.example',
  ])('refuses Origin: %s', (origin) => expect(judge({ origin })).toBe('refuse'))

  it('takes our own Origin from older browsers', () => {
    expect(judge({ origin: ours })).toBe('pass')
  })

  it('never takes null, even if somebody configured it', () => {
    expect(judge({ origin: 'null' }, 'POST', ['null'])).toBe('refuse')
  })

  it('ignores the cookies of what is no browser', () => {
    expect(judge({})).toBe('without-cookies')
  })
})

describe('withoutCookies', () => {
  it('is the same request without cookies, as headers and as Request', async () => {
    const request = new Request('http://localhost/a?b', {
      method: 'POST',
      body: 'x',
      headers: { cookie: 'a=1', 'x-own': '2' },
    })
    const bare = withoutCookies(fromRequest(request))
    expect(bare).toMatchObject({ method: 'POST', path: '/a', search: '?b' })
    expect(bare.headers).not.toHaveProperty('cookie')
    expect(bare.headers['x-own']).toBe('2')
    expect(bare.request.headers.get('cookie')).toBeNull()
    expect(bare.request.headers.get('x-own')).toBe('2')
    expect(await bare.request.text()).toBe('x')
    expect(bare.request).toBe(bare.request)
  })

  it('is the very request where there are none', () => {
    const incoming = fromRequest(new Request('http://localhost/'))
    expect(withoutCookies(incoming)).toBe(incoming)
  })
})
