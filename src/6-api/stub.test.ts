// The browser's side of a call, in a real browser against a real server: the stub as the compiler writes it, bundled as
// the build bundles it.
import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import * as v from 'valibot'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, encode, Forbidden, NotFound, redirect } from '../1-contracts/index.ts'
import { type Handler, text } from '../2-platform/index.ts'
import { cookie, everyone, guard } from '../5-middleware/index.ts'
import { createPassage } from '../9-routes/passage.ts'
import { createServer, type Layer9Server } from '../host/server/index.ts'
import { createApi } from './api.ts'
import { action, query } from './procedure.ts'

const signedIn = guard(({ cookies }) => {
  if (!cookies['user']) throw new Forbidden()
  return { user: cookies['user'] }
})
const posts = {
  echo: query({ access: everyone, input: v.any(), handler: ({ input }) => input }),
  create: action({
    access: everyone,
    input: v.object({ title: v.pipe(v.string(), v.minLength(1, 'missing')) }),
    handler: ({ input }) => input,
  }),
  signIn: action({ access: everyone, handler: () => cookie.set('user', 'ada') }),
  whoami: query({ access: signedIn, handler: ({ context }) => context.user }),
  missing: query({
    access: everyone,
    handler: () => {
      throw new NotFound('post')
    },
  }),
  clash: action({
    access: everyone,
    handler: () => {
      throw new Conflict('taken')
    },
  }),
  moved: action({ access: everyone, handler: () => redirect('/posts') }),
  broken: action({
    access: everyone,
    handler: () => {
      throw new Error('secret detail')
    },
  }),
}

/** What the page offers to the tests: a call, told as text, for what a test may see of it must cross to this process. */
const ENTRY = `
import { stub } from '${new URL('./browser.ts', import.meta.url).pathname}'
import { encode, Conflict, Forbidden, Invalid, NotFound, Redirect, Outcome, Layer9Error } from '${new URL('../1-contracts/index.ts', import.meta.url).pathname}'
const classes = { Conflict, Forbidden, Invalid, NotFound, Redirect, Outcome, Layer9Error }
window.call = async (id, text) => {
  const call = stub(id, 'query')
  try {
    return encode({ value: await call(text === undefined ? undefined : eval('(' + text + ')')), id: call.id })
  } catch (error) {
    const is = Object.keys(classes).filter((name) => error instanceof classes[name])
    return encode({ is, code: error.code, status: error.status ?? null, message: error.message, data: error.data ?? null })
  }
}`

/** Builds an entry that exists as text alone. */
async function bundle(entry: string): Promise<string> {
  const plugin = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? '\0entry' : undefined),
    load: (id: string) => (id === '\0entry' ? entry : undefined),
  }
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [plugin],
    build: { write: false, modulePreload: { polyfill: false }, rolldownOptions: { input: 'entry' } },
  })) as Rolldown.RolldownOutput
  return built.output[0].code
}

let browser: Browser
let server: Layer9Server
let page: Page
let failure: ((path: string) => string | undefined) | undefined
const reported: unknown[] = []

beforeAll(async () => {
  const script = await bundle(ENTRY)
  const api = createApi({ posts }, { report: (error) => reported.push(error) })
  const handler: Handler = (incoming) => {
    const broken = failure?.(incoming.path)
    if (broken !== undefined) return text(broken, { headers: { 'content-type': 'text/html' }, status: 502 })
    const html = `<!doctype html><meta name="layer9" content="b1"><script type="module" src="/app.js"></script>`
    if (incoming.path === '/') return text(html, { headers: { 'content-type': 'text/html' } })
    if (incoming.path === '/app.js') return text(script, { headers: { 'content-type': 'text/javascript' } })
    return api.handle(incoming) ?? text('nothing', { status: 404 })
  }
  // `eval` of the test's own inputs is what the policy is for; it is loosened for nothing else.
  const contentSecurityPolicy = { 'script-src': "'self' 'unsafe-eval'" }
  server = createServer({ handler: createPassage(handler, { contentSecurityPolicy }), options: { onReply: () => {} } })
  const { url } = await server.listen(0)
  const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  )
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction('window.call')
}, 60_000)

