import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Forbidden, redirect } from '../1-contracts/index.ts'
import { currentRequest, fromRequest, type Handler, json, type Reply, text } from '../2-platform/index.ts'
import { type Chain, chain, cookie, cookiesOf, middleware } from '../5-middleware/index.ts'
import { createPassage, type PassageOptions } from './passage.ts'

const request = (init?: RequestInit, url = 'http://localhost/') => fromRequest(new Request(url, init))
const answer = (init?: RequestInit, options?: PassageOptions) =>
  createPassage(() => text('ok'), options)(request(init)) as Reply
const codeOf = (reply: Reply) => JSON.parse(reply.body as string).error.code

describe('createPassage', () => {
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
    const handler = createPassage(() => json(1))
    const [one, two] = [handler(request()) as Reply, handler(request()) as Reply]
    expect(one.headers).toBe(two.headers)
    expect(Object.isFrozen(one.headers)).toBe(true)
  })

  it('lets a reply say a header itself', () => {
    const handler = createPassage(() => text('ok', { headers: { 'content-security-policy': "default-src 'none'" } }))
    expect((handler(request()) as Reply).headers['content-security-policy']).toBe("default-src 'none'")
  })

  it('asks for https to stay where it is', () => {
    const reply = createPassage(() => text('ok'))(request({}, 'https://a.example/')) as Reply
    expect(reply.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('refuses foreign writes, headers and all, before the handler runs', () => {
    let ran = false
    const handler = createPassage(() => {
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
    const handler = createPassage((incoming) =>
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
    const handler = createPassage(() => text('ok'), { rateLimit: 2 })
    expect([1, 2, 3].map(() => (handler(request()) as Reply).status)).toEqual([200, 200, 429])
    expect((handler(request()) as Reply).headers['retry-after']).toMatch(/^\d+$/)
  })

  it('runs the handler in the context of its request', async () => {
    const handler = createPassage(async () => {
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
    expect(createPassage(refuse)(request())).toMatchObject({ status: 403 })
    await expect(createPassage(async () => refuse())(request())).resolves.toMatchObject({ status: 403 })
  })

  it('sends on who was redirected by a step or handler', () => {
    const guarding = middleware({ before: () => redirect('/sign-in') })
    const handler = createPassage(() => text('never'), { chain: chain(guarding), base: '/app/' })
    expect(handler(request())).toMatchObject({ status: 303, headers: { location: '/app/sign-in' } })
  })

  it('leaves faults to who reports them', async () => {
    const fail = () => {
      throw new Error('fault')
    }
    expect(() => createPassage(fail)(request())).toThrow('fault')
    await expect(createPassage(async () => fail())(request())).rejects.toThrow('fault')
  })
})

const incoming = request()
const through = (steps: Chain, handler: Handler) => createPassage(handler, { chain: steps })

/** A step that notes when it is called. */
const noting = (order: string[], name: string) =>
  middleware({
    before: () => void order.push(`before ${name}`),
    after: () => void order.push(`after ${name}`),
  })

describe('the app’s own steps', () => {
  it('runs before in order and after in reverse, without a promise', () => {
    const order: string[] = []
    const handler = through(chain(noting(order, 'a'), noting(order, 'b')), () => {
      order.push('handler')
      return text('ok')
    })
    expect(handler(incoming)).toMatchObject({ body: 'ok' })
    expect(order).toEqual(['before a', 'before b', 'handler', 'after b', 'after a'])
  })

  it('answers early from before; outer steps still see the answer', () => {
    const order: string[] = []
    const early = middleware({
      before: () => text('early', { status: 403 }),
      after: () => void order.push('after early'),
    })
    const handler = through(chain(noting(order, 'a'), early, noting(order, 'b')), () => text('never'))
    expect(handler(incoming)).toMatchObject({ status: 403, body: 'early' })
    expect(order).toEqual(['before a', 'after early', 'after a'])
  })

  it('replaces the answer from after', () => {
    const marking = middleware({ after: (_, reply) => ({ ...reply, headers: { ...reply.headers, 'x-mark': '1' } }) })
    expect((through(chain(marking), () => text('ok'))(incoming) as Reply).headers['x-mark']).toBe('1')
  })

  it('waits where a step does', async () => {
    const order: string[] = []
    const slow = middleware({
      before: async () => void order.push('before slow'),
      after: async (_, reply) => ({ ...reply, status: 201 }),
    })
    const handler = through(chain(slow, noting(order, 'b')), async () => text('ok'))
    await expect(handler(incoming)).resolves.toMatchObject({ status: 201 })
    expect(order).toEqual(['before slow', 'before b', 'after b'])
  })

  it('takes web-standard responses', async () => {
    const handler = through(chain(middleware({ before: () => new Response('web', { status: 418 }) })), () =>
      text('never'),
    )
    expect(handler(incoming)).toMatchObject({ status: 418 })
  })

  it('takes chains within chains', () => {
    const order: string[] = []
    through(chain(noting(order, 'a'), chain(noting(order, 'b'))), () => text('ok'))(incoming)
    expect(order).toEqual(['before a', 'before b', 'after b', 'after a'])
  })

  it('lets no step be on the stack when another runs', () => {
    const stacks: string[] = []
    const steps = ['first', 'second'].map((name) => {
      const step = { [name]: () => void stacks.push(new Error().stack ?? '') }
      return middleware({ before: step[name]!, after: step[name]! })
    })
    through(chain(...steps), () => text('ok'))(incoming)
    expect(stacks).toHaveLength(4)
    expect(stacks.some((stack) => stack.includes('first') && stack.includes('second'))).toBe(false)
  })
})

describe('what the navigation of a page asks for', () => {
  const asks = { headers: { 'layer9-navigation': 'visit' } }

  it('is left to the browser where there is no page, and nothing runs for it', () => {
    let ran = 0
    const options: PassageOptions = { isPage: (path) => path === '/page' }
    const handler = createPassage(() => text(`${++ran}`), options)
    const ask = (path: string, init: RequestInit) => handler(request(init, `http://localhost${path}`)) as Reply
    expect(ask('/feed', asks)).toMatchObject({ status: 204, body: null, headers: { 'cache-control': 'no-store' } })
    expect(ask('/feed', asks).headers['x-content-type-options']).toBe('nosniff')
    expect(ran).toBe(0)
    expect(ask('/page', asks).body).toBe('1')
    expect(ask('/feed', {}).body).toBe('2')
    expect(ask('/feed', { ...asks, method: 'POST' }).body).toBe('3')
  })

  it('learns where a redirect that changes the session leads, and the browser goes there', () => {
    const change = (session: boolean) => () => {
      cookie.set('session', 'x', { session })
      redirect('/home')
    }
    const told = (session: boolean, init: RequestInit) => createPassage(change(session))(request(init)) as Reply
    const post = { method: 'POST' }
    expect(told(true, { ...asks, ...post })).toMatchObject({
      status: 204,
      headers: { 'layer9-session': 'changed', 'layer9-location': '/home', 'set-cookie': [expect.any(String)] },
    })
    expect(told(true, { ...asks, ...post }).headers['location']).toBeUndefined()
    expect(told(true, post)).toMatchObject({ status: 303, headers: { location: '/home' } })
    expect(told(false, { ...asks, ...post })).toMatchObject({ status: 303, headers: { location: '/home' } })
  })
})
