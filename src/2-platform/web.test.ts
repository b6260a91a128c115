import { describe, expect, it } from 'vitest'
import type { Reply } from './exchange.ts'
import { fromRequest, toReply, toResponse } from './web.ts'

describe('fromRequest', () => {
  it('splits the URL and drops what only the framework may say', () => {
    const incoming = fromRequest(
      new Request('https://a.example/x%20y?q=1', { headers: { 'X-Layer9-Mode': 'admin', 'X-Own': '1' } }),
    )
    expect(incoming).toMatchObject({
      method: 'GET',
      path: '/x%20y',
      search: '?q=1',
      origin: 'https://a.example',
      address: '127.0.0.1',
    })
    expect(incoming.headers).toMatchObject({ 'x-own': '1' })
    expect(incoming.headers).not.toHaveProperty('x-layer9-mode')
    expect(Object.isFrozen(incoming)).toBe(true)
  })

  it('reads the body once, for as many as ask', async () => {
    const incoming = fromRequest(new Request('http://localhost/', { method: 'POST', body: 'héllo' }))
    expect(new TextDecoder().decode(await incoming.body())).toBe('héllo')
    expect((await incoming.body()).byteLength).toBe(6)
  })

  it('refuses bodies over the limit', async () => {
    const incoming = fromRequest(new Request('http://localhost/', { method: 'POST', body: 'hello' }), { bodyLimit: 4 })
    await expect(incoming.body()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 })
    await expect(incoming.body(5)).resolves.toHaveProperty('byteLength', 5)
  })
})

describe('toReply and toResponse', () => {
  it('carry status, headers, cookies and body there and back', async () => {
    const headers = new Headers([
      ['content-type', 'text/css'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    const reply = toReply(new Response('body', { status: 201, headers }))
    expect(reply).toMatchObject({ status: 201, headers: { 'content-type': 'text/css', 'set-cookie': ['a=1', 'b=2'] } })
    const response = toResponse(reply)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.text()).toBe('body')
  })

  it('stream', async () => {
    const reply: Reply = {
      status: 200,
      headers: {},
      body: (async function* () {
        yield 'a'
        yield new TextEncoder().encode('ß')
      })(),
    }
    expect(await toResponse(reply).text()).toBe('aß')
  })

  it('stop a stream that nobody reads', async () => {
    let stopped = false
    async function* endless() {
      try {
        for (;;) yield 'tick'
      } finally {
        stopped = true
      }
    }
    await toResponse({ status: 200, headers: {}, body: endless() }).body!.cancel()
    expect(stopped).toBe(false) // never begun, so nothing to stop
    const begun = toResponse({ status: 200, headers: {}, body: endless() }).body!.getReader()
    await begun.read()
    await begun.cancel()
    expect(stopped).toBe(true)
  })

  it.each([
    [204, 'GET'],
    [304, 'GET'],
    [200, 'HEAD'],
  ] as const)('have no body with %i to %s', async (status, method) => {
    expect(toResponse({ status, headers: {}, body: status === 200 ? 'x' : null }, method).body).toBeNull()
  })

  it('carry no body as none', () => {
    expect(toReply(new Response(null, { status: 204 })).body).toBeNull()
  })
})
