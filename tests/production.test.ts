// What `layer9 start` sends, byte by byte: caching, compression, ranges, bad input, and its orderly end.

import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** An endpoint that logs what an app might: names that a line has itself, line breaks, errors in data. */
const teaModule = `import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { log } from 'layer9/platform'

export const tea = endpoint('GET /tea', {
  access: everyone,
  handler: () => {
    log.warn('two\\nlines', { cups: 2, level: 'high', time: 'noon', msg: 'none', pots: { big: { full: true } } })
    log.info('tries', { tried: [new Error('the first'), new AggregateError([new Error('inside')], 'the second')] })
    return new Response('tea')
  },
})
`

let app: AppCopy
let server: RunningServer
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  await app.write('app/api/tea.ts', teaModule)
  expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
  server = await startLayer9(['start'], { cwd: app.root })
})
afterAll(async () => {
  await server.end()
  await app.delete()
})

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A request as it is written, without what fetch adds or decodes. */
const get = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  await new Promise((resolve, reject) => {
    const sent = request({ port: server.port, path, headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.once('error', reject).end()
  })

/** Writes bytes to the server and gives all that it answers. */
const raw = async (bytes: string): Promise<string> =>
  await new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setTimeout(5000, () => socket.destroy())
    socket
      .on('data', (chunk) => (answer += chunk))
      .on('close', () => resolve(answer))
      .on('error', reject)
  })

/** URL of the script that is on every page. */
const navigation = async () => {
  const { body } = await get('/')
  return /src="([^"]+)"/.exec(body.toString())?.[1] ?? ''
}

describe('pages in production', () => {
  it('are revalidated, and answer 304 to who has them', async () => {
    const { status, headers } = await get('/about')
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', etag: expect.any(String) })
    const again = await get('/about', { 'if-none-match': String(headers['etag']) })
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) })
  })

  it('carry the security headers', async () => {
    const { headers } = await get('/')
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
  })

  it('name all that they need in the first HTML', async () => {
    const html = (await get('/')).body.toString()
    for (const [, url = ''] of html.matchAll(/(?:src|href)="(\/_layer9\/assets\/[^"]+)"/g)) {
      expect((await get(url)).status, url).toBe(200)
    }
    expect(html).toContain('rel="stylesheet"')
    expect(html).toContain('rel="modulepreload"')
  })

  it('ship no component where there is no root', async () => {
    const html = (await get('/about')).body.toString()
    const scripts = [...html.matchAll(/"(\/_layer9\/assets\/[^"]+\.js)"/g)].map(([, url]) => url)
    // What listens for links and forms, and what it loads once one is wanted.
    expect(scripts).toEqual([await navigation(), expect.stringContaining('/assets/navigation-')])
  })

  it('hold no inline script', async () => {
    const html = (await get('/panel/one')).body.toString()
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag).toMatch(/ src=| type="application\/json"/)
  })
})

describe('assets in production', () => {
  it('are kept for ever, and sent compressed as they lie on the disk', async () => {
    const url = await navigation()
    const plain = await get(url, { 'accept-encoding': 'identity' })
    expect(plain.headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
      'content-type': expect.stringContaining('javascript'),
      vary: expect.stringMatching(/accept-encoding/i),
    })
    const zipped = await get(url, { 'accept-encoding': 'gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true)
    const brotli = await get(url, { 'accept-encoding': 'gzip, br' })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotli.body.length).toBeLessThan(zipped.body.length)
  })

  it('of public/ are asked for again', async () => {
    const { headers } = await get('/long.txt')
    expect(String(headers['cache-control'])).not.toContain('immutable')
    expect(await get('/long.txt', { 'if-none-match': String(headers['etag']) })).toMatchObject({ status: 304 })
  })

  it.each([
    ['bytes=0-4', 206, 'line '],
    ['bytes=-3', 206, '99\n'],
    ['bytes=5-2', 200, undefined],
    ['bytes=999999-', 416, undefined],
  ])('answer the range %s with %i', async (range, status, text) => {
    const answer = await get('/long.txt', { range })
    expect(answer.status).toBe(status)
    if (text !== undefined) expect(answer.body.toString()).toBe(text)
  })

  it('that are not there are a 404', async () => {
    expect((await get('/_layer9/assets/none-12345678.js')).status).toBe(404)
    expect((await get('/_layer9/assets/../../server/index.js')).status).toBe(400)
    expect((await get('/server/manifest.json')).status).toBe(404)
  })

  it('hold nothing of the server', async () => {
    const files = await readdir(`${app.root}/.layer9/build/client/_layer9/assets`)
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      const text = await app.read(`.layer9/build/client/_layer9/assets/${file}`)
      expect(text, file).not.toMatch(/layer9:canary|Body of the first post|first note|\bpostBy\b/)
    }
  })
})

