import { describe, expect, it } from 'vitest'
import { readable } from './readable.ts'

const refuse = () => {
  throw new Error('trap')
}

describe('readable', () => {
  it('gives back what can be read', () => {
    const error = new Error('plain', { cause: new Error('why') })
    for (const thrown of [error, null, undefined, 'text', 7, Symbol('s'), { code: 1 }])
      expect(readable(thrown)).toBe(thrown)
    error.cause = error
    expect(readable(error)).toBe(error)
  })

  it.each([
    ['a proxy', new Proxy({}, { get: refuse, getPrototypeOf: refuse })],
    ['an error whose stack throws', Object.defineProperty(new Error('x'), 'stack', { get: refuse })],
    ['an error whose stack is no text', Object.defineProperty(new Error('x'), 'stack', { value: {} })],
    [
      'a cause that throws',
      new Error('x', { cause: Object.defineProperty(new Error('y'), 'message', { get: refuse }) }),
    ],
    ['an object without text', Object.create(null)],
  ])('gives an error that can be read instead of %s', (_, thrown) => {
    expect((readable(thrown) as Error).message).toMatch(/^What was thrown /)
  })

  it('thaws an error, so that its stack can be led to the sources', () => {
    const thrown = Object.freeze(new TypeError('cold'))
    const error = readable(thrown) as Error
    expect([error.name, error.message, error.stack]).toEqual(['TypeError', 'cold', thrown.stack])
    expect(Object.isFrozen(error)).toBe(false)
  })
})
