import { describe, expect, it } from 'vitest'
import { eachCase } from '../../../tests/harness/random.ts'
import { NotFound, redirect } from '../../1-contracts/index.ts'
import { type Incoming, json, type Reply, text } from '../../2-platform/index.ts'
import { ask, send, serve } from './testing/raw.fixture.ts'

const show = (incoming: Incoming): Reply => {
  const { method, path, search, origin, headers, address } = incoming
  return json({ method, path, search, origin, headers, address, url: incoming.request.url })
}
const errorOf = (response: { body: string }) => JSON.parse(response.body).error

describe('the way in', () => {
  it('hands on a request that is parsed once', async () => {
    const { port } = await serve({ handler: show })
    const seen = JSON.parse((await ask(port, '/a%20b?x=1', { 'X-Own': 'é', host: `LocalHost:${3000}` })).body)
    expect(seen).toMatchObject({
      method: 'GET',
      path: '/a%20b',
      search: '?x=1',
      origin: 'http://localhost:3000',
      address: '127.0.0.1',
      url: 'http://localhost:3000/a%20b?x=1',
    })
  })

  it('freezes it', async () => {
    let frozen = false
    const handler = (incoming: Incoming) => {
      frozen = Object.isFrozen(incoming)
      return text('ok')
    }
    const { port } = await serve({ handler })
    await ask(port, '/')
    expect(frozen).toBe(true)
  })

  it('strips what only the framework or a trusted proxy may say', async () => {
    const { port } = await serve({ handler: show })
    const headers = {
      'X-Layer9-Mode': 'admin',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    }
    const seen = JSON.parse((await ask(port, '/', headers)).body)
    expect(seen.headers).not.toHaveProperty('x-layer9-mode')
    expect(seen.headers).not.toHaveProperty('x-forwarded-for')
    expect(seen).toMatchObject({ origin: 'http://localhost', address: '127.0.0.1' })
  })

  it('believes a trusted proxy', async () => {
    const { port } = await serve({ handler: show }, { trustProxy: true })
    const headers = {
      'x-forwarded-for': '6.6.6.6, 7.7.7.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'a.example',
    }
    expect(JSON.parse((await ask(port, '/', headers)).body)).toMatchObject({
      origin: 'https://a.example',
      address: '7.7.7.7',
    })
  })
})

describe('URLs', () => {
  it.each([
    '/%',
    '/%ff',
    '/%2f',
    '/%5c',
    '/%00',
    '/..',
    '/%2e%2E/x',
    '/a\\b',
    '/?q=%',
    'http://a.example/',
    '*',
    '//%2e',
  ])('%s is a 400', async (target) => {
    const { port, entries } = await serve({ handler: show })
    const response = await ask(port, target)
    expect(response.status).toBe(400)
    expect(errorOf(response).code).toBe('URL_INVALID')
    expect(entries).toHaveLength(1)
  })

  it.each([
    ['/a/', '/a'],
    ['//a', '/a'],
    ['/%41?x=%zz'.replace('%zz', '1'), '/A?x=1'],
    ['/%c3%bc', '/%C3%BC'],
  ])('%s is a 308 to %s', async (target, to) => {
    const { port } = await serve({ handler: show })
    for (const method of ['GET', 'HEAD']) {
      const response = await ask(port, target, {}, method)
      expect(response.status).toBe(308)
      expect(response.headers['location']).toBe(to)
    }
    expect((await ask(port, target, {}, 'DELETE')).status).toBe(404)
  })

  it('are taken below the base alone', async () => {
    const { port } = await serve({ handler: show }, { base: '/app/' })
    expect(JSON.parse((await ask(port, '/app')).body).path).toBe('/')
    expect(JSON.parse((await ask(port, '/app/x')).body)).toMatchObject({ path: '/x', url: 'http://localhost/app/x' })
    expect((await ask(port, '/app/')).headers['location']).toBe('/app')
    expect((await ask(port, '/apple')).status).toBe(404)
    expect((await ask(port, '/')).status).toBe(404)
  })
})

