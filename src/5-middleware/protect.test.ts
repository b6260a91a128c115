import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Forbidden } from '../1-contracts/index.ts'
import { currentRequest, fromRequest, json, type Reply, text } from '../2-platform/index.ts'
import { cookie, cookiesOf } from './cookie.ts'
import { type ProtectOptions, protect } from './protect.ts'
import { securityHeaders } from './security-headers.ts'

const request = (init?: RequestInit, url = 'http://localhost/') => fromRequest(new Request(url, init))
const answer = (init?: RequestInit, options?: ProtectOptions) =>
  protect(() => text('ok'), options)(request(init)) as Reply
const codeOf = (reply: Reply) => JSON.parse(reply.body as string).error.code

describe('protect', () => {
  it('answers at once, with the security headers', () => {
    const reply = answer()
    expect(reply.body).toBe('ok')
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(reply.headers['strict-transport-security']).toBeUndefined()
  })

  it('merges shared headers once', () => {
    const handler = protect(() => json(1))
    const [one, two] = [handler(request()) as Reply, handler(request()) as Reply]
    expect(one.headers).toBe(two.headers)
    expect(Object.isFrozen(one.headers)).toBe(true)
  })

  it('lets a reply say a header itself', () => {
    const handler = protect(() => text('ok', { headers: { 'content-security-policy': "default-src 'none'" } }))
    expect((handler(request()) as Reply).headers['content-security-policy']).toBe("default-src 'none'")
  })

  it('asks for https to stay where it is', () => {
    const reply = protect(() => text('ok'))(request({}, 'https://a.example/')) as Reply
    expect(reply.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('refuses foreign writes, headers and all, before the handler runs', () => {
    let ran = false
    const handler = protect(() => {
      ran = true
      return text('ok')
    })
    const reply = handler(request({ method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })) as Reply
    expect(reply.status).toBe(403)
    expect(codeOf(reply)).toBe('FOREIGN_ORIGIN')
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
    expect(ran).toBe(false)
  })

  it('hides the cookies of what is no browser', () => {
    const handler = protect((incoming) =>
      json({ header: cookiesOf(incoming), own: cookie.get('a') ?? null, web: incoming.request.headers.get('cookie') }),
    )
    const told = (headers: Record<string, string>) =>
      JSON.parse((handler(request({ method: 'POST', headers: { cookie: 'a=1', ...headers } })) as Reply).body as string)
    expect(told({})).toEqual({ header: {}, own: null, web: null })
    expect(told({ 'sec-fetch-site': 'same-origin' })).toEqual({ header: { a: '1' }, own: '1', web: 'a=1' })
  })

  it('refuses what declares itself too large', () => {
    const reply = answer({ method: 'POST', headers: { 'content-length': '11' } }, { bodyLimit: 10 })
    expect(reply.status).toBe(413)
    expect(codeOf(reply)).toBe('PAYLOAD_TOO_LARGE')
  })

  it('limits how often an address may ask', () => {
    const handler = protect(() => text('ok'), { rateLimit: 2 })
    expect([1, 2, 3].map(() => (handler(request()) as Reply).status)).toEqual([200, 200, 429])
    expect((handler(request()) as Reply).headers['retry-after']).toMatch(/^\d+$/)
  })

  it('runs the handler in the context of its request', async () => {
    const handler = protect(async () => {
      await sleep(1)
      cookie.set('a', 'b')
      return json(currentRequest().path)
    })
    const reply = await handler(request({}, 'http://localhost/x'))
    expect(reply.body).toBe('"/x"')
    expect(reply.headers['set-cookie']).toHaveLength(1)
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
  })

  it('answers with the outcome that a handler throws, at once or later', async () => {
    const refuse = () => {
      throw new Forbidden()
    }
    expect(protect(refuse)(request())).toMatchObject({ status: 403 })
    await expect(protect(async () => refuse())(request())).resolves.toMatchObject({ status: 403 })
  })

  it('leaves faults to who reports them', async () => {
    const fail = () => {
      throw new Error('fault')
    }
    expect(() => protect(fail)(request())).toThrow('fault')
    await expect(protect(async () => fail())(request())).rejects.toThrow('fault')
  })
})

describe('securityHeaders', () => {
  it('allows no inline script anywhere, in development neither', () => {
    for (const dev of [false, true]) {
      const policy = String(securityHeaders({ dev })['content-security-policy'])
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).toContain("style-src-attr 'unsafe-inline'")
      expect(policy.includes("style-src 'self' 'unsafe-inline'")).toBe(dev)
    }
  })

  it('takes directives of the app', () => {
    const policy = String(
      securityHeaders({ contentSecurityPolicy: { 'img-src': "'self' https://i.example", 'font-src': '' } })[
        'content-security-policy'
      ],
    )
    expect(policy).toContain("img-src 'self' https://i.example")
    expect(policy).not.toContain('font-src')
  })
})
