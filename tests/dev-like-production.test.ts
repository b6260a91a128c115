// What a developer sees is what visitors will get: the same answers to the same requests, the same limits and headers,
// styles in the same order. What differs is listed here, and why.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawResponse } from '../src/host/server/testing/raw.fixture.ts'
import { openTarget, pathOf, type Target } from './harness/attack.ts'

let dev: Target
let start: Target
beforeAll(async () => {
  ;[dev, start] = await Promise.all([openTarget('dev'), openTarget('start')])
})
afterAll(async () => {
  await Promise.all([dev?.close(), start?.close()])
})

/** Of one moment or one content, or of development alone: the time by layer. */
const differing = new Set(['date', 'etag', 'content-length', 'server-timing', 'transfer-encoding'])

/** Vite puts styles into the page and asks for a lost server in a worker; nothing else of the policy is wider. */
const narrow = (policy: string): string =>
  policy.replace("style-src 'self' 'unsafe-inline'", "style-src 'self'").replace("; worker-src 'self' blob:", '')

/** An answer as far as both must have the same. */
function comparable({ status, headers }: RawResponse): object {
  const kept = Object.entries(headers)
    .filter(([name]) => !differing.has(name))
    .map(([name, value]) => [name, name === 'content-security-policy' ? narrow(value) : value])
  return { status, headers: Object.fromEntries(kept) }
}

const own = { 'sec-fetch-site': 'same-origin' }
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const large = 'x'.repeat(1_100_000)

const requests: Record<string, (target: Target) => Promise<RawResponse | undefined>> = {
  'a page that is not there': (target) => target.ask('/nowhere'),
  'a path with a slash too much': (target) => target.ask('/about/'),
  'an encoded slash': (target) => target.ask('/a%2fb'),
  'a method that no page has': (target) => target.ask('/about', {}, 'DELETE'),
  'a method that nobody has': (target) => target.ask('/about', {}, 'PROPFIND'),
  'the options of a page': (target) => target.ask('/about', {}, 'OPTIONS'),
  'the head of a page': (target) => target.ask('/about', {}, 'HEAD'),
  'headers that are too large': (target) => target.ask('/', { 'x-large': 'a'.repeat(100_000) }),
  'a call': (target) => target.post('/_layer9/api/posts/listPosts', '{"input":{}}', { ...json, ...own }),
  'a call of nothing': (target) => target.post('/_layer9/api/posts/nothing', '{}', { ...json, ...own }),
  'a call by GET': (target) => target.ask('/_layer9/api/posts/listPosts'),
  'a call with a wrong input': (target) =>
    target.post('/_layer9/api/posts/getPost', '{"input":1}', { ...json, ...own }),
  'a call without a session': (target) =>
    target.post('/_layer9/api/posts/likePost', '{"input":{"id":"x"}}', { ...json, ...own }),
  'a call that is too large': (target) => target.post('/_layer9/api/posts/listPosts', large, { ...json, ...own }),
  'a call from elsewhere': (target) =>
    target.post('/_layer9/api/posts/listPosts', '{}', { ...json, 'sec-fetch-site': 'cross-site' }),
  'a form without an action': (target) => target.post('/sign-in', 'a=b', { ...form, ...own }),
  'a form that is refused': (target) =>
    target.post('/sign-in', '$action=session%2FsignIn&person=', { ...form, ...own }),
  'a form from elsewhere': (target) =>
    target.post('/sign-in', '$action=x', { ...form, origin: 'https://evil.example' }),
  'a public file': (target) => target.ask('/icon.svg'),
  health: (target) => target.ask('/_layer9/health'),
  'no request at all': (target) => target.send('hello\r\n\r\n'),
}

describe('development answers as production does', () => {
  it('with every page', async () => {
    for (const route of dev.routes.filter(({ kind }) => kind === 'page')) {
      const path = pathOf(route)
      const [one, other] = [await dev.ask(path), await start.ask(path)]
      expect({ path, ...comparable(one) }).toEqual({ path, ...comparable(other) })
    }
  })

  it.each(Object.keys(requests))('to %s', async (name) => {
    const [one, other] = await Promise.all([requests[name]?.(dev), requests[name]?.(start)])
    if (one === undefined || other === undefined) throw new Error('There was no answer.')
    expect(comparable(one)).toEqual(comparable(other))
  })

  it('with style sheets in the same order', async () => {
    const sheets = (body: string): string[] =>
      [...body.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, url]) => url!)
    const read = async (target: Target, url: string) => (await target.ask(url, { ...own, accept: 'text/css' })).body
    const sources = sheets((await dev.ask('/')).body)
    expect(sources.length).toBeGreaterThan(2)
    const built = await Promise.all(sheets((await start.ask('/')).body).map(async (url) => await read(start, url)))
    // The first class of each source says where its rules lie in what was built.
    const places = sources.map(async (url) => {
      const name = /^\.([\w-]+) \{|^:root/m.exec(await read(dev, url))?.[0].replace(' {', '')
      return built.join('').indexOf(`${name}{`)
    })
    const found = await Promise.all(places)
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0)
    expect(found).toEqual([...found].sort((one, other) => one - other))
  })
})
