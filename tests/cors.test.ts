// Other origins and the api: over plain HTTP and from a page of another origin, in development and in production.
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { openBrowser, openPage } from './harness/browser.ts'
import { type RunningServer, runLayer9, startLayer9 } from './harness/command.ts'

/** Serves an empty page; its port makes it another origin. */
const openOrigin = async (): Promise<{ server: Server; origin: string }> => {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>other</p>'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** What of fetch's options can be handed to a page. */
interface Init {
  credentials: 'include'
  method?: string
  headers?: Record<string, string>
  body?: string
}

let app: AppCopy
let browser: Browser
/** May read and send; may read; neither. */
let editor: Awaited<ReturnType<typeof openOrigin>>
let reader: Awaited<ReturnType<typeof openOrigin>>
let stranger: Awaited<ReturnType<typeof openOrigin>>
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  ;[browser, editor, reader, stranger] = await Promise.all([openBrowser(), openOrigin(), openOrigin(), openOrigin()])
})
afterAll(async () => {
  for (const { server } of [editor, reader, stranger]) server.close()
  await browser.close()
  await app.delete()
})

describe.each(['dev', 'start'] as const)('other origins under layer9 %s', (command) => {
  let server: RunningServer
  const open = async (config: object) => {
    await app.write('layer9.config.ts', `export default ${JSON.stringify(config)}\n`)
    if (command === 'start') expect(await runLayer9(['build'], { cwd: app.root })).toMatchObject({ code: 0, err: '' })
    server = await startLayer9([command], { cwd: app.root })
  }

  /** Status and headers of a request as it is written; fetch would not let us name an origin. */
  const ask = async (method: string, path: string, headers: Record<string, string>, body = '') =>
    await new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(body.length) }
      const sent = request({ port: server.port, path, method, headers: { ...headers, ...length } }, (response) => {
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
      })
      sent.once('error', reject).end(body)
    })
  const preflight = async (origin: string, method: string, path: string) =>
    await ask('OPTIONS', path, { origin, 'access-control-request-method': method, 'sec-fetch-site': 'cross-site' })
  const permissions = ({ headers }: { headers: Record<string, unknown> }) =>
    Object.keys(headers).filter((name) => name.startsWith('access-control'))
  const add = '/_layer9/api/notes/addNote'
  const call = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }

  describe('with cors', () => {
    beforeAll(async () => {
      const cors = { origins: [editor.origin, reader.origin], credentials: true, maxAge: 60 }
      await open({ origins: [editor.origin], cors })
    })
    afterAll(async () => await server.end())

    it('are let in where they are named', async () => {
      expect(await ask('GET', '/feed.txt', { origin: reader.origin })).toMatchObject({
        status: 200,
        headers: {
          'access-control-allow-origin': reader.origin,
          'access-control-allow-credentials': 'true',
          vary: expect.stringMatching(/\borigin\b/),
        },
      })
      expect(await preflight(editor.origin, 'POST', add)).toMatchObject({
        status: 204,
        headers: {
          'access-control-allow-origin': editor.origin,
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'content-type',
          'access-control-max-age': '60',
        },
      })
      const written = await ask('POST', add, { ...call, origin: editor.origin }, '{"input":{"text":"from afar"}}')
      expect(written).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': editor.origin } })
    })

    it('that are named to read do not write', async () => {
      expect(permissions(await preflight(reader.origin, 'POST', add))).toEqual([])
      const refused = await ask('POST', add, { ...call, origin: reader.origin }, '{"input":{"text":"no"}}')
      expect(refused).toMatchObject({ status: 403, headers: { 'access-control-allow-origin': reader.origin } })
    })

    it('that are not named get nothing, nor does null', async () => {
      for (const origin of [stranger.origin, 'null', `${editor.origin}0`]) {
        const read = await ask('GET', '/feed.txt', { origin })
        expect(permissions(read)).toEqual([])
        expect(read.headers['vary']).toMatch(/\borigin\b/)
        expect(permissions(await preflight(origin, 'POST', add))).toEqual([])
        expect((await ask('POST', add, { ...call, origin }, '{"input":{"text":"no"}}')).status).toBe(403)
      }
    })

    it('are let in to no page, no form, no file and no module', async () => {
      for (const path of ['/', '/notes', '/robots.txt', '/app/components/Counter.tsx', '/@vite/client', '/none']) {
        expect(permissions(await ask('GET', path, { origin: editor.origin })), path).toEqual([])
        expect(permissions(await preflight(editor.origin, 'POST', path)), path).toEqual([])
      }
    })

    /** What a script on a page of an origin gets to see. */
    const seen = async ({ origin }: { origin: string }, path: string, init: Init) => {
      const { page, close } = await openPage(browser)
      await page.goto(origin)
      const text = await page.evaluate(
        async ({ url, options }) =>
          await fetch(url, options).then(
            async (response) => `${response.status} ${await response.text()}`,
            () => 'nothing',
          ),
        { url: server.url + path, options: init },
      )
      await close()
      return text
    }

    it('are held to it by a real browser', async () => {
      const include = { credentials: 'include' } as const
      expect(await seen(reader, '/feed.txt', include)).toContain('200 ')
      expect(await seen(stranger, '/feed.txt', include)).toBe('nothing')
      const post = (text: string) => ({
        ...include,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input: { text } }),
      })
      expect(await seen(editor, add, post('written by the editor'))).toContain('200 ')
      expect(await seen(reader, add, post('written by the reader'))).toBe('nothing')
      const feed = await seen(reader, '/feed.txt', include)
      expect(feed).toContain('written by the editor')
      expect(feed).not.toContain('written by the reader')
    })
  })

  describe('by default', () => {
    beforeAll(async () => await open({ origins: [editor.origin] }))
    afterAll(async () => await server.end())

    it('are not let in, whoever may send', async () => {
      const read = await ask('GET', '/feed.txt', { origin: editor.origin })
      expect(permissions(read)).toEqual([])
      expect(permissions(await preflight(editor.origin, 'POST', add))).toEqual([])
    })
  })
})
