import { describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Layer9Error, NotFound, Outcome, redirect, Unauthorized } from '../1-contracts/index.ts'
import { chain, everyone, guard, guards, middleware } from '../5-middleware/index.ts'
import { endpoint, query } from '../6-api/index.ts'
import { component, live, name } from '../8-components/server.ts'
import { bodyOf, headOf, layout, page, testApp } from './testing.fixture.ts'
import type { LoaderArgs } from './types.ts'

const hello = page((props) => `hello ${props.path}`)

describe('createApp', () => {
  it('answers a page with a document', async () => {
    const app = await testApp({ 'index.tsx': page(() => ['h1', 'Hi']), 'layout.tsx': layout('main') })
    const answer = await app.get('/')
    expect(answer.status).toBe(200)
    expect(answer.body).toBe(
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="layer9" content="b1"><link rel="stylesheet" href="/base.css"><script type="module" src="/listen.js" data-navigation="/nav.js"></script></head><body><!--{/layout--><main><!--{/--><h1>Hi</h1><!--}--></main><!--}--></body></html>',
    )
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^W\/"/),
      'content-security-policy': expect.stringContaining("script-src 'self'"),
    })
  })

  it('answers at once where nothing has to be waited for', async () => {
    const app = await testApp({ 'index.tsx': hello, 'posts/[id].tsx': page(() => 'x', { loader: () => ({ a: 1 }) }) })
    expect(app.raw('/')).not.toBeInstanceOf(Promise)
    expect(app.raw('/posts/1')).not.toBeInstanceOf(Promise)
    expect(app.raw('/nowhere')).not.toBeInstanceOf(Promise)
  })

  it('answers 304 to who has the document already, and the document to others', async () => {
    const app = await testApp({ 'index.tsx': hello })
    const etag = String((await app.get('/')).headers['etag'])
    expect(await app.get('/', { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, body: '' })
    expect(await app.get('/', { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 })
  })

  it('names a segment by its route and the values of its parameters, safely', async () => {
    const app = await testApp({
      '[[lang]]/posts/[id].tsx': page((props) => JSON.stringify(props.params)),
      '[[lang]]/posts/layout.tsx': layout('main'),
    })
    expect(bodyOf(await app.get('/de/posts/7'))).toBe(
      '<!--{/[[lang]]/posts/layout?lang=de--><main><!--{/[[lang]]/posts/[id]?lang=de&id=7-->{&quot;lang&quot;:&quot;de&quot;,&quot;id&quot;:&quot;7&quot;}<!--}--></main><!--}-->'.replaceAll(
        '&quot;',
        '"',
      ),
    )
    expect(bodyOf(await app.get('/posts/--%3E%3Cb'))).toContain('<!--{/[[lang]]/posts/[id]?id=-%2D%3E%3Cb-->')
  })

  it('adds to the name of a segment what its file says that it is the same by', async () => {
    const app = await testApp({
      'layout.tsx': layout('main', { identity: ({ path }: { path: string }) => path.length }),
      'list.tsx': page(() => 'list', { identity: ['tab', 'of'] }),
      'none.tsx': page(() => 'none', { identity: () => undefined }),
    })
    const body = async (path: string) => bodyOf(await app.get(path))
    const inLayout = (name: string, text: string) =>
      `<!--{/layout;5--><main><!--{${name}-->${text}<!--}--></main><!--}-->`
    expect(await body('/list')).toBe(inLayout('/list', 'list'))
    expect(await body('/list?page=2&of=--%3E&tab=a&tab=b')).toBe(inLayout('/list;tab=a&tab=b&of=-%2D%3E', 'list'))
    expect(await body('/none?tab=a')).toBe(inLayout('/none', 'none'))
  })

  it('shows the error page of the file whose identity throws', async () => {
    const fails = () => {
      throw new Error('no identity')
    }
    const app = await testApp({
      'layout.tsx': layout('main'),
      'deep/layout.tsx': layout('div', { identity: fails }),
      'deep/index.tsx': page(() => 'deep'),
      'error.tsx': page(() => 'sorry'),
    })
    const answer = await app.get('/deep')
    expect(answer.status).toBe(500)
    expect(bodyOf(answer)).toContain('<main><!--{/error-->sorry<!--}--></main>')
    expect(app.reported).toHaveLength(1)
  })

  it('mounts below a path, and tells the browser so', async () => {
    const app = await testApp({ 'index.tsx': hello }, { options: { base: '/app/' } })
    expect(headOf(await app.get('/'))).toContain('<meta name="layer9" content="b1" data-base="/app">')
  })

  it('leaves endpoints and calls to the api, before any page', async () => {
    const feed = endpoint('GET /feed.xml', { access: everyone, handler: () => new Response('<feed/>') })
    const ping = query({ access: everyone, handler: () => 'pong' })
    const app = await testApp({ '[name].tsx': hello }, { api: { site: () => ({ feed, ping }) } })
    expect((await app.get('/other')).body).toContain('hello /other')
    expect((await app.get('/feed.xml')).status).toBe(200)
    expect((await app.get('/feed.xml')).body).not.toContain('hello')
    expect(await app.get('/_layer9/api/site/none', { method: 'POST' })).toMatchObject({ status: 404 })
  })

  it('runs the chain of the app around pages', async () => {
    const steps = chain(
      middleware({ after: (_, reply) => ({ ...reply, headers: { ...reply.headers, 'x-tea': '1' } }) }),
    )
    const app = await testApp({ 'index.tsx': hello }, { middleware: () => ({ default: steps }) })
    expect((await app.get('/')).headers['x-tea']).toBe('1')
    expect((await app.get('/nowhere')).headers['x-tea']).toBe('1')
  })

  it('says at the start what is wrong with a route', async () => {
    const fails = async (routes: Parameters<typeof testApp>[0]) =>
      await testApp(routes).then(
        () => undefined,
        (error) => error as Layer9Error,
      )
    expect(await fails({ 'index.tsx': () => ({}) })).toMatchObject({
      code: 'ROUTE_COMPONENT_MISSING',
      data: { file: 'index.tsx' },
    })
    expect(await fails({ 'index.tsx': page(() => '', { access: 'king' }) })).toMatchObject({
      code: 'ROUTE_ACCESS_UNKNOWN',
      data: { file: 'index.tsx', access: 'king', known: [] },
    })
    expect(await fails({ 'index.tsx': page(() => '', { access: 'constructor' }) })).toBeInstanceOf(Layer9Error)
    for (const identity of ['tab', [5], {}, null]) {
      expect(await fails({ 'index.tsx': page(() => '', { identity }) })).toMatchObject({
        code: 'ROUTE_IDENTITY_INVALID',
        data: { file: 'index.tsx' },
      })
    }
    for (const store of ['no', 0, null]) {
      expect(await fails({ 'index.tsx': page(() => '', { store }) })).toMatchObject({
        code: 'ROUTE_STORE_INVALID',
        data: { file: 'index.tsx' },
      })
    }
    expect(await fails({ 'index.tsx': page(() => '', { live: true }) })).toMatchObject({
      code: 'ROUTE_EXPORT_UNSUPPORTED',
      data: { file: 'index.tsx', name: 'live' },
    })
    expect(await fails({ 'index.tsx': page(() => '', { render: 'request', live: false }) })).toBeUndefined()
    expect(await fails({ 'a.tsx': hello, 'a/index.tsx': hello })).toMatchObject({ code: 'ROUTE_CONFLICT' })
  })

  it('loads modules in development with each request', async () => {
    let text = 'one'
    const app = await testApp({ 'index.tsx': async () => page(() => text)() }, { options: { dev: true } })
    expect(bodyOf(await app.get('/'))).toContain('one')
    text = 'two'
    expect(bodyOf(await app.get('/'))).toContain('two')
  })

  it('shows in development what a module that does not load says', async () => {
    const broken = () => Promise.reject(new SyntaxError('no such thing <b>'))
    const app = await testApp({ 'index.tsx': broken, 'about.tsx': hello }, { options: { dev: true } })
    const answer = await app.get('/')
    expect(answer).toMatchObject({ status: 500 })
    expect(bodyOf(answer)).toContain('no such thing &lt;b&gt;')
    expect((await app.get('/about')).status).toBe(200)
  })
})

