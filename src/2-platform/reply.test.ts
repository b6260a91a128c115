import { describe, expect, it } from 'vitest'
import { Invalid, NotFound, Redirect, TooManyRequests } from '../1-contracts/index.ts'
import { json, outcomeReply, problem, redirectReply, text } from './reply.ts'

describe('json and text', () => {
  it('give replies of their type', () => {
    expect(json({ a: 1 })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"a":1}',
    })
    expect(text('hello').headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('share one frozen record of headers', () => {
    expect(json(1).headers).toBe(json(2).headers)
    expect(Object.isFrozen(json(1).headers)).toBe(true)
  })

  it('take status and headers', () => {
    expect(json({}, { status: 201, headers: { location: '/a' } })).toMatchObject({
      status: 201,
      headers: { location: '/a' },
    })
    expect(json({}).headers['location']).toBeUndefined()
  })

  it('write nothing as null', () => {
    expect(json(undefined).body).toBe('null')
  })
})

describe('problem', () => {
  it('is typed JSON that nobody stores', () => {
    const reply = problem(415, { code: 'NOT_JSON', message: 'Send JSON.' }, { id: 'i1', data: { a: 1 } })
    expect(reply).toMatchObject({ status: 415, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(reply.body as string)).toEqual({
      error: { code: 'NOT_JSON', message: 'Send JSON.', id: 'i1', data: { a: 1 } },
    })
  })

  it('leaves out what there is not', () => {
    expect(problem(400, { code: 'NO' }).body).toBe('{"error":{"code":"NO"}}')
  })
})

describe('outcomeReply', () => {
  it('carries status, code, message and data', () => {
    const reply = outcomeReply(new Invalid({ title: 'taken' }))
    expect(reply.status).toBe(422)
    expect(JSON.parse(reply.body as string).error).toMatchObject({ code: 'INVALID', data: { title: 'taken' } })
    expect(JSON.parse(outcomeReply(new NotFound()).body as string).error).not.toHaveProperty('data')
  })

  it('says when to come back', () => {
    expect(outcomeReply(new TooManyRequests(7)).headers['retry-after']).toBe('7')
    expect(outcomeReply(new TooManyRequests()).headers['retry-after']).toBeUndefined()
  })
})

describe('redirectReply', () => {
  it('is a 303 to where the app is mounted', () => {
    const inside = new Redirect({ to: '/a', external: false })
    expect(redirectReply(inside)).toMatchObject({ status: 303, headers: { location: '/a' }, body: null })
    expect(redirectReply(inside, '/app/').headers['location']).toBe('/app/a')
    expect(redirectReply(inside, '/app').headers['location']).toBe('/app/a')
    const outside = new Redirect({ to: 'https://pay.example/', external: true })
    expect(redirectReply(outside, '/app/').headers['location']).toBe('https://pay.example/')
  })
})
