import { describe, expect, it } from 'vitest'
import { fromRequest, type Reply, text } from '../2-platform/index.ts'
import { chain, middleware, runAfter, runBefore } from './chain.ts'

const incoming = fromRequest(new Request('http://localhost/'))
const early = text('early')

/** Steps of which the second answers. */
const steps = (order: string[]) =>
  chain(
    middleware({ before: () => void order.push('a'), after: () => void order.push('A') }),
    middleware({
      before() {
        order.push('b')
        return early
      },
      after: () => void order.push('B'),
    }),
    middleware({ before: () => void order.push('c'), after: () => void order.push('C') }),
  )

describe('runBefore', () => {
  it('runs steps until one answers, at once', () => {
    const order: string[] = []
    expect(runBefore(steps(order), incoming)).toEqual({ passed: 2, reply: early })
    expect(order).toEqual(['a', 'b'])
  })

  it('passes all steps that say nothing', async () => {
    expect(runBefore(chain(middleware({}), middleware({ before() {} })), incoming)).toEqual({
      passed: 2,
      reply: undefined,
    })
    await expect(runBefore(chain(middleware({ before: async () => {} }), middleware({})), incoming)).resolves.toEqual({
      passed: 2,
      reply: undefined,
    })
    expect(runBefore(chain(), incoming)).toEqual({ passed: 0, reply: undefined })
  })

  it('waits for a step that answers later', async () => {
    await expect(runBefore(chain(middleware({ before: async () => early })), incoming)).resolves.toEqual({
      passed: 1,
      reply: early,
    })
  })

  it('passes on what a step throws', async () => {
    const fail = () => {
      throw new Error('no')
    }
    expect(() => runBefore(chain(middleware({ before: fail })), incoming)).toThrow('no')
    await expect(runBefore(chain(middleware({ before: async () => fail() })), incoming)).rejects.toThrow('no')
  })
})

describe('runAfter', () => {
  it('runs the steps that were passed, the last one first', () => {
    const order: string[] = []
    expect(runAfter(steps(order), incoming, { passed: 2, reply: early })).toBe(early)
    expect(order).toEqual(['B', 'A'])
  })

  it('hands each the answer of the one before', async () => {
    const adding = (letter: string) =>
      middleware({ after: (_, reply: Reply) => ({ ...reply, body: `${reply.body}${letter}` }) })
    const later = middleware({ after: async (_, reply) => await Promise.resolve({ ...reply, body: `${reply.body}-` }) })
    expect(runAfter(chain(adding('1'), adding('2')), incoming, { passed: 2, reply: text('x') })).toMatchObject({
      body: 'x21',
    })
    await expect(
      runAfter(chain(adding('1'), later, adding('2')), incoming, { passed: 3, reply: text('x') }),
    ).resolves.toMatchObject({ body: 'x2-1' })
  })
})
