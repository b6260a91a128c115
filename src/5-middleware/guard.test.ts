import { describe, expect, it } from 'vitest'
import { Forbidden, Unauthorized } from '../1-contracts/index.ts'
import { fromRequest } from '../2-platform/index.ts'
import { everyone, guard, guards, isGuard, isOpen, runGuard } from './guard.ts'

const request = (headers: Record<string, string> = {}) => fromRequest(new Request('http://localhost/', { headers }))

const signedIn = guard(({ cookies }) => {
  const name = cookies['user']
  if (!name) throw new Unauthorized()
  return { user: { name, role: name === 'ada' ? 'moderator' : 'author' } }
})
const moderator = signedIn.and(({ context }) => {
  if (context.user.role !== 'moderator') throw new Forbidden()
})

describe('guard', () => {
  it('adds what it returns to the context, at once', () => {
    expect(runGuard(signedIn, request({ cookie: 'user=bob' }))).toEqual({ user: { name: 'bob', role: 'author' } })
  })

  it('refuses by throwing', () => {
    expect(() => runGuard(signedIn, request())).toThrow(expect.objectContaining({ code: 'UNAUTHORIZED' }))
  })

  it('may look at the web-standard request', () => {
    const agent = guard(({ request, incoming }) => ({ agent: request.headers.get('x-agent'), path: incoming.path }))
    expect(runGuard(agent, request({ 'x-agent': 'tea' }))).toEqual({ agent: 'tea', path: '/' })
  })

  it('may be asynchronous', async () => {
    const slow = guard(async () => await Promise.resolve({ a: 1 })).and(({ context }) => ({ b: context.a + 1 }))
    await expect(runGuard(slow, request())).resolves.toEqual({ a: 1, b: 2 })
    // biome-ignore lint/suspicious/noThenProperty: a query builder that runs when it is awaited is what is tested
    const builder = { then: (done: (added: object) => void) => done({ c: 3 }) }
    await expect(
      runGuard(
        guard(() => builder as never),
        request(),
      ),
    ).resolves.toEqual({ c: 3 })
    const refusing = guard(async () => await Promise.reject(new Forbidden()))
    await expect(runGuard(refusing, request())).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it.each(
    [
      ['text', '"yes"'],
      [true, 'true'],
      [['a'], '["a"]'],
    ].map(([value]) => [value]),
  )('must add a record, not %j', (value) => {
    const odd = guard(() => value as never)
    expect(() => runGuard(odd, request())).toThrow(expect.objectContaining({ code: 'GUARD_ADDS_NO_RECORD' }))
  })
})

describe('and', () => {
  it('runs guards in order, each with what came before', () => {
    expect(runGuard(moderator, request({ cookie: 'user=ada' }))).toMatchObject({ user: { name: 'ada' } })
    expect(() => runGuard(moderator, request({ cookie: 'user=bob' }))).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    )
    expect(() => runGuard(moderator, request())).toThrow(expect.objectContaining({ code: 'UNAUTHORIZED' }))
  })

  it('leaves the first guard as it was', () => {
    expect(runGuard(signedIn, request({ cookie: 'user=bob' }))).toHaveProperty('user')
  })

  it('takes guards as well as functions', () => {
    const tenant = guard(() => ({ tenant: 'tea' }))
    expect(runGuard(signedIn.and(tenant), request({ cookie: 'user=bob' }))).toMatchObject({
      user: { name: 'bob' },
      tenant: 'tea',
    })
  })

  it('does not run what comes after a refusal', () => {
    let ran = false
    const after = signedIn.and(() => {
      ran = true
    })
    expect(() => runGuard(after, request())).toThrow()
    expect(ran).toBe(false)
  })
})

describe('everyone', () => {
  it('passes and adds nothing', () => {
    expect(runGuard(everyone, request())).toEqual({})
    expect(isOpen(everyone)).toBe(true)
    expect(isOpen(signedIn)).toBe(false)
  })
})

describe('guards', () => {
  it('names guards, everyone among them', () => {
    const access = guards({ signedIn, moderator })
    expect(Object.keys(access)).toEqual(['everyone', 'signedIn', 'moderator'])
  })

  it('takes nothing else', () => {
    expect(() => guards({ open: (() => true) as never })).toThrow(
      expect.objectContaining({ code: 'GUARD_NOT_A_GUARD', data: { name: 'open' } }),
    )
    expect(isGuard({ and() {} })).toBe(false)
    expect(isGuard(null)).toBe(false)
  })
})
