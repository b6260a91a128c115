// The invariants of the framework's security, attacked from outside: raw TCP, over all routes that are listed.
import { globSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawResponse, send, serve } from '../src/host/server/testing/raw.fixture.ts'
import { drip, type ListedRoute, open, openTarget, pathOf, type Target } from './harness/attack.ts'
import { eachCase, type Random } from './harness/random.ts'

/** Where a mutation may stand in a path: behind any of its slashes. */
function insert(random: Random, path: string, piece: string): string {
  const slashes = [...path].flatMap((character, index) => (character === '/' ? [index + 1] : []))
  const at = random.pick(slashes)
  return path.slice(0, at) + piece + path.slice(at)
}

const isPage = ({ kind }: ListedRoute): boolean => kind === 'page'

describe.each(['start', 'dev'] as const)('security in %s', (mode) => {
  let target: Target
  beforeAll(async () => {
    target = await openTarget(mode, { files: { 'app/api/hooks.ts': hooksModule } })
  })
  afterAll(async () => await target.close())

  /** What every answer must be, whatever was asked: closed for scripts, typed, and without a word of the inside. */
  const expectSound = (answer: RawResponse): void => {
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.body).not.toMatch(/node_modules|\/src\/|\bat .+:\d+:\d+\)?$/m)
  }

  describe('I1: one ingress parses once', () => {
    const refused = ['%2f', '%2F', '%5c', '%5C', '%00', '..', '.', '%2e%2e', '%2E', '.%2e', '%zz', '%c3', '%c0%af', '%']
    const raw = ['\\', '\u0001', '\u007f', '\u0080']

    it('refuses what is not canonical on every route, with a typed body', async () => {
      await eachCase(async (random) => {
        const route = random.pick(target.routes)
        const piece = random.pick([...refused, ...raw])
        // A dot is one only as a whole segment.
        const joined = /^(?:\.|%2e)+$/i.test(piece) ? `${piece}/` : piece
        const path = insert(random, pathOf(route), joined)
        const method = random.pick(['GET', 'HEAD', 'POST'])
        const answer = await target.ask(path, { connection: 'close' }, method)
        expect({ path, status: answer.status }).toEqual({ path, status: 400 })
        if (method !== 'HEAD') expect(JSON.parse(answer.body)).toMatchObject({ error: { code: expect.any(String) } })
      })
    })

    it('sends to the one form of a path, and posts nowhere else', async () => {
      for (const route of target.routes.filter(isPage)) {
        const path = pathOf(route)
        if (path === '/') continue
        const letter = path.charCodeAt(1).toString(16).toUpperCase()
        for (const other of [`${path}/`, `/${path}`, path.replace(/^\/./, `/%${letter}`)]) {
          const answer = await target.ask(other)
          expect({ other, status: answer.status, to: answer.headers['location'] }).toEqual({
            other,
            status: 308,
            to: path,
          })
          expect((await target.ask(other, {}, 'POST')).status).toBe(404)
        }
      }
    })

    it('takes one valid host and no other', async () => {
      const lines = [
        'host: localhost\r\nhost: localhost\r\n',
        '',
        'host: \r\n',
        'host: a b\r\n',
        'host: x@y\r\n',
        'host: [::1\r\n',
      ]
      for (const host of lines) expect((await target.send(`GET / HTTP/1.1\r\n${host}\r\n`))?.status).toBe(400)
    })

    it('refuses requests that two readers could frame differently', async () => {
      const body = '5\r\nhello\r\n0\r\n\r\n'
      const framings = [
        'content-length: 5\r\ntransfer-encoding: chunked\r\n',
        'content-length: 5\r\ncontent-length: 6\r\n',
        'content-length: +5\r\n',
        'content-length: 5, 5\r\n',
        'transfer-encoding: chunked, identity\r\n',
        'transfer-encoding: xchunked\r\n',
        'transfer-encoding : chunked\r\n',
      ]
      for (const framing of framings) {
        const answer = await target.send(`POST / HTTP/1.1\r\nhost: localhost\r\n${framing}\r\n${body}`)
        expect({ framing, status: answer?.status }).toEqual({
          framing,
          status: expect.toSatisfy((status) => status === 400 || status === 501),
        })
      }
    })
  })

  describe('I2: routes first, and every transport runs their guards', () => {
    it('answers 404 to what is not listed', async () => {
      const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_'
      const known = new Set(target.routes.map((route) => pathOf(route)))
      await eachCase(async (random) => {
        const word = Array.from({ length: 3 + random.below(8) }, () => random.pick([...letters])).join('')
        const places = [`/${word}`, `/_layer9/${word}`, `/_layer9/api/posts/${word}`, `/_layer9/api/${word}/listPosts`]
        const path = random.pick(places)
        if (known.has(path)) return
        // A not-found page may hold a form, so it is posted to; it is the framework's own paths that are calls.
        const isCall = path.startsWith('/_layer9/') && random.below(2) > 0
        const answer = await (isCall ? target.post(path, '{}', json) : target.ask(path))
        expectSound(answer)
        expect({ path, status: answer.status }).toEqual({ path, status: 404 })
      })
    })

    it('knows no inherited name as an api', async () => {
      for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'default', '$action']) {
        for (const path of [`/_layer9/api/posts/${name}`, `/_layer9/api/${name}/listPosts`, `/_layer9/api/${name}`])
          expect({ path, status: (await target.post(path, '{}', json)).status }).toEqual({ path, status: 404 })
      }
    })

    it('refuses strangers on every method and transport of a guarded page', async () => {
      const guarded = target.routes.filter((route) => isPage(route) && route.access !== 'everyone')
      expect(guarded.length).toBeGreaterThan(0)
      for (const route of guarded) {
        const path = pathOf(route)
        for (const method of ['GET', 'HEAD']) expect((await target.ask(path, {}, method)).status).toBe(401)
        const form = 'application/x-www-form-urlencoded'
        const posted = await target.post(path, '$action=posts%2FcreatePost&title=x&body=y', {
          ...ours,
          'content-type': form,
        })
        expect(posted.status).toBe(401)
      }
    })

    it('refuses strangers what only members may call, directly and by a form of an open page', async () => {
      const input = JSON.stringify({ input: { title: 'a title', body: 'a text', id: 'x', postId: 'x' } })
      const direct = await target.post('/_layer9/api/posts/createPost', input, { ...json, ...ours })
      expect(direct.status).toBe(401)
      const form = { ...ours, 'content-type': 'application/x-www-form-urlencoded' }
      const posted = await target.post('/', '$action=posts%2FcreatePost&title=a+title&body=a+text', form)
      expect(posted.status).toBe(401)
    })

    it('refuses strangers on every method of a guarded endpoint', async () => {
      const guarded = target.routes.filter(({ kind, access }) => kind === 'endpoint' && access !== 'everyone')
      expect(guarded.map(({ route }) => route)).toEqual(['GET /hooks/[name]', 'POST /hooks/[name]'])
      for (const route of guarded) {
        for (const method of ['GET', 'HEAD']) expect((await target.ask(pathOf(route), {}, method)).status).toBe(401)
        expect((await target.post(pathOf(route), '{}', { ...json, ...ours })).status).toBe(401)
      }
    })
  })

  describe('I3: nothing in a request selects a mode of the inside', () => {
    const names = [
      'x-layer9-data',
      'x-layer9-user',
      'x-middleware-subrequest',
      'x-nextjs-data',
      'rsc',
      'x-sveltekit-action',
      'x-http-method-override',
      'x-original-url',
      'x-rewrite-url',
      'x-forwarded-host',
      'x-forwarded-proto',
      'forwarded',
      'x-forwarded-for',
      'purpose',
      // Ours: it turns a GET of what is no page into a full load, and changes no page.
      'layer9-navigation',
    ]
    const values = [
      '1',
      'true',
      'src/middleware',
      'DELETE',
      '/new',
      'evil.example',
      'https',
      'for=1.2.3.4;host=evil.example',
      'prefetch',
      'visit',
    ]

    it('answers the same with and without such headers', async () => {
      const pages = target.routes.filter(isPage)
      await eachCase(async (random) => {
        const path = pathOf(random.pick(pages))
        const extra = { [random.pick(names)]: random.pick(values) }
        const [plain, other] = [await target.ask(path), await target.ask(path, extra)]
        expect({ extra, path, status: other.status, body: stripIds(other.body) }).toEqual({
          extra,
          path,
          status: plain.status,
          body: stripIds(plain.body),
        })
      })
    })

    it('answers a document whatever the query asks for', async () => {
      for (const query of [
        '_data=routes',
        '__data=1',
        '_rsc=1',
        'x-sveltekit-invalidated=1',
        '_action=x',
        'mode=json',
      ]) {
        const answer = await target.ask(`/about?${query}`)
        expect(answer.status).toBe(200)
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      }
    })
  })

  describe('I4: what comes from a browser is data, bounded, and checked', () => {
    const call = async (body: string) => await target.post('/_layer9/api/posts/listPosts', body, { ...json, ...ours })
    const wrong = [
      '',
      'null',
      '[]',
      '1',
      '"x"',
      '{',
      '{"input":{"$fn":"x"}}',
      '{"input":{"$regexp":"(a+)+"}}',
      '{"input":{"$date":{}}}',
      '{"input":{"$bigint":"1e9"}}',
      '{"input":{"$map":[[1]]}}',
      '{"input":{"$ref":0}}',
      '{"input":{"$slot":0}}',
      `{"input":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      `{"input":{"$bigint":"${'9'.repeat(100_000)}"}}`,
    ]

    it.each(wrong.map((body) => [body.slice(0, 40), body]))('refuses %s with a typed body', async (_start, body) => {
      const answer = await call(body)
      expectSound(answer)
      expect([400, 413, 422]).toContain(answer.status)
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: expect.any(String) } })
    })

    it('refuses a form whose fields are others than the action takes', async () => {
      const cookie = await signIn(target)
      const headers = { ...ours, cookie, 'content-type': 'application/x-www-form-urlencoded' }
      for (const fields of [
        'topic=none&title=a&body=b',
        'topic=lend&title=&body=b',
        'topic=lend&title=a&body=b&body=c',
      ]) {
        const { status } = await target.post('/new', `$action=posts%2FcreatePost&${fields}`, headers)
        expect({ fields, status }).toEqual({ fields, status: 422 })
      }
    })

    it('leaves prototypes alone', async () => {
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        const answer = await call(`{"input":{"${key}":{"polluted":true},"page":1}}`)
        expectSound(answer)
      }
      expect((await call('{"input":{"polluted":true}}')).body).not.toContain('"polluted"')
      expect((await target.ask('/')).status).toBe(200)
    })
  })

  describe('I5: the server never calls itself', () => {
    it('answers a page whose loaders ask the api with one request', async () => {
      // The log comes behind the answers: what stands between two lines that nobody else asks for is this page's.
      for (const path of ['/log-begins', '/about', '/log-ends']) await target.ask(path)
      await target.server.says('GET /log-ends')
      const lines = target.server.output().split('\n')
      const at = (name: string): number => lines.findIndex((line) => line.includes(name))
      const between = lines.slice(at('/log-begins') + 1, at('/log-ends'))
      expect(between).toEqual([expect.stringContaining('/about')])
    })
  })

  describe('I6: what changes state is checked for its origin', () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'Same-Origin' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    ]

    it('on every route that takes a post, whatever its content type', async () => {
      const types = [
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        '',
      ]
      await eachCase(async (random) => {
        const route = random.pick(target.routes)
        const headers = { ...random.pick(foreign), 'content-type': random.pick(types) }
        const answer = await target.post(pathOf(route), '{"input":{}}', headers)
        expect({ headers, route: route.route, status: answer.status }).toEqual({
          headers,
          route: route.route,
          status: 403,
        })
      })
    })
  })

  describe('I7: what may be stored', () => {
    it('keeps every answer of a page private, and checks it again', async () => {
      for (const route of target.routes.filter(isPage)) {
        const { status, headers } = await target.ask(pathOf(route))
        expect(headers['cache-control']).toMatch(/^(private, no-cache|no-store)$/)
        if (status === 200) expect(headers['etag']).toMatch(/^(W\/)?"/)
      }
    })

    it('stores no answer that sets a cookie', async () => {
      const calls = { signIn: { person: 'ada' }, chooseTheme: { theme: 'dark' } }
      for (const [name, input] of Object.entries(calls)) {
        const path = `/_layer9/api/session/${name}`
        const { headers } = await target.post(path, JSON.stringify({ input }), { ...json, ...ours })
        expect(headers['set-cookie']).toMatch(/^board_/)
        expect(headers['cache-control']).toBe('no-store')
        // What browsers kept for the last visitor is nothing of the next one's.
        expect(headers['clear-site-data']).toBe(name === 'signIn' ? '"cache"' : undefined)
      }
    })
  })

  describe('I8: no path reaches the file system', () => {
    const secrets = [
      'package.json',
      'layer9.config.ts',
      'app/services/seed.ts',
      '.layer9/build/server/index.js',
      '.env',
    ]
    const starts = ['', '/_layer9/assets', '/public', '/_layer9']

    it('gives no file that is not in the manifest', async () => {
      for (const start of starts) {
        for (const name of secrets) {
          for (const up of ['/', '/../', '/..%2f', '/%2e%2e/', '/./', '//', '/..;/', '/x/../../']) {
            const answer = await target.ask(`${start}${up}${name}`)
            expect({ at: start + up + name, status: answer.status }).toEqual({
              at: start + up + name,
              status: expect.toSatisfy((status) => [308, 400, 403, 404].includes(status)),
            })
          }
        }
      }
    })
  })

  describe('I9: every size and time is bounded by what is seen', () => {
    it('bounds the target, the headers and their number', async () => {
      expect([400, 404, 414, 431]).toContain((await target.ask(`/${'a'.repeat(20_000)}`)).status)
      expect((await target.ask('/', { 'x-large': 'a'.repeat(100_000) })).status).toBe(431)
      const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x-${index}`, 'a']))
      expect((await target.ask('/', many)).status).toBe(431)
    })

    it('bounds a body by what arrives, not by what is declared', async () => {
      const size = 2 * 1024 * 1024
      // Its sending side stays open: what ends too early is refused for that.
      const [declared] = await send(
        target.server.port,
        `POST /_layer9/api/posts/listPosts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`,
      )
      expect(declared?.status).toBe(413)
      const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`
      const chunked = await target.send(
        `POST /_layer9/api/posts/listPosts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(40)}0\r\n\r\n`,
      )
      expect(chunked?.status).toBe(413)
    })

    it('bounds the depth and the number of what a body holds', async () => {
      const call = async (list: string) =>
        (await target.post('/_layer9/api/posts/listPosts', `{"input":{"list":${list}}}`, { ...json, ...ours })).status
      const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
      const listed = (count: number): string => `[${Array(count).fill(0)}]`
      // Two objects are around the list.
      expect([await call(nested(30)), await call(nested(31))]).toEqual([200, 400])
      expect([await call(listed(99_997)), await call(listed(99_998))]).toEqual([200, 400])
      // What else is wrong with it is not asked here.
      const isMalformed = async (type: string, body: string) =>
        (await target.post('/', body, { ...ours, 'content-type': type })).status === 400
      const fields = (count: number): string => `$action=posts%2FcreatePost${'&a=b'.repeat(count - 1)}`
      const form = 'application/x-www-form-urlencoded'
      expect([await isMalformed(form, fields(1000)), await isMalformed(form, fields(1001))]).toEqual([false, true])
      const part = (name: string, value: string) =>
        `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
      const parts = (count: number): string =>
        `${part('$action', 'posts/createPost')}${part('a', 'b').repeat(count - 1)}--x--\r\n`
      const multipart = 'multipart/form-data; boundary=x'
      expect([await isMalformed(multipart, parts(1000)), await isMalformed(multipart, parts(1001))]).toEqual([
        false,
        true,
      ])
    })

    it('bounds the requests that one connection has under way', async () => {
      const count = 500
      const asked = 'GET /about HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(count)
      const answers = await send(target.server.port, asked, { methods: Array(count).fill('GET') })
      for (const answer of answers) expectSound(answer)
      const statuses = answers.map(({ status }) => status)
      expect(statuses).toHaveLength(count)
      expect(statuses.slice(0, 100)).toEqual(Array(100).fill(200))
      // How many of the rest are refused depends on how they arrive.
      expect(statuses).toContain(429)
      for (const status of statuses) expect([200, 429]).toContain(status)
    })
  })

  describe('I9: every size and time is bounded by what is seen', () => {
    const limits = { requestTime: 2000, keepAlive: 500, connections: 40, requestsPerMinute: 1_000_000_000 }
    let bounded: Target
    beforeAll(async () => {
      bounded = await openTarget(mode, { limits, files: { 'app/api/heap.ts': heapModule } })
    })
    afterAll(async () => await bounded.close())

    it('ends a request that comes too slowly, in its headers as in its body', { timeout: 20_000 }, async () => {
      const call = 'POST /_layer9/api/posts/listPosts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
      const { port } = bounded.server
      const answers = await Promise.all([
        drip(port, 'GET ', '/'),
        drip(port, 'GET / HTTP/1.1\r\nhost: localhost\r\n', 'x: y\r\n'),
        drip(port, `${call}content-length: 100000\r\n\r\n`, ' '),
        drip(port, `${call}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
      ])
      for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"TIMEOUT"/s)
    })

    it('ends connections on which nothing is asked, from the beginning or any more', { timeout: 20_000 }, async () => {
      const silent = await open(bounded.server.port)
      const idle = await open(bounded.server.port)
      idle.write('GET /about HTTP/1.1\r\nhost: localhost\r\n\r\n')
      const ended = [silent, idle].map(async (socket) => await new Promise((done) => socket.once('close', done)))
      await Promise.all(ended)
      expect(idle.bytesRead).toBeGreaterThan(1000)
    })

    it('closes connections that are too many, and takes others once these are gone', async () => {
      const { port } = bounded.server
      const sockets = await Promise.all(Array.from({ length: limits.connections + 10 }, async () => await open(port)))
      await expect.poll(() => sockets.filter(({ closed }) => closed).length).toBe(10)
      for (const socket of sockets) socket.destroy()
      await expect.poll(async () => (await bounded.ask('/about').catch(() => undefined))?.status).toBe(200)
    })

    it('keeps nothing of what was asked, whatever was asked for', async () => {
      const heap = async () => Number((await bounded.ask('/heap')).body)
      // What is made once is made now.
      await askManyThings(bounded, { round: 'warm', count: 1000 })
      const before = await heap()
      await askManyThings(bounded, { round: 'real', count: 8000 })
      // One string of each request would be twice as much, so that it is seen beside what comes and goes by itself.
      expect((await heap()) - before).toBeLessThan(800_000)
    })
  })

  describe('I10: no data of one request is seen by another', () => {
    it('shows each visitor their own surname, however many ask at once', async () => {
      const people = { ada: 'Brandt', jonas: 'Okafor', mirela: 'Ionescu' }
      const sessions = await Promise.all(Object.keys(people).map(async (person) => await signIn(target, person)))
      const pages = target.routes.filter(isPage)
      await eachCase(async (random) => {
        const asked = await Promise.all(
          [0, 1, 2, 3].map(async (index) => {
            const cookie = sessions[index]
            const answer = await target.ask(pathOf(random.pick(pages)), cookie === undefined ? {} : { cookie })
            return answer.body
          }),
        )
        const header = (body: string): string => /<header.*?<\/header>/s.exec(body)?.[0] ?? ''
        for (const [index, body] of asked.entries()) {
          const seen = Object.values(people).filter((name) => header(body).includes(name))
          expect(seen).toEqual(Object.values(people).slice(index, index + 1))
        }
      })
    })
  })

  if (mode === 'start') {
    describe('I12: nothing of development is in a build', () => {
      it('has no module of it, in the browser and on the server', async () => {
        const files = globSync('.layer9/build/**/*.{js,css,json}', { cwd: target.app.root })
        expect(files.length).toBeGreaterThan(5)
        for (const file of files) {
          const found =
            /startDevClient|vite-error-overlay|@vite\/client|layer9:refresh|server-timing|layer9-inspector|data-layer9-at/.exec(
              await target.app.read(file),
            )
          expect({ file, found: found?.[0] }).toEqual({ file, found: undefined })
        }
      })

      it('answers to nothing that development serves', async () => {
        for (const path of ['/@vite/client', '/@fs/etc/passwd', '/@id/x', '/app/routes/index.tsx', '/__open-in-editor'])
          expect((await target.ask(path)).status).toBe(404)
      })
    })
  } else {
    describe('I12: development is closed to strangers', () => {
      const own = '/app/components/Header.tsx'

      it('gives no source to other sites, other hosts and from other folders', async () => {
        expect((await target.ask(own, ours)).status).toBe(200)
        for (const site of ['cross-site', 'same-site']) {
          expect((await target.ask(own, { 'sec-fetch-site': site })).status).toBe(403)
        }
        expect((await target.ask(own, { host: 'evil.example' })).status).toBe(421)
        const outside = ['/@fs/etc/passwd', '/@fs/etc/passwd?raw', '/@fs/etc/passwd?import&raw', '/@fs//etc/passwd?url']
        const secrets = [
          '/package.json?raw',
          '/layer9.config.ts?raw',
          '/.layer9/check.json',
          '/.env',
          '/app/services/seed.ts?raw',
        ]
        for (const path of [...outside, ...secrets]) {
          const { status, body } = await target.ask(path, ours)
          expect({ path, open: status === 200 && /root:|requestsPerMinute|"name"|createdAt/.test(body) }).toEqual({
            path,
            open: false,
          })
        }
      })

      it('opens its socket to its own pages alone', async () => {
        const upgrade =
          'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'
        for (const lines of [
          'sec-websocket-protocol: vite-hmr\r\n',
          'sec-websocket-protocol: vite-hmr\r\norigin: http://localhost\r\n',
          'sec-websocket-protocol: vite-ping\r\norigin: https://evil.example\r\n',
          'origin: http://localhost\r\n',
        ]) {
          const answer = await target.send(`GET / HTTP/1.1\r\nhost: localhost\r\n${upgrade}${lines}\r\n`)
          expect({ lines, status: answer?.status }).toEqual({
            lines,
            status: expect.toSatisfy((status) => status >= 400),
          })
        }
      })
    })
  }

  describe('I11: one boundary around each request', () => {
    it('answers probes as soundly as anybody', async () => {
      const answer = await target.ask('/_layer9/health')
      expect(answer).toMatchObject({ status: 200, body: '{"status":"serving"}' })
      expectSound(answer)
    })

    it('tells strangers an id and nothing else of a fault', async () => {
      const { status, body } = await target.ask('/fault')
      expect(status).toBe(500)
      expect(JSON.parse(body)).toEqual({
        error: { code: 'INTERNAL', message: 'Something went wrong.', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      })
    })

    it('says a code and nothing of the inside, for whatever is sent', async () => {
      await eachCase(async (random) => {
        const bytes = Array.from({ length: random.below(60) }, () => String.fromCharCode(random.below(256))).join('')
        const start = random.pick([
          '',
          'GET ',
          'GET / HTTP/1.1\r\n',
          'POST /_layer9/api/posts/listPosts HTTP/1.1\r\nhost: localhost\r\n',
        ])
        const answer = await target.send(`${start}${bytes}\r\n\r\n`)
        if (answer) expect(answer.status).not.toBe(500)
      })
      expect((await target.ask('/')).status).toBe(200)
    })
  })

  describe('I11b: the policy has no holes', () => {
    it('stands in every document, those of errors too, and no script is inline', async () => {
      const paths = [...target.routes.map((route) => pathOf(route)), '/nowhere', '/posts/none']
      for (const path of paths) {
        const { headers, body } = await target.ask(path)
        const policy = headers['content-security-policy'] ?? ''
        expect(policy).toMatch(/script-src 'self'(;|$)/)
        expect(policy).toMatch(/object-src 'none'/)
        expect(policy).toMatch(/base-uri 'none'/)
        for (const [script] of body.matchAll(/<script\b[^>]*>/g))
          expect(script).toMatch(/ src="|type="application\/json"/)
        expect(body).not.toMatch(/<[^>]+\son\w+=|javascript:/i)
      }
    })
  })
})

describe('security of a server', () => {
  describe('I9: every size and time is bounded by what is seen', () => {
    it('ends the answer to a client that does not read', async () => {
      let ended = false
      const body = (async function* () {
        try {
          for (;;) yield 'x'.repeat(65_536)
        } finally {
          ended = true
        }
      })()
      // An app has two minutes for this, which no test waits for.
      const { port } = await serve({ handler: () => ({ status: 200, headers: {}, body }) }, { limits: { stall: 300 } })
      const socket = connect(port, '127.0.0.1')
      socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
      await expect.poll(() => ended, { timeout: 10_000 }).toBe(true)
      socket.destroy()
    })
  })
})

/** What the board has not: endpoints, of which one is guarded and one fails. */
const hooksModule = `import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'
import { signedIn } from '~/middleware/session'

export const readHook = endpoint('GET /hooks/[name]', { access: signedIn, handler: () => new Response('read') })
export const postHook = endpoint('POST /hooks/[name]', { access: signedIn, handler: () => new Response('posted') })
export const fault = endpoint('GET /fault', { access: everyone, handler: () => {
  throw new Error('secrets of the inside')
} })
`

/** Signs somebody in; the cookie to be sent from now on. */
async function signIn(target: Target, person = 'ada'): Promise<string> {
  const body = JSON.stringify({ input: { person } })
  const { headers } = await target.post('/_layer9/api/session/signIn', body, { ...json, ...ours })
  return headers['set-cookie']?.split(';')[0] ?? ''
}

/** Tells how much the process keeps, in bytes; `/idle` answers anything. */
const heapModule = `import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { endpoint } from 'layer9/api'
import { everyone } from 'layer9/middleware'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
export const idle = endpoint('GET /idle/[name]', { access: everyone, handler: () => new Response('idle') })
export const heap = endpoint('GET /heap', { access: everyone, handler: () => {
  collect()
  return new Response(String(process.memoryUsage().heapUsed))
} })
`

/** Sends requests of which each has a path, a query, a host, a tag, encodings and a cookie of its own. */
async function askManyThings({ server }: Target, { round, count }: { round: string; count: number }): Promise<void> {
  const ask = async (batch: number): Promise<void> => {
    const lines = Array.from({ length: 50 }, (_, index) => {
      const own = `${round}-${batch}-${index}-`.padEnd(200, 'x')
      const host = `${own.slice(0, 60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.localhost`
      const headers = { host, 'if-none-match': `"${own}"`, 'accept-encoding': `${own}, gzip`, cookie: `a=${own}` }
      const all = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      return `GET ${index === 0 ? '/about' : `/idle/${own}`}?${own} HTTP/1.1\r\n${all.join('')}\r\n`
    })
    const answers = await send(server.port, lines.join(''), { methods: lines.map(() => 'GET') })
    expect(answers.map(({ status }) => status)).toEqual(lines.map(() => 200))
  }
  for (let batch = 0; batch < count / 50; batch++) await ask(batch)
}

const ours = { 'sec-fetch-site': 'same-origin' }
const json = { 'content-type': 'application/json' }

/** Documents without what differs from one answer to the next: ids of errors. */
const stripIds = (body: string): string => body.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