describe('hosts', () => {
  it.each(['a b', 'a@b', '', 'a/b', 'localhost:99999', 'ex%61mple'])('%j is none', async (host) => {
    const { port } = await serve({})
    const response = await ask(port, '/', { host })
    expect(response.status).toBe(400)
    expect(errorOf(response).code).toBe('HOST_INVALID')
  })

  it('come once', async () => {
    const { port } = await serve({})
    for (const second of ['localhost', 'evil.example']) {
      const [response] = await send(port, `GET / HTTP/1.1\r\nHost: localhost\r\nHost: ${second}\r\n\r\n`)
      expect(response?.status).toBe(400)
    }
    const [none] = await send(port, 'GET / HTTP/1.1\r\n\r\n')
    expect(none?.status).toBe(400)
  })

  it('are those allowed', async () => {
    const { port } = await serve({}, { allowedHosts: ['a.example'] })
    expect((await ask(port, '/', { host: 'a.example:3000' })).status).toBe(200)
    const response = await ask(port, '/', { host: 'evil.example' })
    expect(response.status).toBe(421)
    expect(errorOf(response).code).toBe('HOST_NOT_ALLOWED')
  })
})

describe('methods', () => {
  it.each(['TRACE', 'PROPFIND', 'MKCOL', 'LINK'])('%s is a 405 that says what there is', async (method) => {
    const { port } = await serve({})
    const response = await ask(port, '/', {}, method)
    expect(response.status).toBe(405)
    expect(response.headers['allow']).toContain('GET, HEAD, POST')
    expect(errorOf(response).code).toBe('METHOD_NOT_ALLOWED')
  })

  it.each([
    'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'get / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n',
  ])('%j is a typed 4xx', async (raw) => {
    const { port } = await serve({})
    const [response] = await send(port, raw)
    expect(response?.status).toBeGreaterThanOrEqual(400)
    expect(response?.status).toBeLessThan(500)
    expect(errorOf(response!).code).toEqual(expect.any(String))
  })
})

describe('the error boundary', () => {
  const secret = () => {
    throw new Error('secret detail')
  }

  it('answers with an id, reports the rest, stays up', async () => {
    const { port, errors, entries } = await serve({
      handler: (incoming) =>
        incoming.path === '/ok' ? text('ok') : incoming.path === '/later' ? Promise.resolve().then(secret) : secret(),
    })
    for (const [index, path] of ['/now', '/later'].entries()) {
      const response = await ask(port, path)
      expect(response.status).toBe(500)
      expect(response.body).not.toContain('secret')
      expect(errorOf(response)).toMatchObject({ code: 'INTERNAL', id: errors[index]?.id })
      expect(errors[index]?.error).toMatchObject({ message: 'secret detail' })
    }
    expect((await ask(port, '/ok')).body).toBe('ok')
    expect(entries.map((entry) => entry.status)).toEqual([500, 500, 200])
  })

  it('knows outcomes', async () => {
    const handler = (incoming: Incoming): Reply => {
      if (incoming.path === '/moved') redirect('/there')
      throw new NotFound('post')
    }
    const { port, errors } = await serve({ handler })
    expect((await ask(port, '/')).status).toBe(404)
    expect(await ask(port, '/moved')).toMatchObject({ status: 303, headers: { location: '/there' } })
    expect(errors).toEqual([])
  })

  it('covers headers that cannot be written', async () => {
    const { port, errors } = await serve({ handler: () => text('x', { headers: { 'x-bad': 'a\r\nset-cookie: b' } }) })
    const response = await ask(port, '/')
    expect(response.status).toBe(500)
    expect(response.headers).not.toHaveProperty('set-cookie')
    expect(errors).toHaveLength(1)
  })

  it('covers replies that are none', async () => {
    const { port, errors } = await serve({ handler: () => undefined as never })
    expect((await ask(port, '/')).status).toBe(500)
    expect(errors).toHaveLength(1)
  })

  it('ends an answer that fails midway, so that nobody takes it for whole', async () => {
    const body = async function* () {
      yield 'first'
      throw new Error('midway')
    }
    const { port, errors } = await serve({ handler: () => ({ status: 200, headers: {}, body: body() }) })
    await expect(ask(port, '/')).resolves.toBeUndefined() // no whole response came
    expect(errors[0]?.error).toMatchObject({ message: 'midway' })
  })
})

