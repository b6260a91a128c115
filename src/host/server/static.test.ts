import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { text } from '../../2-platform/index.ts'
import { scanStatic } from './scan-static.ts'
import type { StaticManifest } from './static-file.ts'
import { ask, serve } from './testing/raw.fixture.ts'

let directory: string
let files: StaticManifest
const script = 'export const tea = 1\n'.repeat(200)
const big = Buffer.alloc(200_000, 'abcdefghij')

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'layer9-static-'))
  const write = async (name: string, content: string | Buffer) => {
    await mkdir(join(directory, name, '..'), { recursive: true })
    await writeFile(join(directory, name), content)
  }
  await write('public/robots.txt', '0123456789')
  await write('public/a b/ü+.txt', 'odd')
  await write('public/empty.txt', '')
  await write('public/big.bin', big)
  await write('public/.env', 'SECRET=1')
  await write('public/.well-known/security.txt', 'contact')
  await write('public/lonely.gz', 'x')
  await write('assets/app-1a2b.js', script)
  await write('assets/app-1a2b.js.br', brotliCompressSync(script))
  await write('assets/app-1a2b.js.gz', gzipSync(script))
  await write('secret.txt', 'outside')
  await symlink(join(directory, 'secret.txt'), join(directory, 'public/link.txt'))
  const own = await scanStatic(join(directory, 'public'))
  files = { ...own, ...(await scanStatic(join(directory, 'assets'), { prefix: '/_layer9/assets', immutable: true })) }
})
afterAll(async () => await rm(directory, { recursive: true }))

const start = async () =>
  await serve(
    { static: files, handler: () => text('handler', { status: 404 }) },
    { headers: { 'x-content-type-options': 'nosniff' } },
  )

describe('scanStatic', () => {
  it('lists files by canonical URL, without links and hidden ones', () => {
    expect(Object.keys(files)).toEqual([
      '/.well-known/security.txt',
      '/a%20b/%C3%BC+.txt',
      '/big.bin',
      '/empty.txt',
      '/lonely.gz',
      '/robots.txt',
      '/_layer9/assets/app-1a2b.js',
    ])
  })

  it('finds compressed variants', () => {
    expect(files['/_layer9/assets/app-1a2b.js']).toMatchObject({
      type: 'text/javascript; charset=utf-8',
      immutable: true,
      br: { size: expect.any(Number) },
      gzip: { size: expect.any(Number) },
    })
  })
})