describe('bad input in production', () => {
  it.each([
    ['GET /%zz HTTP/1.1', 400],
    ['GET /%c0%af HTTP/1.1', 400],
    ['GET /a%2fb HTTP/1.1', 400],
    ['GET /a/../b HTTP/1.1', 400],
    ['GET /%00 HTTP/1.1', 400],
    ['BREW / HTTP/1.1', 400],
    ['PROPFIND / HTTP/1.1', 405],
    ['DELETE /about HTTP/1.1', 405],
    ['GET //about HTTP/1.1', 308],
    ['GET /about/ HTTP/1.1', 308],
    ['POST /_layer9/api/notes/nothing HTTP/1.1', 404],
    ['POST /_layer9/api/__proto__/constructor HTTP/1.1', 404],
    ['GET /_layer9/api/notes/addNote HTTP/1.1', 405],
  ])('$0: $1', async (line, status) => {
    const answer = await raw(
      `${line}\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    )
    expect(answer.split('\r\n')[0]).toContain(` ${status} `)
  })

  it.each([
    ['{', 400],
    ['[]', 400],
    ['{"input":{"text":7}}', 422],
    ['{"input":{"__proto__":{"text":"x"}}}', 422],
    ['{"input":null}', 422],
    [`{"input":{"text":"${'x'.repeat(2_000_000)}"}}`, 413],
  ])('call %#: %i', async (body, status) => {
    const response = await fetch(`${server.url}/_layer9/api/notes/addNote`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code: expect.stringMatching(/^[A-Z_]+$/) } })
  })

  it('of another site changes nothing', async () => {
    const response = await fetch(`${server.url}/_layer9/api/notes/addNote`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
      body: '{"input":{"text":"evil"}}',
    })
    expect(response.status).toBe(403)
    expect((await get('/feed.txt')).body.toString()).not.toContain('evil')
  })

  it('leaves the process up', async () => {
    await raw('\0\0\0\0\r\n\r\n')
    await raw('GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n')
    expect((await get('/')).status).toBe(200)
    expect((await get('/_layer9/health')).status).toBe(200)
  })
})

describe('layer9 start', () => {
  it('says that a port is taken', async () => {
    const ended = await runLayer9(['start'], { cwd: app.root, env: { PORT: String(server.port) } })
    expect(ended.code).toBe(1)
    // Drawn, not as a stack of the bundle.
    expect(ended.err).toMatch(/^SERVER_PORT_TAKEN {2}Port \d+ .*\n {2}Fix: .*\n$/)
  })

  it('listens where HOST and PORT say', async () => {
    const other = await startLayer9(['start'], { cwd: app.root, env: { HOST: '127.0.0.1', PORT: '0' } })
    expect((await fetch(`http://127.0.0.1:${other.port}/`)).status).toBe(200)
    expect(await other.end('SIGINT')).toBe(0)
  })

  it('finishes what it began when it is told to end, and takes nothing new', async () => {
    const other = await startLayer9(['start'], { cwd: app.root })
    const socket = connect(other.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk))
    const closed = new Promise((done) => socket.once('close', done))
    // A request whose body is still coming: it is running when the signal arrives.
    const body = '{"input":{"text":"late"}}'
    socket.write(
      `POST /_layer9/api/notes/addNote HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    )
    await new Promise((done) => setTimeout(done, 100))
    const ended = other.end('SIGTERM')
    await new Promise((done) => setTimeout(done, 100))
    await expect(fetch(other.url)).rejects.toThrow()
    socket.write(body)
    await closed
    expect(answer).toContain('HTTP/1.1 200')
    expect(await ended).toBe(0)
  })

  it('serves the assets of the build before, for pages that are open', async () => {
    const copy = await copyApp('tests/fixtures/site')
    expect((await runLayer9(['build'], { cwd: copy.root })).code).toBe(0)
    const before = await readdir(`${copy.root}/.layer9/build/client/_layer9/assets`)
    await copy.edit('app/components/Counter.tsx', 'add', 'plus one')
    expect((await runLayer9(['build'], { cwd: copy.root })).code).toBe(0)
    const after = await readdir(`${copy.root}/.layer9/build/client/_layer9/assets`)
    expect(after).toEqual(expect.arrayContaining(before))
    expect(after.length).toBeGreaterThan(before.length)
    await copy.delete()
  })
})

describe('logs', () => {
  interface Line {
    level: number
    time: number
    msg: string
    [data: string]: unknown
  }
  let lines: Line[]
  const find = (msg: string | RegExp) =>
    lines.filter((line) => (typeof msg === 'string' ? line.msg === msg : msg.test(line.msg)))
  const began = Date.now()

  beforeAll(async () => {
    const other = await startLayer9(['start'], { cwd: app.root })
    const answered = async (path: string, init?: RequestInit) => await (await fetch(other.url + path, init)).text()
    await answered('/about?token=secret')
    await answered('/tea')
    await answered('/nothing%0Ahere')
    const headers = { 'content-type': 'application/json' }
    await answered('/_layer9/api/notes/fails', { method: 'POST', headers, body: '{}' })
    await new Promise((done) => connect(other.port, '127.0.0.1').end('tea please\r\n\r\n').once('close', done).resume())
    await other.end()
    // Whatever is on either stream: a line that is no object throws here.
    lines = other
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  })

  it('are one JSON object a line, each with time, level and message', () => {
    expect(lines.length).toBeGreaterThan(6)
    for (const line of lines) {
      expect(line).toMatchObject({ level: expect.any(Number), time: expect.any(Number), msg: expect.any(String) })
      expect([30, 40, 50]).toContain(line.level)
      expect(line.time).toBeGreaterThanOrEqual(began)
      expect(line.time).toBeLessThanOrEqual(Date.now())
    }
  })

  it('have a line a request, whose parts are data', () => {
    expect(find(/^GET \/about 200 /)).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        method: 'GET',
        path: '/about',
        status: 200,
        milliseconds: expect.any(Number),
        msg: expect.stringMatching(/^GET \/about 200 [\d.]+ms$/),
      },
    ])
    expect(find(/ 400 /)).toEqual([
      expect.objectContaining({ level: 40, path: '/nothing%0Ahere', status: 400, address: expect.any(String) }),
      expect.objectContaining({ level: 40, path: '(HPE_INVALID_METHOD)', status: 400 }),
    ])
  })

  it('have the data of the app beside the message, never instead of what a line has itself', () => {
    expect(find('two\nlines')).toEqual([
      {
        level: 40,
        time: expect.any(Number),
        cups: 2,
        level_: 'high',
        time_: 'noon',
        msg_: 'none',
        pots: { big: { full: true } },
        msg: 'two\nlines',
      },
    ])
  })

  it('have errors with their stacks, also where they are inside of data', () => {
    const [line] = find('POST /_layer9/api/notes/fails failed')
    expect(line).toMatchObject({ level: 50, id: expect.any(String), err: { message: 'the secret reason' } })
    expect(line?.['err']).toMatchObject({ stack: expect.stringContaining('app/api/notes.ts') })
    expect(find('tries')).toEqual([
      expect.objectContaining({
        tried: [
          expect.objectContaining({ message: 'the first', stack: expect.any(String) }),
          expect.objectContaining({ message: 'the second', errors: [expect.objectContaining({ message: 'inside' })] }),
        ],
      }),
    ])
  })
})

describe('layer9 build', () => {
  it('fails with the broken rule, its place and the way out, and keeps the last build', async () => {
    const copy = await copyApp('tests/fixtures/site')
    expect((await runLayer9(['build'], { cwd: copy.root })).code).toBe(0)
    await copy.edit(
      'app/services/posts.ts',
      'const posts',
      "import { tally } from '~/state/tally'\nexport const wrong = tally\nconst posts",
    )
    const ended = await runLayer9(['build'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('LAYER_UPWARD  app/services/posts.ts:1 (services, 4) imports ~/state/tally (state, 7)')
    expect(ended.err).toContain('A layer imports only from layers below it.')
    const kept = await startLayer9(['start'], { cwd: copy.root })
    expect((await fetch(kept.url)).status).toBe(200)
    await kept.end()
    await copy.delete()
  })

  it('shows the frame of what does not parse', async () => {
    const copy = await copyApp('tests/fixtures/site')
    await copy.edit('app/components/Badge.tsx', '</strong>', '</b>')
    const ended = await runLayer9(['build'], { cwd: copy.root })
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('app/components/Badge.tsx')
    expect(ended.err).toContain('</b>')
    await copy.delete()
  })
})
