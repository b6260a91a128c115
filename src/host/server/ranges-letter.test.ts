// Ranges, preconditions and how they combine, after RFC 9110 §13 and §14, on static files and their compressed variants.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanStatic } from './scan-static.ts'
import type { StaticManifest } from './static-file.ts'
import { ask, type RawResponse, serve } from './testing/raw.fixture.ts'

const script = 'export const tea = 1\n'.repeat(200)
const brotli = brotliCompressSync(script)
const past = 'Sat, 01 Jan 2000 00:00:00 GMT'
const future = 'Fri, 01 Jan 2100 00:00:00 GMT'

let directory: string
let files: StaticManifest
let plain: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'layer9-ranges-'))
  await writeFile(join(directory, 'ten.txt'), '0123456789')
  await writeFile(join(directory, 'empty.txt'), '')
  await writeFile(join(directory, 'tea.js'), script)
  await writeFile(join(directory, 'tea.js.br'), brotli)
  await writeFile(join(directory, 'tea.js.gz'), gzipSync(script))
  files = await scanStatic(directory)
  plain = files['/ten.txt']!.etag
})
afterAll(async () => await rm(directory, { recursive: true }))

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawResponse> =>
  await ask((await serve({ static: files })).port, path, headers, method)

const ten = async (headers: Record<string, string>, method?: string) => await get('/ten.txt', headers, method)
const tea = async (headers: Record<string, string>) => await get('/tea.js', headers)

const whole = { status: 200, body: '0123456789', headers: { 'content-length': '10' } }
const part = { status: 206, body: '123', headers: { 'content-range': 'bytes 1-3/10', 'content-length': '3' } }
const beyond = { status: 416, headers: { 'content-range': 'bytes */10' } }

describe('§14.1 ranges of bytes', () => {
  it.each([
    ['bytes=1-3', part],
    ['BYTES=1-3', part],
    ['bytes=9-9', { status: 206, body: '9' }],
    ['bytes=7-', { status: 206, body: '789' }],
    ['bytes=7-99999999999999999999999', { status: 206, body: '789', headers: { 'content-range': 'bytes 7-9/10' } }],
    ['bytes=-3', { status: 206, body: '789' }],
    ['bytes=-10', { status: 206, body: '0123456789', headers: { 'content-range': 'bytes 0-9/10' } }],
    ['bytes=-99999999999999999999999', { status: 206, body: '0123456789' }],
    ['bytes=10-', beyond],
    ['bytes=99999999999999999999999-', beyond],
    ['bytes=-0', beyond],
  ])('%s', async (range, answer) => {
    expect(await ten({ range })).toMatchObject(answer)
  })

  it.each([
    'bytes=3-1',
    'bytes=',
    'bytes=-',
    'bytes=1',
    'bytes=a-b',
    'bytes=1-3-5',
    'bytes 1-3',
    'bytes=+1-3',
    'x=1-3',
  ])('%s is none, so it is ignored', async (range) => expect(await ten({ range })).toMatchObject(whole))

  it.each(['bytes=0-1,3-4', 'bytes=0-1, 20-30', 'bytes=0-,0-,0-,0-,0-'])(
    '%s is more than one, which is answered by the whole (§14.2)',
    async (range) => {
      const response = await ten({ range })
      expect(response).toMatchObject(whole)
      expect(response.headers).not.toHaveProperty('content-range')
    },
  )

  it('of an empty file: what begins in it is beyond its end, its last bytes are all of it', async () => {
    const empty = { status: 200, body: '', headers: { 'content-length': '0' } }
    expect(await get('/empty.txt', { range: 'bytes=-5' })).toMatchObject(empty)
    expect(await get('/empty.txt', { range: 'bytes=0-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */0' },
    })
  })

  it('mean nothing to a HEAD (§14.2)', async () => {
    for (const range of ['bytes=1-3', 'bytes=10-']) {
      const response = await ten({ range }, 'HEAD')
      expect(response).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } })
      expect(response.headers).not.toHaveProperty('content-range')
    }
  })

  it('come with what a cache needs to put them together (§15.3.7)', async () => {
    const { headers } = await ten({ range: 'bytes=1-3' })
    expect(headers).toMatchObject({ etag: plain, 'cache-control': expect.any(String), date: expect.any(String) })
  })
})