afterAll(async () => {
  await browser?.close()
  void server?.close()
  await server?.close()
})

/** Calls from the page; `input` is JavaScript. What comes back is as the codec wrote it in the browser. */
const call = async (id: string, input?: string): Promise<Record<string, unknown>> =>
  JSON.parse((await page.evaluate(`window.call(${JSON.stringify(id)}, ${JSON.stringify(input)})`)) as string)

describe('stub', () => {
  it('carries input and value', async () => {
    const input = `{ at: new Date(5), set: new Set([1n]), text: '</script>ü' }`
    const value = JSON.parse(encode({ at: new Date(5), set: new Set([1n]), text: '</script>ü' }))
    await expect(call('posts/echo', input)).resolves.toEqual({ value, id: 'posts/echo' })
    await expect(call('posts/echo')).resolves.toEqual({ value: { $undefined: 0 }, id: 'posts/echo' })
  })

  it('throws the outcome that the handler threw, of its class', async () => {
    await expect(call('posts/missing')).resolves.toMatchObject({
      is: ['NotFound', 'Outcome'],
      code: 'NOT_FOUND',
      status: 404,
      data: 'post',
    })
    await expect(call('posts/clash')).resolves.toMatchObject({ is: ['Conflict', 'Outcome'], message: 'taken' })
    await expect(call('posts/moved')).resolves.toMatchObject({
      is: ['Redirect', 'Outcome'],
      data: { to: '/posts', external: false },
    })
    await expect(call('posts/create', `{ title: '' }`)).resolves.toMatchObject({
      is: ['Invalid', 'Outcome'],
      data: { title: 'missing' },
    })
    await expect(call('posts/nothere')).resolves.toMatchObject({ is: ['NotFound', 'Outcome'] })
  })

  it('passes the origin check and keeps cookies', async () => {
    await expect(call('posts/whoami')).resolves.toMatchObject({ is: ['Forbidden', 'Outcome'] })
    await expect(call('posts/signIn')).resolves.toHaveProperty('value')
    await expect(call('posts/whoami')).resolves.toMatchObject({ value: 'ada' })
    expect(await page.evaluate('document.cookie')).toBe('') // HttpOnly
  })

  it('tells of a fault by its id alone', async () => {
    const told = await call('posts/broken')
    expect(told).toMatchObject({ is: ['Outcome'], code: 'INTERNAL', status: 500, data: { id: expect.any(String) } })
    expect(JSON.stringify(told)).not.toContain('secret')
    expect(reported).toEqual([new Error('secret detail')])
  })

  it('says that input cannot be sent, before it is', async () => {
    await expect(call('posts/echo', '() => 1')).resolves.toMatchObject({
      is: ['Layer9Error'],
      code: 'CODEC_UNSUPPORTED',
    })
  })

  it('says what stands between, when the answer is none of this app', async () => {
    failure = (path) => (path.startsWith('/_layer9/') ? '<h1>Bad gateway</h1>' : undefined)
    await expect(call('posts/echo', '1')).resolves.toMatchObject({
      is: ['Layer9Error'],
      code: 'API_ANSWER_UNREADABLE',
      data: { id: 'posts/echo', status: 502 },
    })
    failure = () => '{"strange":1}'
    await expect(call('posts/echo', '1')).resolves.toMatchObject({ code: 'API_ANSWER_UNREADABLE' })
    failure = undefined
  })

  it('says that nobody was there', async () => {
    await page.context().setOffline(true)
    await expect(call('posts/echo', '1')).resolves.toMatchObject({
      is: ['Layer9Error'],
      code: 'API_UNREACHABLE',
      data: { id: 'posts/echo' },
    })
    await page.context().setOffline(false)
  })

  it('is small', async () => {
    const code = await bundle(
      `import { stub } from '${new URL('./browser.ts', import.meta.url).pathname}'; window.call = stub('a/b', 'query')`,
    )
    expect(gzipSync(code).length).toBeLessThan(2600)
    expect(code).not.toContain('node:')
  })
})
