import { once } from 'node:events'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { etagOf, type Incoming, json, type Reply, text } from '../../2-platform/index.ts'
import { ask, send, serve } from './testing/raw.fixture.ts'

const long = '<p>ü</p>'.repeat(500)
const page: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', etag: etagOf(long) },
  body: long,
}
const streamed = (...chunks: (string | Uint8Array)[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: (async function* () {
    yield* chunks
  })(),
})

describe('replies', () => {
  it('have the length of their bytes', async () => {
    const { port } = await serve({ handler: () => text('grüße') })
    expect(await ask(port, '/')).toMatchObject({ body: 'grüße', headers: { 'content-length': '7' } })
  })

  it.each([
    ['of ASCII', 'a'.repeat(40_000)],
    ['with one other character', `${'a'.repeat(40_000)}é`],
    ['beyond the first plane', '\u{1f600}'],
    ['of half a pair, which has no bytes of its own', 'a\ud83d'],
  ])('are UTF-8, whatever they hold: %s', async (_, body) => {
    const { port } = await serve({ handler: () => text(body) })
    const answer = await ask(port, '/')
    expect(answer.bytes.equals(Buffer.from(body, 'utf8'))).toBe(true)
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })

  it('of bytes, of nothing and with lists of headers are written as they are', async () => {
    const replies: Record<string, Reply> = {
      '/bytes': { status: 200, headers: { 'content-type': 'image/png' }, body: new Uint8Array([0, 255]) },
      '/nothing': { status: 404, headers: {}, body: null },
      '/cookies': { status: 204, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: null },
    }
    const { port } = await serve({ handler: (incoming) => replies[incoming.path]! })
    expect([...(await ask(port, '/bytes')).bytes]).toEqual([0, 255])
    expect(await ask(port, '/nothing')).toMatchObject({ status: 404, body: '', headers: { 'content-length': '0' } })
    const cookies = await ask(port, '/cookies')
    expect(cookies.headers['set-cookie']).toBe('a=1, b=2')
    expect(cookies.headers).not.toHaveProperty('content-length')
  })

  it('do not believe a length of the handler’s own', async () => {
    const { port } = await serve({ handler: () => text('hello', { headers: { 'content-length': '500' } }) })
    expect(await ask(port, '/')).toMatchObject({ body: 'hello', headers: { 'content-length': '5' } })
    const nothing = await serve({ handler: () => ({ status: 200, headers: { 'content-length': '500' }, body: null }) })
    expect(await ask(nothing.port, '/')).toMatchObject({ headers: { 'content-length': '0' } })
  })

  it('keep the connection for the next request', async () => {
    const { port } = await serve({ handler: (incoming) => text(incoming.path) })
    const requests = ['/a', '/b', '/c'].map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join('')
    const responses = await send(port, requests, { methods: ['GET', 'GET', 'GET'] })
    expect(responses.map((response) => response.body)).toEqual(['/a', '/b', '/c'])
  })
})

describe('HEAD', () => {
  it('is told the headers of a GET, and no body', async () => {
    const { port } = await serve({ handler: () => text('hello') })
    const [response] = await send(
      port,
      'HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: localhost\r\n\r\n',
      { methods: ['HEAD', 'HEAD'] },
    )
    expect(response).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '5', 'content-type': 'text/plain; charset=utf-8' },
    })
  })

  it('of a stream or of what would be compressed has no length', async () => {
    const { port } = await serve({ handler: (incoming) => (incoming.path === '/s' ? streamed('a') : page) })
    expect((await ask(port, '/s', {}, 'HEAD')).headers).not.toHaveProperty('content-length')
    const packed = await ask(port, '/', { 'accept-encoding': 'br' }, 'HEAD')
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
    expect(packed.headers).not.toHaveProperty('content-length')
  })
})

describe('streams that are not sent', () => {
  it.each([
    ['HEAD', 200, {}],
    ['GET', 204, {}],
    ['GET', 200, { 'if-none-match': '"1"' }],
  ] as const)('are told so, with %s and %i', async (method, status, asked) => {
    let told = false
    const body = {
      [Symbol.asyncIterator]: () => ({
        next: async () => await Promise.reject(new Error('nobody asked')),
        return: async () => {
          told = true
          return { done: true as const, value: undefined }
        },
      }),
    }
    const { port, errors } = await serve({ handler: () => ({ status, headers: { etag: '"1"' }, body }) })
    expect((await ask(port, '/', asked, method)).body).toBe('')
    expect(told).toBe(true)
    expect(errors).toEqual([])
  })
})