describe('static files', () => {
  it('are served with type, tag and the headers of all answers', async () => {
    const { port } = await start()
    expect(await ask(port, '/robots.txt')).toMatchObject({
      status: 200,
      body: '0123456789',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': '10',
        'accept-ranges': 'bytes',
        'cache-control': 'public, max-age=0, must-revalidate',
        'x-content-type-options': 'nosniff',
        etag: files['/robots.txt']!.etag,
      },
    })
    expect((await ask(port, '/a%20b/%C3%BC+.txt')).body).toBe('odd')
    expect(await ask(port, '/empty.txt')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } })
    expect((await ask(port, '/big.bin')).bytes.equals(big)).toBe(true)
  })

  it.each([
    '/.env',
    '/link.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/secret.txt',
    '/a b',
    '/constructor',
    '/__proto__',
    '/public/robots.txt',
    '/robots.txt%00',
    '/ROBOTS.TXT',
    '//etc/passwd',
    '/_layer9/assets/app-1a2b.js.br',
    '/_layer9/assets/',
  ])('%s is none', async (path) => {
    const { port } = await start()
    const response = await ask(port, path)
    expect(response.status).toBeGreaterThanOrEqual(300)
    expect(response.body).not.toMatch(/SECRET|outside|root:|0123/)
  })

  it('are compressed as they were at build', async () => {
    const { port } = await start()
    const path = '/_layer9/assets/app-1a2b.js'
    const plain = await ask(port, path)
    const br = await ask(port, path, { 'accept-encoding': 'gzip, br' })
    const gzip = await ask(port, path, { 'accept-encoding': 'gzip' })
    expect(plain.body).toBe(script)
    expect(brotliDecompressSync(br.bytes).toString()).toBe(script)
    expect(gunzipSync(gzip.bytes).toString()).toBe(script)
    expect([plain, br, gzip].map((one) => one.headers['content-encoding'])).toEqual([undefined, 'br', 'gzip'])
    expect(new Set([plain, br, gzip].map((one) => one.headers['etag'])).size).toBe(3)
    for (const one of [plain, br, gzip])
      expect(one.headers).toMatchObject({
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=31536000, immutable',
      })
    expect(br.headers['content-length']).toBe(String(br.bytes.length))
  })

  it('are left to the browser when the navigation of a page asks for them', async () => {
    const { port } = await start()
    const reply = await ask(port, '/robots.txt', { 'layer9-navigation': 'visit' })
    expect(reply.status).toBe(204)
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('that the visitor has are a 304', async () => {
    const { port } = await start()
    for (const encoding of ['', 'br']) {
      const headers = { 'accept-encoding': encoding }
      const first = await ask(port, '/_layer9/assets/app-1a2b.js', headers)
      const again = await ask(port, '/_layer9/assets/app-1a2b.js', {
        ...headers,
        'if-none-match': first.headers['etag']!,
      })
      expect(again).toMatchObject({
        status: 304,
        body: '',
        headers: { etag: first.headers['etag'], vary: 'accept-encoding' },
      })
    }
  })

  it('answer HEAD without reading, and other methods with a 405', async () => {
    const { port } = await start()
    expect(await ask(port, '/robots.txt', {}, 'HEAD')).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '10' },
    })
    expect(await ask(port, '/robots.txt', {}, 'POST')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    })
    expect(await ask(port, '/robots.txt', {}, 'OPTIONS')).toMatchObject({ status: 204 })
  })

  it('that are gone are a fault with an id, not half an answer', async () => {
    const { port, errors } = await serve({
      static: { '/gone.txt': { ...files['/big.bin']!, file: join(directory, 'gone') } },
    })
    expect((await ask(port, '/gone.txt')).status).toBe(500)
    expect(errors).toHaveLength(1)
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s is that part', async (range, body, shown) => {
    const { port } = await start()
    expect(await ask(port, '/robots.txt', { range })).toMatchObject({
      status: 206,
      body,
      headers: { 'content-range': shown, 'content-length': String(body.length) },
    })
  })

  it.each(['bytes=5-2', 'bytes=0-1,3-4', 'bytes=x', 'lines=1-2'])('%s is the whole', async (range) => {
    const { port } = await start()
    expect(await ask(port, '/robots.txt', { range })).toMatchObject({ status: 200, body: '0123456789' })
  })

  it('beyond the end is a 416 that says where it is', async () => {
    const { port } = await start()
    expect(await ask(port, '/robots.txt', { range: 'bytes=10-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */10' },
    })
  })

  it('of large files and of compressed ones are ranges of the plain bytes', async () => {
    const { port } = await start()
    expect((await ask(port, '/big.bin', { range: 'bytes=100003-100006' })).body).toBe('defg')
    const part = await ask(port, '/_layer9/assets/app-1a2b.js', { range: 'bytes=0-5', 'accept-encoding': 'br' })
    expect(part).toMatchObject({ status: 206, body: 'export' })
    expect(part.headers).not.toHaveProperty('content-encoding')
  })

  it('of a file that has changed are the whole', async () => {
    const { port } = await start()
    const { etag } = files['/robots.txt']!
    expect((await ask(port, '/robots.txt', { range: 'bytes=0-3', 'if-range': etag })).status).toBe(206)
    expect((await ask(port, '/robots.txt', { range: 'bytes=0-3', 'if-range': '"old"' })).status).toBe(200)
    expect((await ask(port, '/robots.txt', { range: 'bytes=0-3', 'if-range': `W/${etag}` })).status).toBe(200)
  })

  it('mean nothing to HEAD', async () => {
    const { port } = await start()
    expect((await ask(port, '/robots.txt', { range: 'bytes=0-3' }, 'HEAD')).status).toBe(200)
  })
})
