import { describe, expect, it } from 'vitest'
import type { Reply } from '../../2-platform/index.ts'
import { withError } from './reply.ts'

const headers = { 'content-type': 'text/html; charset=utf-8', etag: '"1"', 'content-length': '4' }
const page = (body: Reply['body']): Reply => ({ status: 500, headers, body })
const error = new Error('no')
const marked = /^page<script type="application\/json" id="error-of-layer9">.*"message":"no".*<\/script>$/s

const text = async (body: Reply['body']): Promise<string> => {
  if (body === null || typeof body === 'string') return body ?? ''
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  let all = ''
  for await (const chunk of body) all += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
  return all
}

async function* stream(): AsyncGenerator<string> {
  yield 'pa'
  yield 'ge'
}

describe('withError', () => {
  it.each([
    ['text', 'page'],
    ['bytes', Buffer.from('page')],
    ['a stream', stream()],
  ])('adds the block at the end of %s', async (_, body) => {
    const reply = withError(page(body), error)
    expect(await text(reply.body)).toMatch(marked)
    expect(reply.headers).toEqual({ 'content-type': 'text/html; charset=utf-8' })
  })

  it('leaves other content, empty bodies and pages without an error as they are', () => {
    const json: Reply = { status: 500, headers: { 'content-type': 'application/json' }, body: '{}' }
    expect(withError(json, error)).toBe(json)
    const empty = page(null)
    expect(withError(empty, error)).toBe(empty)
    const fine = page('page')
    expect(withError(fine, undefined)).toBe(fine)
  })
})
