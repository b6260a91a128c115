import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  boolean,
  decode,
  encode,
  Forbidden,
  integer,
  NotFound,
  Redirect,
  redirect,
  schema,
  text as textField,
} from '../1-contracts/index.ts'
import { fromRequest, json, type Reply, text } from '../2-platform/index.ts'
import { cookie, everyone, guard } from '../5-middleware/index.ts'
import { type ApiOptions, createApi } from './api.ts'
import { endpoint } from './endpoint.ts'
import { action, query } from './procedure.ts'

const NewPost = toStandardJsonSchema(
  v.object({ title: v.pipe(v.optional(v.string('text'), ''), v.minLength(1, 'missing')), body: v.string() }),
)
const signedIn = guard(({ cookies }) => {
  if (!cookies['user']) throw new Forbidden()
  return { user: cookies['user'] }
})

const posts = {
  echo: query({ access: everyone, input: v.any(), handler: ({ input }) => input }),
  keys: query({
    access: everyone,
    input: v.any(),
    handler: ({ input }) => [Object.getPrototypeOf(input), Object.keys(input)],
  }),
  create: action({ access: everyone, input: NewPost, handler: ({ input }) => ({ id: 1, ...input }) }),
  whoami: query({ access: signedIn, handler: ({ context }) => context.user }),
  missing: query({
    access: everyone,
    handler: () => {
      throw new NotFound('post')
    },
  }),
  moved: action({ access: everyone, handler: () => redirect('/posts') }),
  signIn: action({ access: everyone, handler: () => cookie.set('user', 'ada') }),
  signInAndGo: action({
    access: everyone,
    handler: () => {
      cookie.set('user', 'ada')
      redirect('/')
    },
  }),
  broken: action({
    access: everyone,
    handler: () => {
      throw new Error('secret detail')
    },
  }),
  unsendable: query({ access: everyone, handler: () => ({ run: () => 1 }) }),
  one: query({
    access: everyone,
    route: 'GET /api/posts/[id]',
    input: schema({ id: textField(), full: boolean().default(false), page: integer().optional() }),
    handler: ({ input }) => ({ ...input, at: new Date(0) }),
  }),
  put: action({
    access: everyone,
    route: 'PUT /api/posts/[number]',
    input: schema({ number: integer(), title: textField(), done: boolean().optional() }),
    handler: ({ input }) => input,
  }),
  latest: query({ access: everyone, route: 'GET /api/posts/latest', handler: () => 'latest' }),
  feed: endpoint('GET /feed.xml', { access: everyone, handler: ({ query }) => text(`feed ${query.get('page')}`) }),
  file: endpoint('GET /files/[...path]', {
    access: signedIn,
    handler: ({ params, context }) => new Response(`${context.user}: ${params['path']}`),
  }),
  go: endpoint('GET /go', { access: everyone, handler: () => redirect('/there') }),
  nothing: endpoint('GET /nothing', { access: everyone, handler: () => undefined as never }),
  early: endpoint('GET /early', { access: everyone, handler: () => ({ status: 101, headers: {}, body: null }) }),
  helper: () => 'not reachable',
  secret: 'not reachable',
}

const reports: { error: unknown; id: string }[] = []
const options: ApiOptions = { build: 'b1', report: (error, id) => reports.push({ error, id }) }
const api = createApi({ posts, 'admin/users': { echo: posts.echo } }, options)

