import { describe, expect, it } from 'vitest'
import { fromRequest, type Reply, runRequest, text } from '../2-platform/index.ts'
import { cookie, parseCookies, writeCookie } from './cookie.ts'

describe('parseCookies', () => {
  it('reads names and values', () => {
    expect({ ...parseCookies('a=1; b=two;c = three ; d="four"; e=%C3%BC; f=x=y') }).toEqual({
      a: '1',
      b: 'two',
      c: 'three',
      d: 'four',
      e: 'ü',
      f: 'x=y',
    })
  })

  it('takes the first of two with one name', () => {
    expect(parseCookies('a=1; a=2')['a']).toBe('1')
  })

  it('passes over what is no cookie, and leaves broken encoding as it is', () => {
    expect({ ...parseCookies('; =x; novalue; a=%zz; ') }).toEqual({ a: '%zz' })
    expect({ ...parseCookies(undefined) }).toEqual({})
  })

  it('has no prototype', () => {
    const cookies = parseCookies('__proto__=x; constructor=y')
    expect(Object.keys(cookies)).toEqual(['__proto__', 'constructor'])
    expect(cookies['constructor']).toBe('y')
    expect(cookies['toString']).toBeUndefined()
  })

  it('reads at most 200', () => {
    expect(
      Object.keys(parseCookies(Array.from({ length: 5000 }, (_, index) => `c${index}=1`).join('; '))),
    ).toHaveLength(200)
  })
})

describe('writeCookie', () => {
  it('is safe by default', () => {
    expect(writeCookie('session', 'a;b\r\nc')).toBe('session=a%3Bb%0D%0Ac; Path=/; SameSite=Lax; HttpOnly')
  })

  it('says what it is told', () => {
    const options = {
      maxAge: 60.5,
      path: '/app',
      domain: 'a.example',
      httpOnly: false,
      sameSite: 'strict',
      secure: true,
    } as const
    expect(writeCookie('a', 'b', options)).toBe('a=b; Max-Age=60; Domain=a.example; Path=/app; SameSite=Strict; Secure')
  })

  it('is secure where browsers want it to be', () => {
    expect(writeCookie('__Host-a', 'b')).toMatch(/; Secure$/)
    expect(writeCookie('a', 'b', { sameSite: 'none' })).toMatch(/SameSite=None; HttpOnly; Secure$/)
  })

  it.each([
    ['a b', {}],
    ['', {}],
    ['a=b', {}],
    ['a\r\nset-cookie: x', {}],
    ['a', { path: '/;x' }],
    ['a', { domain: 'x\r\ny' }],
  ] as const)('refuses the name %j with %j', (name, options) => {
    expect(() => writeCookie(name, 'v', options)).toThrow(
      expect.objectContaining({ code: 'COOKIE_INVALID', data: expect.objectContaining({ name }) }),
    )
  })

  it('refuses what browsers would drop for its size', () => {
    expect(() => writeCookie('a', 'x'.repeat(4096))).toThrow(expect.objectContaining({ code: 'COOKIE_INVALID' }))
  })

  it('is read back by parseCookies', () => {
    for (const value of ['', 'a b', 'ü;"=,', '%41']) {
      expect(parseCookies(writeCookie('a', value).split(';')[0])['a']).toBe(value)
    }
  })
})

describe('cookie', () => {
  const answer = (url: string, run: () => void) =>
    runRequest(fromRequest(new Request(url, { headers: { cookie: 'theme=dark' } })), () => {
      run()
      return text('ok')
    }) as Reply

  it('reads what the visitor sent', () => {
    answer('http://localhost/', () => {
      expect(cookie.get('theme')).toBe('dark')
      expect(cookie.get('other')).toBeUndefined()
    })
  })

  it('is set and cleared through the answer', () => {
    const reply = answer('http://localhost/', () => {
      cookie.set('session', 'x', { maxAge: 10 })
      cookie.clear('theme')
    })
    expect(reply.headers['set-cookie']).toEqual([
      'session=x; Max-Age=10; Path=/; SameSite=Lax; HttpOnly',
      'theme=; Max-Age=0; Path=/; SameSite=Lax; HttpOnly',
    ])
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('says that the visitor is another one where a cookie of the session changes, and only there', () => {
    const told = (run: () => void) => {
      const { headers } = answer('http://localhost/', run)
      return [headers['layer9-session'], headers['clear-site-data']]
    }
    const changed = ['changed', '"cache"']
    expect(told(() => cookie.set('session', 'x', { session: true }))).toEqual(changed)
    expect(told(() => cookie.clear('theme', { session: true }))).toEqual(changed)
    const same = [undefined, undefined]
    expect(told(() => cookie.set('theme', 'dark', { session: true, maxAge: 10 }))).toEqual(same)
    expect(told(() => cookie.clear('session', { session: true }))).toEqual(same)
    expect(told(() => cookie.set('session', 'x'))).toEqual(same)
  })

  it('is secure over https', () => {
    expect(answer('https://a.example/', () => cookie.set('a', 'b')).headers['set-cookie']).toEqual([
      'a=b; Path=/; SameSite=Lax; HttpOnly; Secure',
    ])
  })

  it('needs a request', () => {
    expect(() => cookie.get('a')).toThrow(expect.objectContaining({ code: 'NO_REQUEST' }))
    expect(() => cookie.set('a', 'b')).toThrow(expect.objectContaining({ code: 'NO_REQUEST' }))
  })
})
