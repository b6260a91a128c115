import { describe, expect, it } from 'vitest'
import { everyone } from '../5-middleware/index.ts'
import { action } from '../6-api/index.ts'
import { block, child, component, live, name } from '../8-components/server.ts'
import type { Head } from './head.ts'
import { bodyOf, headOf, layout, page, testApp } from './testing.fixture.ts'

describe('the head of a document', () => {
  const shown = async (head: Head | ((props: never) => Head), outer?: Head) =>
    headOf(
      await (
        await testApp({ 'index.tsx': page(() => '', { head }), 'layout.tsx': layout('main', { head: outer }) })
      ).get('/'),
    )

  it('is escaped wherever an app’s text stands', async () => {
    const head = await shown({
      title: '</title><script>alert(1)</script>',
      description: '"><img src=x>',
      links: [{ rel: 'canonical', href: "/a?b=1&c='2'" }],
    })
    expect(head).toContain('<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>')
    expect(head).toContain('<meta name="description" content="&quot;&gt;&lt;img src=x&gt;">')
    expect(head).toContain('<link rel="canonical" href="/a?b=1&amp;c=&#39;2&#39;">')
  })

  it('drops what is no name of an attribute', async () => {
    const head = await shown({ meta: [{ name: 'a', 'x><script>': '1', content: 'b' }] })
    expect(head).toContain('<meta name="a" content="b">')
  })

  it('merges what layouts and page say: the innermost wins', async () => {
    const head = await shown(
      {
        title: 'Page',
        meta: [{ name: 'description', content: 'inner' }],
        links: [{ rel: 'canonical', href: '/inner' }],
      },
      {
        title: 'App',
        description: 'outer',
        meta: [{ property: 'og:type', content: 'website' }],
        links: [
          { rel: 'canonical', href: '/outer' },
          { rel: 'icon', href: '/icon.svg' },
        ],
      },
    )
    expect(head).toContain('<title>Page</title>')
    expect(head).not.toMatch(/App|outer/)
    expect(head).toContain('<meta name="description" content="inner">')
    expect(head).toContain('<meta property="og:type" content="website">')
    expect(head).toContain('<link rel="icon" href="/icon.svg">')
  })

  it('says language and direction on <html>', async () => {
    const app = await testApp({ 'index.tsx': page(() => '', { head: { lang: 'ar', dir: 'rtl' } }) })
    expect((await app.get('/')).body).toMatch(/^<!doctype html><html lang="ar" dir="rtl"><head>/)
  })

  it('is computed from the data', async () => {
    const app = await testApp({
      '[id].tsx': page(() => '', {
        loader: async () => ({ title: 'A post' }),
        head: ({ data, params }: { data: { title: string }; params: { id: string } }) => ({
          title: `${data.title} ${params.id}`,
        }),
      }),
    })
    expect(headOf(await app.get('/7'))).toContain('<title>A post 7</title>')
  })

  it.each([
    ['what the error is called', undefined, undefined, 'There is nothing here'],
    ['what the layout says', { title: 'Shop' }, undefined, 'Shop'],
    ['what it says itself', { title: 'Shop' }, { title: 'Gone' }, 'Gone'],
  ])('has for a title of an error page: %s', async (_, outer, head, title) => {
    const app = await testApp({
      'index.tsx': page(() => ''),
      'layout.tsx': layout('main', { head: outer }),
      'not-found.tsx': page(() => 'gone', { head }),
    })
    expect(headOf(await app.get('/nowhere'))).toContain(`<title>${title}</title>`)
  })

  it('has no script when navigation is off', async () => {
    const { testAssets } = await import('./testing.fixture.ts')
    const app = await testApp({ 'index.tsx': page(() => '') }, { assets: { ...testAssets, navigation: null } })
    expect((await app.get('/')).body).not.toContain('<script')
  })
})

/** A live component, as the compiler marks and names it. */
function Counter({ start }: { start: unknown }) {
  return block((value: unknown) => `<button>${child(value)}</button>`, [start])
}
live(Counter)
name(Counter, 'app/components/Counter.tsx', 'Counter')

/** A live layout: what it holds is a slot. */
function Shell({ children }: { children?: unknown }) {
  return block((value: unknown) => `<main>${child(value)}</main>`, [children])
}
live(Shell)
name(Shell, 'app/routes/layout.tsx', 'default')

const tableOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="layer9"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? 'null')

