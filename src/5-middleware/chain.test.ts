import { describe, expect, it } from 'vitest'
import { fromRequest, type Handler, type Reply, text } from '../2-platform/index.ts'
import { applyChain, chain, middleware } from './chain.ts'

const incoming = fromRequest(new Request('http://localhost/'))

/** A step that notes when it is called. */
const noting = (order: string[], name: string) =>
  middleware({
    before: () => void order.push(`before ${name}`),
    after: () => void order.push(`after ${name}`),
  })

describe('applyChain', () => {
  it('is the handler itself without steps', () => {
    const handler: Handler = () => text('ok')
    expect(applyChain(chain(), handler)).toBe(handler)
    expect(applyChain(undefined, handler)).toBe(handler)
  })

  it('runs before in order and after in reverse, without a promise', () => {
    const order: string[] = []
    const handler = applyChain(chain(noting(order, 'a'), noting(order, 'b')), () => {
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
    const handler = applyChain(chain(noting(order, 'a'), early, noting(order, 'b')), () => text('never'))
    expect(handler(incoming)).toMatchObject({ status: 403, body: 'early' })
    expect(order).toEqual(['before a', 'after early', 'after a'])
  })

  it('replaces the answer from after', () => {
    const marking = middleware({ after: (_, reply) => ({ ...reply, headers: { ...reply.headers, 'x-mark': '1' } }) })
    expect((applyChain(chain(marking), () => text('ok'))(incoming) as Reply).headers['x-mark']).toBe('1')
  })

  it('waits where a step does', async () => {
    const order: string[] = []
    const slow = middleware({
      before: async () => void order.push('before slow'),
      after: async (_, reply) => ({ ...reply, status: 201 }),
    })
    const handler = applyChain(chain(slow, noting(order, 'b')), async () => text('ok'))
    await expect(handler(incoming)).resolves.toMatchObject({ status: 201 })
    expect(order).toEqual(['before slow', 'before b', 'after b'])
  })

  it('takes web-standard responses', async () => {
    const handler = applyChain(chain(middleware({ before: () => new Response('web', { status: 418 }) })), () =>
      text('never'),
    )
    expect(handler(incoming)).toMatchObject({ status: 418 })
  })

  it('takes chains within chains', () => {
    const order: string[] = []
    applyChain(chain(noting(order, 'a'), chain(noting(order, 'b'))), () => text('ok'))(incoming)
    expect(order).toEqual(['before a', 'before b', 'after b', 'after a'])
  })

  it('lets no step be on the stack when another runs', () => {
    const stacks: string[] = []
    const steps = ['first', 'second'].map((name) => {
      const step = { [name]: () => void stacks.push(new Error().stack!) }
      return middleware({ before: step[name]!, after: step[name]! })
    })
    applyChain(chain(...steps), () => text('ok'))(incoming)
    expect(stacks).toHaveLength(4)
    expect(stacks.some((stack) => stack.includes('first') && stack.includes('second'))).toBe(false)
  })
})
