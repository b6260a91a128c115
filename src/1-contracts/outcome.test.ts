import { describe, expect, it } from 'vitest'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import {
  Conflict,
  Forbidden,
  Invalid,
  isOutcome,
  NotFound,
  Outcome,
  type OutcomeWire,
  PayloadTooLarge,
  serialise,
  TooManyRequests,
  Unauthorized,
} from './outcome.ts'
import { deserialise } from './outcome-wire.ts'
import { Redirect, redirect } from './redirect.ts'

describe('isOutcome', () => {
  it('asks anything without failing', () => {
    const refuse = () => {
      throw new Error('trap')
    }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const value of [
      null,
      undefined,
      'text',
      proxy,
      new Proxy(new Error('x'), { has: refuse, getPrototypeOf: refuse }),
    ])
      expect(isOutcome(value)).toBe(false)
    expect(isOutcome(new NotFound())).toBe(true)
  })
})

const thrown = (run: () => never): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

const all = [
  [new NotFound('post'), 404, 'NOT_FOUND', 'post'],
  [new NotFound(), 404, 'NOT_FOUND', null],
  [new Unauthorized(), 401, 'UNAUTHORIZED', null],
  [new Forbidden('members only'), 403, 'FORBIDDEN', 'members only'],
  [new Conflict('taken'), 409, 'CONFLICT', 'taken'],
  [new Invalid({ title: 'taken' }), 422, 'INVALID', { title: 'taken' }],
  [new TooManyRequests(30), 429, 'TOO_MANY_REQUESTS', 30],
  [new PayloadTooLarge(1024), 413, 'PAYLOAD_TOO_LARGE', 1024],
] as const

describe('outcomes', () => {
  it.each(all)('%s has status, code and data', (outcome, status, code, data) => {
    expect(outcome).toBeInstanceOf(Outcome)
    expect(outcome).toBeInstanceOf(Error)
    expect(outcome).toMatchObject({ status, code, data })
    expect(isOutcome(outcome)).toBe(true)
  })

  it.each(all)('%s crosses the wire as itself', (outcome, status) => {
    const wire = decode(encode(serialise(outcome))) as OutcomeWire
    const back = deserialise(wire, status)
    expect(back).toBeInstanceOf(outcome.constructor)
    expect(back).toMatchObject({ status, code: outcome.code, message: outcome.message, data: outcome.data })
  })

  it('say what is missing in the words they were given', () => {
    expect(new NotFound('post').message).toBe('There is no such post.')
    expect(new Forbidden('members only').message).toBe('members only')
  })

  it('give messages by field', () => {
    const back = deserialise({ ...serialise(new Invalid({ 'address.street': 'missing' })) }, 422) as Invalid
    expect(back.fields).toEqual({ 'address.street': 'missing' })
  })

  it('may be an app’s own', () => {
    const own = new Outcome({ status: 402, code: 'PAYMENT_DUE', message: 'The trial has ended.', data: { days: 3 } })
    const back = deserialise(serialise(own), 402)
    expect(back).toBeInstanceOf(Outcome)
    expect(back).toMatchObject({ status: 402, code: 'PAYMENT_DUE', data: { days: 3 } })
  })

  it('construct nothing that the wire names', () => {
    for (const code of ['constructor', '__proto__', 'Error']) {
      const back = deserialise({ code, message: 'm' }, 500)
      expect(Object.getPrototypeOf(back)).toBe(Outcome.prototype)
    }
  })

  it('are not faked by data', () => {
    expect(isOutcome({ code: 'NOT_FOUND', status: 404 })).toBe(false)
    expect(isOutcome(new Error('no'))).toBe(false)
    expect(isOutcome(null)).toBe(false)
  })
})

describe('redirect', () => {
  it('throws a 303 to a path', () => {
    const error = thrown(() => redirect('/posts/1?page=2#top'))
    expect(error).toBeInstanceOf(Redirect)
    expect(error).toMatchObject({ status: 303, code: 'REDIRECT', to: '/posts/1?page=2#top', data: { external: false } })
    expect(isOutcome(error)).toBe(true)
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil',
    'posts',
    '',
    '/a b',
    '/a\ud800',
    '/a\\b',
    'javascript:alert(1)',
  ])('refuses %j', (to) => {
    expect(thrown(() => redirect(to))).toMatchObject({ code: 'REDIRECT_NOT_A_PATH', data: { to } })
  })

  it('writes a path as a header can hold it', () => {
    expect(thrown(() => redirect('/städte/中?q=ü%20'))).toMatchObject({ to: '/st%C3%A4dte/%E4%B8%AD?q=%C3%BC%20' })
  })

  it('refuses what is no text', () => {
    expect(thrown(() => redirect(['/x'] as unknown as string))).toMatchObject({ code: 'REDIRECT_NOT_A_PATH' })
  })

  it('goes to another origin only from a list', () => {
    const allowed = ['https://pay.example']
    expect(thrown(() => redirect.external('https://pay.example/x?y=1', allowed))).toMatchObject({
      to: 'https://pay.example/x?y=1',
      data: { external: true },
    })
    for (const to of [
      'https://evil.example/',
      'https://pay.example.evil.example/',
      'https://pay.example@evil.example/',
      'http://pay.example/',
      'javascript:alert(1)',
      '/x',
      '',
    ]) {
      expect(thrown(() => redirect.external(to, allowed))).toMatchObject({
        code: 'REDIRECT_FOREIGN',
        data: { to, allowed },
      })
    }
  })

  it('crosses the wire as itself', () => {
    const error = thrown(() => redirect('/a')) as Redirect
    const back = deserialise(serialise(error), 303)
    expect(back).toBeInstanceOf(Redirect)
    expect((back as Redirect).to).toBe('/a')
  })
})