describe('roots in a document', () => {
  it('are in the table, and all that they need is named in the head', async () => {
    const show = () => [component(Counter, { start: 1 }, 'a'), component(Counter, { start: '</script>' })]
    const answer = await (await testApp({ 'index.tsx': page(show) })).get('/')
    expect(bodyOf(answer)).toContain('<!--[0--><button>1</button><!--]0--><!--[1-->')
    expect(tableOf(answer.body)).toEqual({
      build: 'b1',
      modules: ['/app/components/Counter.tsx.js'],
      roots: [
        { module: 0, name: 'Counter', props: { start: 1 }, key: 'a' },
        { module: 0, name: 'Counter', props: { start: '</script>' } },
      ],
    })
    expect(bodyOf(answer)).toContain('id="layer9" data-starter="/start.js">')
    expect(bodyOf(answer).match(/<\/script>/g)).toHaveLength(1)
    for (const url of ['/start.js', '/runtime.js', '/app/components/Counter.tsx.js', '/shared.js'])
      expect(headOf(answer)).toContain(`<link rel="modulepreload" href="${url}">`)
    expect(headOf(answer)).toContain('<link rel="stylesheet" href="/app/components/Counter.tsx.css">')
    expect(headOf(answer)).not.toContain('/tagged.js')
  })

  it('leave out props that are undefined, as the data of a page without a loader is', async () => {
    const answer = await (await testApp({ 'index.tsx': () => ({ default: Shell }) as never })).get('/')
    expect(JSON.stringify(tableOf(answer.body).roots[0].props)).toBe('{"params":{},"path":"/"}')
    expect(answer.body).not.toContain('tagged')
  })

  it('name what reads props that JSON alone cannot carry', async () => {
    for (const prop of [new Date(0), [{ price: 1n }], [undefined], block(() => '<p>slot</p>', [])]) {
      const answer = await (await testApp({ 'index.tsx': page(() => component(Shell, { note: prop } as never)) })).get(
        '/',
      )
      for (const url of ['/tagged.js', '/decode.js'])
        expect(headOf(answer)).toContain(`<link rel="modulepreload" href="${url}">`)
      expect(bodyOf(answer)).toContain('id="layer9" data-starter="/start.js" data-tagged="/tagged.js">')
    }
  })

  it('are given queries and actions by name, and what calls them', async () => {
    const vote = action({ access: everyone, handler: () => 1 })
    const show = () => component(Shell, { vote, inside: [vote] } as never)
    const answer = await (await testApp({ 'index.tsx': page(show) }, { api: { posts: () => ({ vote }) } })).get('/')
    const call = { $call: ['posts/vote', 'action', '/call.js'] }
    expect(tableOf(answer.body).roots[0].props).toMatchObject({ vote: call, inside: [call] })
    expect(bodyOf(answer)).toContain('data-tagged="/tagged.js"')
  })

  it('are given no action that nothing exports: nobody could call it', async () => {
    const vote = action({ access: everyone, handler: () => 1 })
    const app = await testApp({ 'index.tsx': page(() => component(Shell, { vote } as never)) })
    expect((await app.get('/')).body).not.toContain('id="layer9"')
    expect(app.reported[0]?.error).toMatchObject({ code: 'ROOT_PROP_NOT_DATA', data: { path: 'vote' } })
  })

  it('take a page as their slot', async () => {
    const app = await testApp({
      'index.tsx': page(() => ['p', 'page']),
      'layout.tsx': () => ({ default: Shell }) as never,
    })
    const answer = await app.get('/')
    expect(bodyOf(answer)).toMatch(
      /^<!--\{\/layout--><!--\[0--><main><!--\(0--><!--\{\/--><p>page<\/p><!--\}--><!--\)0--><\/main><!--\]0--><!--\}-->/,
    )
    expect(tableOf(answer.body).roots[0].props).toMatchObject({ children: { $slot: 0 } })
  })

  it('that the build does not have are an error of the app', async () => {
    const { testAssets } = await import('./testing.fixture.ts')
    const assets = { ...testAssets, root: () => undefined }
    const app = await testApp({ 'index.tsx': page(() => component(Counter, { start: 1 })) }, { assets })
    expect((await app.get('/')).status).toBe(500)
    expect(app.reported[0]?.error).toMatchObject({
      code: 'ROUTE_ROOT_MISSING',
      data: { module: 'app/components/Counter.tsx' },
    })
  })

  it('leave no table behind where there are none', async () => {
    expect((await (await testApp({ 'index.tsx': page(() => 'x') })).get('/')).body).not.toContain('id="layer9"')
  })
})
