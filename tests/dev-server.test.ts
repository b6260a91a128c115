// The development server itself: who may talk to it, what it says, what it logs.
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppCopy, copyApp } from './harness/app.ts'
import { type RunningServer, startLayer9 } from './harness/command.ts'

let app: AppCopy
let server: RunningServer
beforeAll(async () => {
  app = await copyApp('tests/fixtures/site')
  server = await startLayer9(['dev'], { cwd: app.root })
})
afterAll(async () => {
  await server.end()
  await app.delete()
})

/** A request with exactly these headers; fetch would set the host itself. */
const get = async (path: string, headers: Record<string, string> = {}) =>
  await new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request({ port: server.port, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.once('error', reject).end()
  })

/** Asks for an upgrade as a page of `origin` would; the status of the answer. */
const upgrade = async (origin: string, target: string): Promise<number> => {
  const socket = connect(server.port, '127.0.0.1')
  const key = Buffer.alloc(16).toString('base64')
  socket.write(
    `GET ${target} HTTP/1.1\r\nhost: localhost:${server.port}\r\norigin: ${origin}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      `sec-websocket-protocol: vite-hmr\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`,
  )
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return Number(answer.toString().split(' ')[1])
}

describe('the development server', () => {
  it('answers to names of this machine alone', async () => {
    expect((await get('/', { host: `localhost:${server.port}` })).status).toBe(200)
    expect((await get('/', { host: 'evil.test' })).status).toBe(421)
    expect((await get('/@vite/client', { host: 'evil.test' })).status).not.toBe(200)
  })

  it('gives modules to its own pages alone', async () => {
    const module = '/app/components/Counter.tsx'
    expect((await get(module, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await get(module, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get(module, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  it.each([
    '/app/services/notes.ts',
    '/app/services/notes.ts?raw',
    '/app/services/notes.ts?url&import',
    '/package.json',
    '/.layer9/routes.d.ts',
    '/tsconfig.json',
  ])('does not give away %s', async (path) => {
    const answer = await get(path, { 'sec-fetch-site': 'same-origin' })
    expect([403, 404]).toContain(answer.status)
    expect(answer.body).not.toContain('first note')
  })

  it('names the large modules in the first HTML, and makes no maps for them', async () => {
    const { body } = await get('/')
    const preloaded = [...body.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, url]) => url!)
    expect(preloaded).toEqual([
      '/@vite/client',
      expect.stringMatching(/\/layer9\.js$/),
      expect.stringContaining('starter'),
      '/app/components/Counter.tsx',
    ])
    for (const large of await Promise.all(preloaded.slice(0, 2).map(async (url) => await get(url)))) {
      expect(large).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript' } })
      expect(large.body).not.toContain('sourceMappingURL')
    }
  })

  it('sends nobody to a configuration that is not read', async () => {
    const { body } = await get('/@vite/client')
    expect(body).toContain('to dismiss.')
    expect(body).not.toContain('hmr.overlay"')
  })

  it.each(['', '?raw', '?import&raw', '.map'])('does not give away a build that lies there: %s', async (end) => {
    await mkdir(join(app.root, '.layer9/build/server'), { recursive: true })
    for (const file of ['index.js', 'index.js.map']) await app.write(`.layer9/build/server/${file}`, '"first note"')
    for (const way of ['/@fs', '/@id/', '']) {
      const at = `${way === '' ? '' : way + app.root}/.layer9/build/server/index.js${end}`
      const answer = await get(at, { 'sec-fetch-site': 'same-origin' })
      expect([403, 404]).toContain(answer.status)
      expect(answer.body).not.toContain('first note')
    }
  })

  it('lives on after a path that no file can have', async () => {
    expect((await get(`/${'a'.repeat(300)}`)).status).toBe(404)
    expect((await get('/')).status).toBe(200)
  })

  it('gives the browser a stub of an api module, and nothing else of it', async () => {
    const { body } = await get('/app/api/notes.ts', { 'sec-fetch-site': 'same-origin' })
    expect(body).toContain('notes/addNote')
    expect(body).not.toContain('the secret reason')
  })

  it('lets only its own page listen for changes', async () => {
    const { body } = await get('/@vite/client')
    const token = /wsToken = "([^"]+)"/.exec(body)?.[1]
    const own = `http://localhost:${server.port}`
    expect(await upgrade(own, `/?token=${token}`)).toBe(101)
    expect(await upgrade('http://evil.test', `/?token=${token}`)).toBe(403)
    expect(await upgrade(own, '/?token=guess')).toBe(403)
  })

  it('tells how long each layer took, in the answer and in the log', async () => {
    const { headers } = await get('/posts/first')
    expect(headers['server-timing']).toMatch(/^routes;dur=[\d.]+, api;dur=[\d.]+, services;dur=[\d.]+$/)
    await expect
      .poll(() => server.output())
      .toMatch(/GET \/posts\/first 200 [\d.]+ms {2}routes [\d.]+ · api [\d.]+ · services [\d.]+/)
  })

  it('tells what a query refused that a loader gave it, and where', async () => {
    const page = [
      `import { findPost } from '~/api/posts'`,
      '',
      'export const loader = async () => ({',
      '  post: await findPost({ id: 7 as unknown as string }),',
      '})',
      'export default () => <p>no post</p>',
      '',
    ].join('\n')
    await app.write('app/routes/refused.tsx', page)
    await expect.poll(async () => (await get('/refused')).status).toBe(422)
    await server.says('warn GET /refused: a query refused what it was given: id: Give an id  app/routes/refused.tsx:4')
    await app.remove('app/routes/refused.tsx')
  })

  it('refuses a broken style sheet where it stands, and takes it once it is mended', async () => {
    const sheet = 'app/components/site.css'
    const whole = await app.read(sheet)
    const page = async () => await get('/')
    expect((await page()).status).toBe(200)
    await app.edit(sheet, whole, `${whole}\np { color: red } }\n`)
    await expect.poll(async () => (await page()).status).toBe(500)
    const { body } = await page()
    expect(body).toContain(`SHEET_BROKEN  ${sheet} is no style sheet that can be read to its end`)
    expect(body).toContain('p { color: red } }')
    await server.says('app/components/site.css:')
    await server.says('  Fix: Look there, and before it')
    await app.edit(sheet, '\np { color: red } }\n', '')
    await expect.poll(async () => (await page()).status).toBe(200)
  })

  it('takes the next port when one is taken, and says so', async () => {
    const second = await startLayer9(['dev'], { cwd: app.root, env: { PORT: String(server.port) } })
    expect(second.port).toBeGreaterThan(server.port)
    expect(second.output()).toContain(`Port ${server.port} is taken`)
    expect(await second.end('SIGINT')).toBe(0)
  })

  it('follows its configuration, and goes on as it was under one that cannot be used', async () => {
    const configure = async (options: string) =>
      await app.write(
        'layer9.config.ts',
        `import { defineConfig } from 'layer9/config'\nexport default defineConfig(${options})\n`,
      )
    const status = async (path: string) => (await get(path).catch(() => undefined))?.status
    await configure("{ base: '/shop/' }")
    await server.says('layer9.config.ts changed')
    expect(await status('/shop/about')).toBe(200)
    expect(await status('/about')).toBe(404)
    await configure("{ bse: '/' }")
    await server.says('did you mean "base"?')
    expect(await status('/shop/about')).toBe(200)
    await app.remove('layer9.config.ts')
    await expect.poll(async () => await status('/about'), { timeout: 15_000 }).toBe(200)
  })
})