describe('methods', () => {
  it.each([
    ['HEAD', 200],
    ['OPTIONS', 204],
    ['PUT', 405],
    ['PATCH', 405],
    ['DELETE', 405],
  ])('%s on a page is %i', async (method, status) => {
    const app = await testApp({ 'index.tsx': hello })
    const answer = await app.get('/', { method })
    expect(answer.status).toBe(status)
    if (status !== 200) expect(answer.headers['allow']).toBe('GET, HEAD, POST, OPTIONS')
  })

  it('refuses other methods on what is not there with a typed body', async () => {
    const app = await testApp({ 'index.tsx': hello })
    const answer = await app.get('/nowhere', { method: 'DELETE' })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})

describe('access', () => {
  const moderator = guard(({ cookies }) => {
    if (cookies['role'] !== 'moderator') throw new Forbidden()
  })
  const slow = guard(async () => {
    await Promise.resolve()
    throw new Unauthorized()
  })
  const rules = { middleware: () => ({ access: guards({ moderator, slow }) }) }
  const asModerator = { headers: { cookie: 'role=moderator' } }

  it.each(['GET', 'HEAD', 'POST'])('is asked on %s, before any loader', async (method) => {
    const ran: string[] = []
    const secret = page(() => 'secret', { access: 'moderator', loader: () => ran.push('page') })
    const app = await testApp({ 'index.tsx': secret }, rules)
    const answer = await app.get('/', { method, ...(method === 'POST' && { form: { $action: 'a/b' } }) })
    expect(answer.status).toBe(403)
    expect(answer.body).not.toContain('secret')
    expect(ran).toEqual([])
  })

  it('lets pass whom the rule lets pass', async () => {
    const app = await testApp({ 'index.tsx': page(() => 'secret', { access: 'moderator' }) }, rules)
    expect(bodyOf(await app.get('/', asModerator))).toContain('secret')
  })

  it('holds for all below a layout that states it, its own loader too', async () => {
    const ran: string[] = []
    const app = await testApp(
      {
        'admin/layout.tsx': layout('main', { access: 'moderator', loader: () => ran.push('layout') }),
        'admin/users/[id].tsx': page(() => 'user', { loader: () => ran.push('page') }),
        'admin/not-found.tsx': page(() => 'nothing in admin'),
      },
      rules,
    )
    expect((await app.get('/admin/users/1')).status).toBe(403)
    expect((await app.get('/admin/else')).status).toBe(403)
    expect(ran).toEqual([])
    expect((await app.get('/admin/users/1', asModerator)).status).toBe(200)
    expect(bodyOf(await app.get('/admin/else', asModerator))).toContain('nothing in admin')
  })

  it('waits for rules that take time', async () => {
    const app = await testApp({ 'index.tsx': page(() => 'secret', { access: 'slow' }) }, rules)
    expect((await app.get('/')).status).toBe(401)
  })

  it('shows a refusal inside the layouts that the visitor may see', async () => {
    const app = await testApp(
      {
        'layout.tsx': layout('body-of-app', { loader: async () => 'menu' }),
        'error.tsx': page((props) => `${props.error?.code}: ${props.error?.message}`),
        'index.tsx': page(() => 'secret', { access: 'moderator' }),
      },
      rules,
    )
    expect(bodyOf(await app.get('/'))).toBe(
      '<!--{/layout--><body-of-app><!--{/error-->FORBIDDEN: This is not allowed.<!--}--></body-of-app><!--}-->',
    )
  })
})

describe('loaders', () => {
  it('get the parts of the request, and give the page its data', async () => {
    const loader = ({ params, path, query, searchParams, request, signal }: LoaderArgs) => ({
      params,
      path,
      q: query.get('q'),
      same: query === searchParams,
      url: request.url,
      aborted: signal.aborted,
    })
    const app = await testApp({ 'files/[...path].tsx': page((props) => JSON.stringify(props.data), { loader }) })
    const data = bodyOf(await app.get('/files/a/b%20c?q=x'))
    expect(JSON.parse(data.replace(/<!--.*?-->/g, ''))).toEqual({
      params: { path: ['a', 'b c'] },
      path: '/files/a/b%20c',
      q: 'x',
      same: true,
      url: 'http://app.test/files/a/b%20c?q=x',
      aborted: false,
    })
  })

  it('run at the same time, those of layouts and of the page', async () => {
    // Each waits until both have begun: one after the other they would wait for ever.
    let begun = 0
    let open: () => void = () => {}
    const both = new Promise<void>((resolve) => {
      open = resolve
    })
    const loader = async () => {
      if (++begun === 2) open()
      await both
      return begun
    }
    const app = await testApp({
      'layout.tsx': layout('main', { loader }),
      'index.tsx': page((p) => String(p.data), { loader }),
    })
    expect(bodyOf(await app.get('/'))).toContain('2')
  })

  it('send the visitor elsewhere, with the base in front', async () => {
    const app = await testApp(
      {
        'index.tsx': page(() => '', { loader: () => redirect('/login?to=%2F') }),
        'away.tsx': page(() => '', {
          loader: () => redirect.external('https://pay.test/x?a="b', ['https://pay.test']),
        }),
        'shown.tsx': page(() => redirect('/login')),
      },
      { options: { base: '/app/' } },
    )
    expect(await app.get('/')).toMatchObject({ status: 303, headers: { location: '/app/login?to=%2F' } })
    expect(await app.get('/shown')).toMatchObject({ status: 303 })
    const away = await app.get('/away')
    expect(away).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(away.body).toContain('<meta http-equiv="refresh" content="0;url=https://pay.test/x?a=%22b">')
    expect(away.body).toContain('<a id="layer9" href="https://pay.test/x?a=%22b">')
  })

  it('that fail do not end the process, even when nobody waits for their promises', async () => {
    const nobody = () => Promise.reject(new Error('nobody looks'))
    const loader = () => ({ later: nobody(), more: [nobody(), nobody()] })
    const app = await testApp({ 'index.tsx': page(() => 'fine', { loader }) })
    expect((await app.get('/')).status).toBe(200)
  })

  it('that fail together: the outermost counts', async () => {
    const app = await testApp({
      'a/layout.tsx': layout('main', { loader: async () => Promise.reject(new Conflict()) }),
      'a/index.tsx': page(() => '', { loader: () => Promise.reject(new NotFound()) }),
      'error.tsx': page((props) => `outer ${props.error?.code}`),
      'a/error.tsx': page((props) => `inner ${props.error?.code}`),
    })
    expect(bodyOf(await app.get('/a'))).toContain('outer CONFLICT')
  })
})

describe('errors', () => {
  const boom = () => {
    throw new Error('secret detail')
  }
  const errorPage = (name: string) =>
    page((props) => `${name} ${props.error?.code} ${props.error?.id ?? props.error?.message}`)

  it.each(['page', 'loader', 'async loader', 'head'])('of a %s are shown by the nearest error page', async (where) => {
    const failing = {
      page: page(boom),
      loader: page(() => '', { loader: boom }),
      'async loader': page(() => '', { loader: async () => boom() }),
      head: page(() => '', { head: boom }),
    }[where] as ReturnType<typeof page>
    const app = await testApp({
      'layout.tsx': layout('main'),
      'error.tsx': errorPage('outer'),
      'a/layout.tsx': layout('section'),
      'a/error.tsx': errorPage('inner'),
      'a/b.tsx': failing,
    })
    const answer = await app.get('/a/b')
    expect(answer.status).toBe(500)
    const [{ id, error } = { id: '', error: null }] = app.reported
    expect(error).toMatchObject({ message: 'secret detail' })
    expect(bodyOf(answer)).toBe(
      `<!--{/layout--><main><!--{/a/layout--><section><!--{/a/error-->inner INTERNAL ${id}<!--}--></section><!--}--></main><!--}-->`,
    )
    expect(answer.body).not.toContain('secret detail')
  })

  it('of a layout are shown outside of it', async () => {
    const app = await testApp({
      'layout.tsx': layout('main'),
      'error.tsx': errorPage('outer'),
      'a/layout.tsx': page(boom),
      'a/error.tsx': errorPage('inner'),
      'a/index.tsx': hello,
    })
    expect(bodyOf(await app.get('/a'))).toMatch(/^<!--\{\/layout--><main><!--\{\/error-->outer INTERNAL /)
  })

  it('of props that cannot be sent leave the page whole, without behaviour; development shows them', async () => {
    function Live() {
      return 'live'
    }
    live(Live)
    name(Live, 'app/live.tsx', 'Live')
    const show = () => component(Live, { at: new URL('http://a.test') })
    const routes = { 'error.tsx': errorPage('error'), 'index.tsx': page(show) }
    const app = await testApp(routes)
    expect(bodyOf(await app.get('/'))).toBe('<!--{/-->live<!--}-->')
    expect(app.reported[0]?.error).toMatchObject({ code: 'ROOT_PROP_NOT_DATA' })
    const developed = await testApp(routes, { options: { dev: true } })
    expect(bodyOf(await developed.get('/'))).toContain('error INTERNAL')
  })

  it('of an error page go outwards, and end with the built-in page', async () => {
    const app = await testApp({ 'error.tsx': page(boom), 'a/error.tsx': page(boom), 'a/index.tsx': page(boom) })
    const answer = await app.get('/a')
    expect(answer.status).toBe(500)
    expect(bodyOf(answer)).toContain('Something went wrong')
    expect(app.reported).toHaveLength(3)
    expect(bodyOf(answer)).toContain(app.reported[2]?.id)
    expect(answer.body).not.toContain('secret detail')
  })

  it('are told in full in development alone', async () => {
    const own = new Outcome({ status: 500, code: 'X', message: 'y' })
    const app = await testApp(
      {
        'index.tsx': page(boom),
        'own.tsx': page(() => {
          throw own
        }),
      },
      { options: { dev: true } },
    )
    expect(bodyOf(await app.get('/'))).toContain('secret detail')
    expect((await app.get('/own')).status).toBe(500)
  })

  it('keep the data that layouts have', async () => {
    let loads = 0
    const loader = () => ({ name: `load ${++loads}` })
    const app = await testApp({
      'layout.tsx': page((props) => ['main', [(props.data as { name: string }).name, props.children]], { loader }),
      'error.tsx': errorPage('error'),
      'index.tsx': page(boom),
    })
    expect(bodyOf(await app.get('/'))).toContain('load 1')
    expect(loads).toBe(1)
  })

  it.each([
    [new NotFound('post'), 404, 'There is no such post.'],
    [new Unauthorized(), 401, 'Sign in first.'],
    [new Conflict('Too late.'), 409, 'Too late.'],
    [new Outcome({ status: 402, code: 'PAY', message: 'The trial has ended.' }), 402, 'The trial has ended.'],
  ])('that are outcomes have their own status and message: %s', async (outcome, status, message) => {
    const app = await testApp({
      'index.tsx': page(() => {
        throw outcome
      }),
      'error.tsx': errorPage('error'),
    })
    const answer = await app.get('/')
    expect(answer.status).toBe(status)
    expect(bodyOf(answer)).toContain(`error ${outcome.code} ${message}`)
    expect(app.reported).toEqual([])
  })
})

describe('not found', () => {
  const missing = () => {
    throw new NotFound()
  }

  it('is shown by the nearest not-found page of the page that says so', async () => {
    const app = await testApp({
      'not-found.tsx': page(() => 'outer'),
      'posts/layout.tsx': layout('main'),
      'posts/not-found.tsx': page((props) => `no post ${props.params['id']}`),
      'posts/[id].tsx': page(missing),
      'other.tsx': page(missing),
    })
    expect(await app.get('/posts/7')).toMatchObject({ status: 404 })
    expect(bodyOf(await app.get('/posts/7'))).toContain('<main><!--{/posts/not-found-->no post 7')
    expect(bodyOf(await app.get('/other'))).toContain('outer')
  })

  it('is shown for a path that is nobody’s by the folder nearest to it', async () => {
    const app = await testApp({
      'layout.tsx': layout('main'),
      'not-found.tsx': page(() => 'outer'),
      'posts/not-found.tsx': page(() => 'inner'),
      'posts/[id].tsx': hello,
      '(group)/not-found.tsx': page(() => 'group'),
      '(group)/x.tsx': hello,
    })
    expect(bodyOf(await app.get('/nowhere/at/all'))).toContain('<main><!--{/not-found-->outer')
    expect(bodyOf(await app.get('/posts/1/2/3'))).toContain('inner')
    expect(bodyOf(await app.get('/posts'))).toContain('inner')
    expect(await app.get('/posts')).toMatchObject({ status: 404 })
  })

  it('has an error page, and then a built-in one, to fall back to', async () => {
    const own = await testApp({ 'error.tsx': page((props) => `own ${props.error?.status}`), 'index.tsx': hello })
    expect(bodyOf(await own.get('/nowhere'))).toContain('own 404')
    const none = await testApp({ 'index.tsx': hello, 'gone.tsx': page(missing) })
    for (const path of ['/nowhere', '/gone']) {
      const answer = await none.get(path)
      expect(answer.status).toBe(404)
      expect(headOf(answer)).toContain('<meta name="color-scheme" content="light dark">')
      expect(bodyOf(answer)).toContain('There is nothing here')
      expect(bodyOf(answer)).toMatch(/^<!--\{.*<!--\}-->$/s)
    }
  })

  it('whose page fails is an error', async () => {
    const app = await testApp({
      'not-found.tsx': page(() => {
        throw new Error('x')
      }),
      'error.tsx': page((props) => `error ${props.error?.status}`),
      'index.tsx': hello,
    })
    expect(bodyOf(await app.get('/nowhere'))).toContain('error 500')
  })
})