describe('entity tags', () => {
  it('that the visitor has are answered by a 304 with nothing in it', async () => {
    const { port } = await serve({
      handler: () => ({ ...page, headers: { ...page.headers, 'cache-control': 'private, no-cache' } }),
    })
    const first = await ask(port, '/')
    for (const method of ['GET', 'HEAD']) {
      const again = await ask(port, '/', { 'if-none-match': first.headers['etag']!, 'accept-encoding': 'br' }, method)
      expect(again).toMatchObject({
        status: 304,
        body: '',
        headers: { etag: first.headers['etag'], 'cache-control': 'private, no-cache', vary: 'accept-encoding' },
      })
      expect(again.headers).not.toHaveProperty('content-type')
      expect(again.headers).not.toHaveProperty('content-length')
    }
    expect((await ask(port, '/', { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await ask(port, '/', { 'if-none-match': first.headers['etag']! }, 'POST')).status).toBe(200)
  })

  it('count for a 200 only', async () => {
    const { port } = await serve({ handler: () => ({ ...page, status: 404 }) })
    expect((await ask(port, '/', { 'if-none-match': '*' })).status).toBe(404)
  })
})

describe('compression', () => {
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }

  it.each(['br', 'gzip'] as const)('by %s, of short and long pages', async (encoding) => {
    const huge = '<p>tea</p>'.repeat(20_000)
    const { port } = await serve({
      handler: (incoming) => (incoming.path === '/huge' ? { ...page, body: huge } : page),
    })
    for (const [path, body] of [
      ['/', long],
      ['/huge', huge],
    ] as const) {
      const response = await ask(port, path, { 'accept-encoding': encoding })
      expect(response.headers).toMatchObject({
        'content-encoding': encoding,
        vary: 'accept-encoding',
        'content-length': String(response.bytes.length),
      })
      expect(response.bytes.length).toBeLessThan(body.length / 2)
      expect(unpack[encoding](response.bytes).toString()).toBe(body)
    }
  })

  it('is left out where the client takes none, and still told to caches', async () => {
    const { port } = await serve({ handler: () => page })
    const response = await ask(port, '/')
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response).toMatchObject({ body: long, headers: { vary: 'accept-encoding' } })
  })

  it.each<[string, Reply]>([
    ['short', text('short')],
    ['encoded', { ...page, headers: { ...page.headers, 'content-encoding': 'zstd' } }],
    ['of images', { ...page, headers: { 'content-type': 'image/png' } }],
    ['not to be transformed', { ...page, headers: { ...page.headers, 'cache-control': 'no-transform' } }],
    ['events', { ...page, headers: { 'content-type': 'text/event-stream' } }],
    ['of no type', { ...page, headers: {} }],
  ])('leaves bodies that are %s alone', async (_, reply) => {
    const { port } = await serve({ handler: () => reply })
    const response = await ask(port, '/', { 'accept-encoding': 'br, gzip' })
    expect(['zstd', undefined]).toContain(response.headers['content-encoding'])
    expect(response.body).toBe(reply.body)
    expect(response.headers).not.toHaveProperty('vary')
  })

  it('adds to a Vary that is there', async () => {
    const { port } = await serve({ handler: () => ({ ...page, headers: { ...page.headers, vary: 'cookie' } }) })
    expect((await ask(port, '/', { 'accept-encoding': 'gzip' })).headers['vary']).toBe('cookie, accept-encoding')
  })

  it('keeps lists of headers', async () => {
    const { port } = await serve({
      handler: () => ({ ...page, headers: { ...page.headers, 'set-cookie': ['vary', 'b=2'] } }),
    })
    expect((await ask(port, '/', { 'accept-encoding': 'gzip' })).headers).toMatchObject({
      'set-cookie': 'vary, b=2',
      vary: 'accept-encoding',
    })
  })

  it.each(['br', 'gzip'] as const)('of streams by %s flushes each chunk', async (encoding) => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const body = (async function* () {
      yield '<p>first</p>'
      await gate
      yield new TextEncoder().encode('<p>last</p>')
    })()
    const { port } = await serve({ handler: () => ({ ...streamed(), body }) })
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`)
    let received: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      // Bytes of the first chunk are here though the second was not made yet.
      if (received.indexOf('\r\n\r\n') + 10 < received.length) release()
    })
    await once(socket, 'close')
    expect(received.toString('latin1')).toMatch(new RegExp(`content-encoding: ${encoding}`, 'i'))
    const [response] = await send(port, `GET / HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(response?.status).toBe(200)
  })

  it('of streams gives back what went in', async () => {
    const chunks = ['<p>ä</p>', 'x'.repeat(70_000), '', new TextEncoder().encode('ß')]
    const { port } = await serve({ handler: () => streamed(...chunks) })
    for (const encoding of ['br', 'gzip'] as const) {
      const response = await ask(port, '/', { 'accept-encoding': encoding })
      expect(unpack[encoding](response.bytes).toString()).toBe(`<p>ä</p>${'x'.repeat(70_000)}ß`)
    }
    expect((await ask(port, '/')).body).toBe(`<p>ä</p>${'x'.repeat(70_000)}ß`)
  })
})