describe('the log', () => {
  it('has a line a request, without the query', async () => {
    const { port, entries } = await serve({ handler: () => text('ok', { status: 201 }) })
    await ask(port, '/a?token=secret')
    expect(entries).toEqual([
      { method: 'GET', path: '/a', status: 201, milliseconds: expect.any(Number), address: '127.0.0.1' },
    ])
  })
})

describe('the log of what could not be parsed', () => {
  it('has a line too, with what was wrong', async () => {
    const { port, entries } = await serve({})
    await send(port, 'tea please\r\n\r\n')
    expect(entries).toEqual([
      expect.objectContaining({ method: '-', path: '(HPE_INVALID_METHOD)', status: 400, address: '127.0.0.1' }),
    ])
  })
})

describe('health', () => {
  it('is known without a host, for probes', async () => {
    const { port, entries } = await serve({ handler: () => text('never') }, { allowedHosts: ['a.example'] })
    const [response] = await send(port, 'GET /_layer9/health HTTP/1.1\r\n\r\n')
    expect(response).toMatchObject({ status: 200, body: '{"status":"serving"}' })
    expect(entries).toEqual([])
  })
})

describe('intercept', () => {
  it('is offered canonical requests only, and may take them over', async () => {
    const seen: string[] = []
    const { port, entries } = await serve(
      {},
      {
        intercept(incoming, _, response) {
          seen.push(incoming.path)
          if (incoming.path !== '/mine') return false
          response.end('taken')
          return true
        },
      },
    )
    expect((await ask(port, '/mine')).body).toBe('taken')
    expect((await ask(port, '/other')).body).toBe('ok')
    await ask(port, '/%2f')
    expect(seen).toEqual(['/mine', '/other'])
    expect(entries).toHaveLength(3)
  })
})

describe('anything', () => {
  it('of random requests is answered by legal HTTP, typed where it is refused, and the process stays up', async () => {
    const pieces = [
      '/',
      'a',
      '..',
      '%2e',
      '%',
      '%00',
      '\\',
      '?',
      '#',
      ' ',
      '\u0000',
      '\u00ff',
      '%C3%BC',
      ';',
      '//',
      '@',
      '*',
      'http://x',
    ]
    const { port, errors } = await serve({ handler: show })
    await eachCase(async ({ below, pick }) => {
      const target = pick(['/', '/', '/', '']) + Array.from({ length: 1 + below(4) }, () => pick(pieces)).join('')
      const method = pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'BREW', 'GET GET'])
      const header = pick([
        'Host: localhost',
        'Host: localhost',
        'Host: localhost',
        'Host: localhost:3000',
        'Host: ',
        'Host: a b',
        'host: localhost\r\nX: \u0001',
        'Host: localhost\r\nContent-Length: -1',
        'Host: localhost\r\nTransfer-Encoding: x',
        ': y',
        'Host: localhost\r\n folded',
      ])
      const raw = `${method} ${target} ${pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9', ''])}\r\n${header}\r\n\r\n`
      const where = JSON.stringify(raw)
      const [response] = await send(port, Buffer.from(raw, 'latin1'), { methods: [method], end: true })
      if (!response) return // ended without an answer: HTTP/0.9 and the like
      expect(response.status, where).toBeLessThan(500)
      if (response.status >= 400 && method !== 'HEAD') expect(errorOf(response).code, where).toEqual(expect.any(String))
    })
    expect(errors).toEqual([])
    expect((await ask(port, '/still-there')).status).toBe(200)
  })
})
