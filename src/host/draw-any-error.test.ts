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

  it('draws ours of another copy of the class, as a server bundle has one', () => {
    const { message, code, fix, places } = errors.BUILD_MISSING({ folder: '/shop' })
    const foreign = Object.assign(new Error(message), { name: 'Layer9Error', code, fix, places })
    expect(drawAnyError(foreign)).toBe(drawAnyError(errors.BUILD_MISSING({ folder: '/shop' })))
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
  it('leaves a stack that says everything alone', () => {
    const error = new Error('no')
    const { stack } = error
    completeStack(error)
    expect(error.stack).toBe(stack)
  })
})