describe('streams', () => {
  it('are asked for no more than the client reads', async () => {
    let made = 0
    let stopped = false
    const body = (async function* () {
      try {
        for (;;) {
          made++
          yield 'x'.repeat(65_536)
        }
      } finally {
        stopped = true
      }
    })()
    const { port } = await serve({ handler: () => ({ status: 200, headers: {}, body }) })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'connect')
    await expect.poll(() => made).toBeGreaterThan(1)
    // Nobody reads: the making comes to rest once the buffers are full.
    const isResting = () => {
      const rests = made === before
      before = made
      return rests
    }
    let before = -1
    await expect.poll(isResting, { interval: 100 }).toBe(true)
    expect(made).toBeLessThan(1000)
    socket.destroy()
    await expect.poll(() => stopped).toBe(true)
  })

  it('stop when the client leaves between two chunks', async () => {
    let leave = () => {}
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    let stopped = false
    const body = (async function* () {
      try {
        yield 'first'
        await left
        yield 'second'
        yield 'third'
      } finally {
        stopped = true
      }
    })()
    const { port, errors } = await serve({ handler: () => ({ status: 200, headers: {}, body }) })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    // The server hears of it a moment later than the client knows.
    setTimeout(leave, 50)
    await expect.poll(() => stopped).toBe(true)
    expect(errors).toEqual([])
  })

  it('end for a client that does not read', async () => {
    let stopped = false
    const body = (async function* () {
      try {
        for (;;) yield 'x'.repeat(65_536)
      } finally {
        stopped = true
      }
    })()
    const { port } = await serve({ handler: () => ({ status: 200, headers: {}, body }) }, { limits: { stall: 100 } })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await expect.poll(() => stopped, { timeout: 5000 }).toBe(true)
    socket.destroy()
  })

  const failing = (reason: unknown) => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(reason) }) })
  it.each([
    ['a stream that fails before anything is sent', failing(new Error('no'))],
    ['a stream that fails with null', failing(null)],
    ['nothing at all', undefined],
    ['a number', 7],
  ])('are an error with an id for %s', async (_, body) => {
    // JavaScript may return what the types refuse.
    const { port, errors } = await serve({ handler: () => ({ status: 200, headers: {}, body: body as never }) })
    const response = await ask(port, '/')
    expect(response.status).toBe(500)
    expect(JSON.parse(response.body).error).toMatchObject({ code: 'INTERNAL', id: errors[0]!.id })
  })

  it('that are shorter or longer than they declare never pass for whole', async () => {
    for (const declared of ['1', '9']) {
      const { port, errors } = await serve({
        handler: () => ({ status: 200, headers: { 'content-length': declared }, body: streamed('hello').body }),
      })
      const response = await ask(port, '/').catch(() => undefined)
      if (declared === '9') expect(response).toBeUndefined()
      expect(errors).toHaveLength(1)
    }
  })
})

describe('signal', () => {
  it('tells a handler that the client has left', async () => {
    let aborted = false
    const handler = async (incoming: Incoming) => {
      await once(incoming.signal, 'abort')
      aborted = true
      return text('late')
    }
    const { port } = await serve({ handler })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    setTimeout(() => socket.destroy(), 30)
    await expect.poll(() => aborted).toBe(true)
  })

  it('is silent when all went well', async () => {
    let signal: AbortSignal | undefined
    const handler = (incoming: Incoming) => {
      signal = incoming.signal
      return json(1)
    }
    const { port } = await serve({ handler })
    await ask(port, '/')
    await ask(port, '/')
    expect(signal?.aborted).toBe(false)
  })
})
