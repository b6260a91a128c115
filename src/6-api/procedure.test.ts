import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '../1-contracts/index.ts'
import { fromRequest, type Reply, runRequest, text } from '../2-platform/index.ts'
import { everyone, guard } from '../5-middleware/index.ts'
import { createApi, register } from './api.ts'
import { action, definitionOf, query } from './procedure.ts'

const Search = v.object({ page: v.optional(v.pipe(v.number(), v.minValue(1, 'from 1')), 1) })
const signedIn = guard(({ cookies }) => {
  if (!cookies['user']) throw new Forbidden()
  return { user: cookies['user'] }
})

/** Runs something inside a request that carries a cookie. */
async function within<Value>(cookie: string, run: () => Promise<Value>): Promise<Value> {
  let value: Value | undefined
  const incoming = fromRequest(new Request('http://localhost/', { headers: { cookie } }))
  await (runRequest(incoming, async () => {
    value = await run()
    return text('ok')
  }) as Promise<Reply>)
  return value!
}

describe('query and action', () => {
  it('are functions on the server, with validated input', async () => {
    const list = query({ access: everyone, input: Search, handler: ({ input }) => `page ${input.page}` })
    await expect(list({ page: 2 })).resolves.toBe('page 2')
    await expect(list({})).resolves.toBe('page 1')
    await expect(list({ page: 0 })).rejects.toMatchObject({ code: 'INVALID', fields: { page: 'from 1' } })
  })

  it('run their guard with the current request', async () => {
    const who = action({ access: signedIn, handler: ({ context, request }) => [context.user, request.url] })
    await expect(within('user=ada', () => who())).resolves.toEqual(['ada', 'http://localhost/'])
    await expect(within('', () => who())).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('run the guard before the validation', async () => {
    const secret = action({ access: signedIn, input: Search, handler: () => 1 })
    await expect(within('', () => secret({ page: 0 }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('need a request only where the guard does', async () => {
    const open = query({ access: everyone, handler: () => 1 })
    const closed = query({ access: signedIn, handler: () => 1 })
    const curious = query({ access: everyone, handler: ({ request }) => request.url })
    await expect(open()).resolves.toBe(1)
    await expect(closed()).rejects.toMatchObject({ code: 'API_NO_REQUEST' })
    await expect(curious()).rejects.toMatchObject({ code: 'API_NO_REQUEST' })
  })

  it('take no input without a schema', async () => {
    const none = query({ access: everyone, handler: ({ input }) => input === undefined })
    await expect(none()).resolves.toBe(true)
    await expect((none as (input: unknown) => Promise<unknown>)({ admin: true })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  it('validate what they give, where there is an output schema', async () => {
    const Public = v.object({ id: v.number() })
    const strip = query({ access: everyone, output: Public, handler: () => ({ id: 1, secret: 2 }) })
    await expect(strip()).resolves.toEqual({ id: 1 })
    const wrong = query({ access: everyone, output: Public, handler: () => ({ id: 'x' }) as never })
    await expect(wrong()).rejects.toMatchObject({
      code: 'API_OUTPUT_INVALID',
      data: { fields: { id: expect.any(String) } },
    })
  })

  it('wait for whatever can be awaited', async () => {
    // biome-ignore lint/suspicious/noThenProperty: a query builder that runs when it is awaited is what is tested
    const builder = { then: (done: (rows: number[]) => void) => done([1, 2]) }
    const rows = query({ access: everyone, handler: () => builder as unknown as Promise<number[]> })
    await expect(within('', () => rows())).resolves.toEqual([1, 2])
    const api = createApi({
      x: { rows: query({ access: everyone, route: 'GET /rows', handler: () => builder as never }) },
    })
    expect(await api.handle(fromRequest(new Request('http://localhost/rows')))).toMatchObject({ body: '[1,2]' })
  })

  it('pass on what the handler throws', async () => {
    const missing = query({
      access: everyone,
      handler: () => {
        throw new NotFound('post')
      },
    })
    await expect(missing()).rejects.toBeInstanceOf(NotFound)
  })

  it('are not defined without an access rule', () => {
    const define = (access: unknown) => () => query({ access: access as never, handler: () => 1 })
    for (const access of [undefined, null, true, () => true, {}]) {
      expect(define(access)).toThrow(expect.objectContaining({ code: 'API_ACCESS_MISSING', data: { what: 'query' } }))
    }
    expect(() => action(undefined as never)).toThrow(expect.objectContaining({ code: 'API_ACCESS_MISSING' }))
  })

  it('know their kind, and their name once registered', () => {
    const list = query({ access: everyone, handler: () => 1 })
    expect([list.id, list.kind]).toEqual(['', 'query'])
    register('posts', { list, other: 1 })
    register('again', { renamed: list })
    expect(list.id).toBe('posts/list')
    expect(definitionOf(list)?.id).toBe('posts/list')
    expect(definitionOf(() => 1)).toBeUndefined()
    expect(definitionOf({})).toBeUndefined()
  })
})