describe('§13.1.5 If-Range', () => {
  const range = 'bytes=1-3'
  it('with the strong tag is the part', async () => {
    expect(await ten({ range, 'if-range': plain })).toMatchObject(part)
  })

  it('with anything else is the whole: weak, old, several, a date that nobody sent', async () => {
    for (const condition of [`W/${plain}`, '"old"', `${plain}, "old"`, '*', past, future, 'nonsense'])
      expect(await ten({ range, 'if-range': condition }), condition).toMatchObject(whole)
  })

  it('that does not hold makes no 416', async () => {
    expect(await ten({ range: 'bytes=10-', 'if-range': '"old"' })).toMatchObject(whole)
    expect(await ten({ range: 'bytes=10-', 'if-range': plain })).toMatchObject(beyond)
  })

  it('means nothing without Range', async () => {
    expect(await ten({ 'if-range': '"old"' })).toMatchObject(whole)
  })
})

describe('§13.1 preconditions', () => {
  const kept = { status: 304, body: '' }
  const failed = { status: 412, body: expect.stringContaining('PRECONDITION_FAILED') }

  it('If-None-Match compares weakly, in lists too', async () => {
    for (const condition of [plain, `W/${plain}`, `"a", ${plain}`, `"a",W/${plain} , "b"`, '*'])
      expect(await ten({ 'if-none-match': condition }), condition).toMatchObject({ ...kept, headers: { etag: plain } })
    for (const condition of ['"a"', plain.slice(1, -1), `"a", "b"`, ''])
      expect(await ten({ 'if-none-match': condition }), condition).toMatchObject(whole)
  })

  it('If-None-Match is asked for a HEAD too', async () => {
    expect(await ten({ 'if-none-match': plain }, 'HEAD')).toMatchObject(kept)
  })

  it('If-None-Match comes before If-Modified-Since, which has no date to be compared with', async () => {
    expect(await ten({ 'if-none-match': '"old"', 'if-modified-since': future })).toMatchObject(whole)
    expect(await ten({ 'if-none-match': plain, 'if-modified-since': past })).toMatchObject(kept)
    expect(await ten({ 'if-modified-since': future })).toMatchObject(whole)
    expect((await ten({})).headers).not.toHaveProperty('last-modified')
  })

  it('If-Match compares strongly', async () => {
    for (const condition of [plain, `"a", ${plain}`, '*'])
      expect(await ten({ 'if-match': condition }), condition).toMatchObject(whole)
    for (const condition of ['"a"', `W/${plain}`, `"a", W/${plain}`])
      expect(await ten({ 'if-match': condition }), condition).toMatchObject(failed)
    expect((await ten({ 'if-match': '"a"' }, 'HEAD')).status).toBe(412)
  })

  it('If-Match comes before If-Unmodified-Since, which has no date either', async () => {
    expect(await ten({ 'if-match': plain, 'if-unmodified-since': past })).toMatchObject(whole)
    expect(await ten({ 'if-unmodified-since': past })).toMatchObject(whole)
  })

  it('If-Match comes before If-None-Match', async () => {
    expect(await ten({ 'if-match': '"a"', 'if-none-match': plain })).toMatchObject(failed)
    expect(await ten({ 'if-match': plain, 'if-none-match': plain })).toMatchObject(kept)
  })

  it('mean nothing where the answer is no success anyway (§13.2.1)', async () => {
    expect((await ten({ 'if-match': '"a"' }, 'POST')).status).toBe(405)
    expect((await ten({ 'if-none-match': '*' }, 'OPTIONS')).status).toBe(204)
  })
})