async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  const reply = await api.handle(fromRequest(new Request(`http://localhost${path}`, init), { bodyLimit: 1000 }))
  if (!reply) throw new Error(`${path} is not answered`)
  return reply
}
const call = (name: string, body: string, headers: Record<string, string> = {}) =>
  ask(`/_layer9/api/${name}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const bodyOf = (reply: Reply) =>
  decode(reply.body as string) as {
    value?: unknown
    error?: { code: string; message: string; id?: string; data?: unknown }
  }

describe('calls over the wire', () => {
  it('carry input and value', async () => {
    const value = { at: new Date(0), set: new Set([1n]), none: undefined }
    const reply = await call('posts/echo', encode({ build: 'b1', input: value }))
    expect(reply.status).toBe(200)
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(bodyOf(reply)).toEqual({ value })
  })

  it('reach procedures of folders, and those exported again', async () => {
    expect(bodyOf(await call('admin/users/echo', '{"input":1}'))).toEqual({ value: 1 })
  })

  it('run guards', async () => {
    expect((await call('posts/whoami', '{}')).status).toBe(403)
    expect(bodyOf(await call('posts/whoami', '{}', { cookie: 'user=ada' }))).toEqual({ value: 'ada' })
  })

  it('answer outcomes with their status', async () => {
    const missing = await call('posts/missing', '{}')
    expect(missing.status).toBe(404)
    expect(bodyOf(missing).error).toEqual({ code: 'NOT_FOUND', message: 'There is no such post.', data: 'post' })
    const moved = await call('posts/moved', '{}')
    expect(moved.status).toBe(303)
    expect(moved.headers['location']).toBeUndefined() // else fetch would follow it and the caller never hear of it
    expect(bodyOf(moved).error).toMatchObject({ code: 'REDIRECT', data: { to: '/posts', external: false } })
  })

  it('set cookies', async () => {
    expect((await call('posts/signIn', '{}')).headers['set-cookie']).toEqual([
      'user=ada; Path=/; SameSite=Lax; HttpOnly',
    ])
  })

  it('set cookies with outcomes too', async () => {
    const reply = await call('posts/signInAndGo', '{}')
    expect(reply.status).toBe(303)
    expect(reply.headers['set-cookie']).toHaveLength(1)
  })

  it('answer wrong input with its fields', async () => {
    const reply = await call('posts/create', '{"input":{"title":"","body":1}}')
    expect(reply.status).toBe(422)
    expect(bodyOf(reply).error).toMatchObject({ code: 'INVALID', data: { title: 'missing', body: expect.any(String) } })
  })

  it('tell a page of another build to load again, if its input is wrong', async () => {
    const wrong = await call('posts/create', '{"build":"b0","input":{}}')
    expect(wrong.status).toBe(409)
    expect(bodyOf(wrong).error?.code).toBe('STALE')
    expect((await call('posts/create', '{"build":"b0","input":{"title":"t","body":"b"}}')).status).toBe(200)
    expect((await call('posts/create', '{"build":"b1","input":{}}')).status).toBe(422)
  })

  it('tell a page of another build to load again, if what it calls is gone', async () => {
    expect(bodyOf(await call('posts/gone', '{"build":"b0","input":{}}'))).toMatchObject({ error: { code: 'STALE' } })
    expect((await call('posts/gone', '{"build":"b1","input":{}}')).status).toBe(404)
    expect((await call('posts/gone', '{"input":{}}')).status).toBe(404)
    expect((await call('posts/gone', 'tea')).status).toBe(404)
  })
})

describe('bad input', () => {
  it.each([
    ['no JSON', 'tea', 400, 'MALFORMED'],
    ['an empty body', '', 400, 'MALFORMED'],
    ['a list', '[]', 400, 'MALFORMED'],
    ['null', 'null', 400, 'MALFORMED'],
    ['a number', '1', 400, 'MALFORMED'],
    ['an unknown tag', '{"input":{"$function":"x"}}', 400, 'MALFORMED'],
    ['deep nesting', `{"input":${'['.repeat(40)}${']'.repeat(40)}}`, 400, 'MALFORMED'],
    ['too many bytes', `{"input":"${'x'.repeat(1000)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
  ])('%s is refused', async (_, body, status, code) => {
    const reply = await call('posts/echo', body)
    expect(reply.status).toBe(status)
    expect(bodyOf(reply).error?.code).toBe(code)
    expect(reply.body).not.toContain('.ts')
  })

  it('bytes that are no UTF-8 are refused', async () => {
    const reply = await ask('/_layer9/api/posts/echo', {
      method: 'POST',
      body: new Uint8Array([0x22, 0xff, 0x22]),
      headers: { 'content-type': 'application/json' },
    })
    expect(reply.status).toBe(400)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json, text/plain',
    'application/jsonx',
    'application/json; charset=latin1',
    '',
  ])('content type %j is refused', async (type) => {
    const reply = await call('posts/echo', '{}', { 'content-type': type })
    expect(reply.status).toBe(415)
    expect(bodyOf(reply).error?.code).toBe('NOT_JSON')
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'content type %j is taken',
    async (type) => {
      expect((await call('posts/echo', '{}', { 'content-type': type })).status).toBe(200)
    },
  )

  it.each(['gzip', 'br', 'identity, gzip', 'x'])('a body that is encoded as %s is refused', async (encoding) => {
    const reply = await call('posts/echo', '{}', { 'content-encoding': encoding })
    expect(reply.status).toBe(415)
    expect(bodyOf(reply).error?.code).toBe('ENCODING_UNSUPPORTED')
  })

  it('a body that says it is not encoded is taken', async () => {
    expect((await call('posts/echo', '{}', { 'content-encoding': 'Identity' })).status).toBe(200)
  })

  it.each([
    '',
    'posts',
    'posts/',
    'posts/helper',
    'posts/secret',
    'posts/feed',
    'posts/nothere',
    'posts/constructor',
    'posts/__proto__',
    'posts/toString',
    '__proto__/x',
    'posts/echo/more',
    'posts%2Fecho',
    'Posts/echo',
  ])('nothing is reachable by the name %j', async (name) => {
    const reply = await call(name, '{}')
    expect(reply.status).toBe(404)
    expect(bodyOf(reply).error?.code).toBe('NOT_FOUND')
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('%s is not how one calls', async (method) => {
    const reply = await ask('/_layer9/api/posts/echo', { method })
    expect(reply.status).toBe(405)
    expect(reply.headers['allow']).toBe('POST, OPTIONS')
  })

  it('OPTIONS is told what is', async () => {
    expect(await ask('/_layer9/api/posts/echo', { method: 'OPTIONS' })).toMatchObject({
      status: 204,
      headers: { allow: 'POST, OPTIONS' },
    })
  })

  it('keys of the prototype pollute nothing', async () => {
    const reply = await call(
      'posts/keys',
      '{"input":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}}',
    )
    expect(bodyOf(reply).value).toEqual([null, ['__proto__', 'constructor']])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
    const created = await call(
      'posts/create',
      '{"input":{"title":"t","body":"b","__proto__":{"admin":true}},"__proto__":{"build":"x"}}',
    )
    expect(bodyOf(created).value).toEqual({ id: 1, title: 't', body: 'b' })
  })
})

describe('faults', () => {
  it.each(['broken', 'unsendable'])('of %s are told by an id alone, and reported whole', async (name) => {
    const before = reports.length
    const reply = await call(`posts/${name}`, '{}')
    expect(reply.status).toBe(500)
    expect(bodyOf(reply).error).toEqual({ code: 'INTERNAL', message: 'Something went wrong.', id: reports[before]?.id })
    expect(reply.body).not.toContain('secret')
    expect((reports[before]!.error as Error).stack).toContain('.ts')
  })
})

describe('named routes', () => {
  it('take path and query as input and answer plain JSON', async () => {
    const reply = await ask('/api/posts/a%20b?full=true&page=2&id=other')
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } })
    expect(JSON.parse(reply.body as string)).toEqual({ id: 'a b', full: true, page: 2, at: '1970-01-01T00:00:00.000Z' })
    // A URL that says nothing means the default.
    expect(JSON.parse((await ask('/api/posts/a')).body as string)).toMatchObject({ full: false })
  })

  it('take path and body as input', async () => {
    const reply = await ask('/api/posts/7', {
      method: 'PUT',
      body: '{"title":"t","number":"8"}',
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.parse(reply.body as string)).toEqual({ number: 7, title: 't' })
    // The body says what it says: a checkbox that is absent is a matter of forms.
  })

  it('refuse a schema that text cannot be read by at the start, with the way out', () => {
    const plain = { access: everyone, input: v.object({ id: v.string() }), handler: () => 1 }
    const make = (route: string) => createApi({ posts: { one: query({ ...plain, route }) } })
    for (const route of ['GET /posts', 'DELETE /posts', 'POST /posts/[id]']) {
      expect(() => make(route)).toThrow(
        expect.objectContaining({
          code: 'SCHEMA_NOT_READABLE',
          data: {
            name: 'The input of posts/one',
            vendor: 'valibot',
            way: expect.stringContaining('toStandardJsonSchema'),
          },
        }),
      )
    }
    // A body of JSON has types of its own.
    expect(() => make('POST /posts')).not.toThrow()
  })

  it('prefer literal paths', async () => {
    expect((await ask('/api/posts/latest')).body).toBe('"latest"')
  })

  it('know the methods of a path', async () => {
    const reply = await ask('/api/posts/7', { method: 'DELETE' })
    expect(reply).toMatchObject({ status: 405, headers: { allow: 'GET, PUT, HEAD, OPTIONS' } })
    expect(await ask('/api/posts/7', { method: 'OPTIONS' })).toMatchObject({ status: 204 })
    expect((await ask('/api/posts/7', { method: 'HEAD' })).status).toBe(200)
  })

  it('answer at once where nothing takes time', () => {
    expect(api.handle(fromRequest(new Request('http://localhost/api/posts/latest')))).toMatchObject({
      body: '"latest"',
    })
  })

  it('refuse wrong input with its fields', async () => {
    const reply = await ask('/api/posts/7', {
      method: 'PUT',
      body: '{"title":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(reply.status).toBe(422)
  })
})

describe('endpoints', () => {
  it('answer their path', async () => {
    expect((await ask('/feed.xml?page=2')).body).toBe('feed 2')
    expect(api.endpoints).toHaveLength(5)
  })

  it('run their guard, and take Responses', async () => {
    expect((await ask('/files/a/b')).status).toBe(403)
    const reply = await ask('/files/a/b%20c', { headers: { cookie: 'user=ada' } })
    let body = ''
    for await (const chunk of reply.body as AsyncIterable<Uint8Array>) body += new TextDecoder().decode(chunk)
    expect(body).toBe('ada: a/b c')
  })

  it('must answer', async () => {
    const before = reports.length
    expect((await ask('/nothing')).status).toBe(500)
    expect(reports[before]?.error).toMatchObject({
      code: 'API_ANSWER_INVALID',
      data: { route: 'GET /nothing', kind: 'undefined' },
    })
    expect((await ask('/early')).status).toBe(500)
    expect(reports[before + 1]?.error).toMatchObject({ code: 'API_ANSWER_INVALID', data: { kind: 'status 101' } })
  })

  it('send visitors on', async () => {
    expect(await ask('/go')).toMatchObject({ status: 303, headers: { location: '/there' } })
  })

  it('need an access rule', () => {
    expect(() => endpoint('GET /x', {} as never)).toThrow(expect.objectContaining({ code: 'API_ACCESS_MISSING' }))
  })

  it('answer synchronously where nothing has to be waited for', () => {
    expect(api.handle(fromRequest(new Request('http://localhost/feed.xml')))).not.toBeInstanceOf(Promise)
  })
})

describe('createApi', () => {
  it('answers nothing else', () => {
    expect(api.handle(fromRequest(new Request('http://localhost/')))).toBeUndefined()
    expect(api.handle(fromRequest(new Request('http://localhost/feed')))).toBeUndefined()
    expect(api.handle(fromRequest(new Request('http://localhost/_layer9/other')))).toBeUndefined()
  })

  it('lists what is reachable', () => {
    expect(api.list().find((entry) => entry.id === 'posts/one')).toEqual({
      id: 'posts/one',
      kind: 'query',
      routes: ['POST /_layer9/api/posts/one', 'GET /api/posts/[id]'],
    })
    expect(api.list().find((entry) => entry.id === 'posts/feed')).toEqual({
      id: 'posts/feed',
      kind: 'endpoint',
      routes: ['GET /feed.xml'],
    })
    expect(api.list().some((entry) => entry.id === 'posts/helper')).toBe(false)
  })

  it('tells the methods of its paths, and of nothing else', () => {
    expect(api.methodsOf('/_layer9/api/posts/create')).toEqual(['POST'])
    expect(api.methodsOf('/_layer9/api/posts/nothing')).toBeUndefined()
    expect(api.methodsOf('/feed.xml')).toEqual(['GET', 'HEAD'])
    expect(api.methodsOf('/api/posts/7')).toEqual(['GET', 'HEAD', 'PUT'])
    expect(api.methodsOf('/posts')).toBeUndefined()
  })

  it('finds by name', () => {
    expect(api.find('posts/create')?.kind).toBe('action')
    expect(api.find('posts/helper')).toBeUndefined()
    expect(api.find('constructor')).toBeUndefined()
  })

  it('refuses two answers to one path', () => {
    const one = () => endpoint('GET /a/[id]', { access: everyone, handler: () => json(1) })
    const other = query({ access: everyone, route: 'GET /a/[slug]', handler: () => 1 })
    expect(() => createApi({ x: { one: one() }, y: { other } })).toThrow(
      expect.objectContaining({
        code: 'API_ROUTE_CLASH',
        data: { route: 'GET /a/[slug]', first: 'x/one', second: 'y/other' },
      }),
    )
  })

  it('refuses routes that are none', () => {
    const odd = query({ access: everyone, route: '/a', handler: () => 1 })
    expect(() => createApi({ x: { odd } })).toThrow(expect.objectContaining({ code: 'API_ROUTE_INVALID' }))
  })
})

describe('runForm', () => {
  const run = (name: string, fields: string, cookies = '') =>
    api.runForm(
      name,
      new URLSearchParams(fields),
      fromRequest(new Request('http://localhost/', { method: 'POST', headers: { cookie: cookies } })),
    )

  it('runs an action with the fields', async () => {
    await expect(run('posts/create', '$action=posts/create&title=t&body=b')).resolves.toEqual({
      ok: true,
      value: { id: 1, title: 't', body: 'b' },
    })
  })

  it('throws where the schema cannot read text', async () => {
    const plain = createApi({
      posts: { plain: action({ access: everyone, input: v.object({}), handler: () => 1 }) },
    })
    const incoming = fromRequest(new Request('http://localhost/', { method: 'POST' }))
    await expect(plain.runForm('posts/plain', new URLSearchParams(), incoming)).rejects.toMatchObject({
      code: 'SCHEMA_NOT_READABLE',
      data: { name: 'The input of posts/plain' },
    })
  })

  it('gives outcomes back', async () => {
    await expect(run('posts/create', 'title=')).resolves.toMatchObject({
      ok: false,
      outcome: { code: 'INVALID', fields: { title: 'missing', body: expect.any(String) } },
    })
    const moved = await run('posts/moved', '')
    expect(moved.ok).toBe(false)
    expect(!moved.ok && moved.outcome).toBeInstanceOf(Redirect)
  })

  it.each(['posts/echo', 'posts/feed', 'posts/nothere', 'constructor', ''])(
    'runs only actions, not %j',
    async (name) => {
      await expect(run(name, '')).resolves.toMatchObject({ ok: false, outcome: { code: 'NOT_FOUND' } })
    },
  )

  it('throws faults to the page', async () => {
    await expect(run('posts/broken', '')).rejects.toThrow('secret detail')
  })
})
