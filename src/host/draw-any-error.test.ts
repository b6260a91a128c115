import { describe, expect, it } from 'vitest'
import { completeStack, drawAnyError } from './draw-any-error.ts'
import { errors } from './errors.ts'

/** An error as the bundler throws it: message and frame, and no stack. */
const bundlerError = () => Object.assign(new Error('Unexpected token'), { stack: '', frame: '> 1 | <' })

describe('drawAnyError', () => {
  it('draws ours with code and fix', () => {
    expect(drawAnyError(errors.BUILD_MISSING({ folder: '/shop' }))).toMatch(
      /^BUILD_MISSING {2}There is no build[\s\S]*Fix: /,
    )
  })

  it('draws ours from a server bundle, which has a class of its own', () => {
    const { name, code, fix, places, message } = errors.BUILD_MISSING({ folder: '/shop' })
    const bundled = Object.assign(new Error(message), { name, code, fix, places })
    expect(drawAnyError(bundled)).toBe(drawAnyError(errors.BUILD_MISSING({ folder: '/shop' })))
  })

  it('draws the message and the frame of an error without a stack', () => {
    expect(drawAnyError(bundlerError())).toBe('Unexpected token\n> 1 | <')
  })

  it('draws every error of several', () => {
    const all = new AggregateError([errors.BUILD_MISSING({ folder: '/a' }), bundlerError()], 'Two things.')
    expect(drawAnyError(all)).toMatch(/^Two things\.\n\nBUILD_MISSING[\s\S]*\n\nUnexpected token/)
  })

  it.each(['text', 7, undefined])('draws %j', (thrown) => {
    expect(drawAnyError(thrown)).toBe(String(thrown))
  })
})

describe('completeStack', () => {
  it('puts the frame between what happened and the calls', () => {
    const error = Object.assign(new TypeError('no tea'), { frame: '> 1 | pour()' })
    error.stack = 'TypeError: no tea\n    at pour (/shop/app/a.ts:1:1)\n    at serve (/shop/app/b.ts:2:1)'
    completeStack(error)
    completeStack(error)
    expect(error.stack).toBe(
      'TypeError: no tea\n> 1 | pour()\n    at pour (/shop/app/a.ts:1:1)\n    at serve (/shop/app/b.ts:2:1)',
    )
  })

  it('leaves a stack that says everything alone', () => {
    const error = new Error('no')
    const { stack } = error
    completeStack(error)
    expect(error.stack).toBe(stack)
  })
})