describe('§13.2.2 together', () => {
  it('the other preconditions come before Range', async () => {
    for (const range of ['bytes=1-3', 'bytes=10-']) {
      expect((await ten({ range, 'if-none-match': plain })).status, range).toBe(304)
      expect((await ten({ range, 'if-match': '"a"' })).status, range).toBe(412)
    }
    expect(await ten({ range: 'bytes=1-3', 'if-none-match': '"old"', 'if-match': plain })).toMatchObject(part)
    expect(await ten({ range: 'bytes=10-', 'if-none-match': '"old"' })).toMatchObject(beyond)
  })

  it('If-None-Match comes before If-Range', async () => {
    const range = 'bytes=1-3'
    expect((await ten({ range, 'if-none-match': plain, 'if-range': '"old"' })).status).toBe(304)
    expect(await ten({ range, 'if-none-match': '"old"', 'if-range': plain })).toMatchObject(part)
  })
})

describe('a compressed variant', () => {
  const br = { 'accept-encoding': 'br' }
  const range = 'bytes=0-5'
  const tags = async () => ({
    identity: String((await tea({})).headers['etag']),
    encoded: String((await tea(br)).headers['etag']),
  })

  it('is a representation of its own: the tag of another does not stand for it (§8.8.3.3)', async () => {
    const { identity, encoded } = await tags()
    expect(encoded).not.toBe(identity)
    expect(await tea({ ...br, 'if-none-match': encoded })).toMatchObject({ status: 304, headers: { etag: encoded } })
    expect(await tea({ ...br, 'if-none-match': identity })).toMatchObject({ status: 200, headers: { etag: encoded } })
    expect(await tea({ 'if-none-match': encoded })).toMatchObject({ status: 200, headers: { etag: identity } })
    const both = `${identity}, ${encoded}`
    expect(await tea({ ...br, 'if-none-match': both })).toMatchObject({ status: 304, headers: { etag: encoded } })
    expect((await tea({ ...br, 'if-match': identity })).status).toBe(412)
  })

  it('is not what a range is of: that is of the plain bytes', async () => {
    const { identity } = await tags()
    const response = await tea({ ...br, range })
    expect(response).toMatchObject({
      status: 206,
      body: 'export',
      headers: { etag: identity, 'content-range': `bytes 0-5/${script.length}`, vary: 'accept-encoding' },
    })
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(await tea({ ...br, range, 'if-range': identity })).toMatchObject({ status: 206, body: 'export' })
  })

  it('goes on where it broke off, for who names its tag', async () => {
    const { encoded } = await tags()
    const response = await tea({ ...br, range: 'bytes=20-', 'if-range': encoded })
    expect(response).toMatchObject({
      status: 206,
      headers: {
        etag: encoded,
        'content-encoding': 'br',
        'content-range': `bytes 20-${brotli.length - 1}/${brotli.length}`,
      },
    })
    expect(response.bytes.equals(brotli.subarray(20))).toBe(true)
    const { length } = brotli
    expect(await tea({ ...br, range: `bytes=${length}-`, 'if-range': encoded })).toMatchObject({
      status: 416,
      headers: { 'content-range': `bytes */${length}` },
    })
  })

  it('that the client no longer takes is no part of the answer', async () => {
    const { encoded } = await tags()
    expect(await tea({ range, 'if-range': encoded })).toMatchObject({ status: 200, body: script })
  })

  it('that the client has is not sent in parts either', async () => {
    const { identity, encoded } = await tags()
    expect(await tea({ ...br, range, 'if-none-match': encoded })).toMatchObject({
      status: 304,
      headers: { etag: encoded },
    })
    expect(await tea({ ...br, range, 'if-none-match': identity })).toMatchObject({
      status: 304,
      headers: { etag: identity },
    })
  })
})
