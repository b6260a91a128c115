import { describe, expect, it, vi } from 'vitest'
import { Unauthorized } from '../1-contracts/index.ts'
import type { Reply } from '../2-platform/index.ts'
import { Await, ErrorBoundary } from '../8-components/index.ts'
import { block, child, component, live, name } from '../8-components/server.ts'
import { bodyOf, headOf, page, type TestApp, testApp, testAssets } from './testing.fixture.ts'

/** A live component, as the compiler marks it. */
function Counter({ start }: { start: unknown }) {
  return block((value: unknown) => `<button>${child(value)}</button>`, [start])
}
live(Counter)
name(Counter, 'app/components/Counter.tsx', 'Counter')

const tableOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="layer9"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? 'null')

describe('what is awaited', () => {
  const later = (value: unknown, show: (value: string) => unknown = (text) => text) =>
    component(Await as never, { value, fallback: 'wait', children: show })
  const gate = () => Promise.withResolvers<string>()
  /** The chunks of a streamed document, one by one; names of parts are those of one document alone. */
  const chunksOf = ({ body }: Reply) => {
    const chunks = (body as AsyncIterable<string>)[Symbol.asyncIterator]()
    const clean = (chunk: unknown) => String(chunk).replace(/\b[\da-f]{6}-(?=\d)/g, 'k-')
    return {
      next: async () => clean((await chunks.next()).value),
      rest: async () => {
        let rest = ''
        for (let next = await chunks.next(); !next.done; next = await chunks.next()) rest += next.value
        return clean(rest)
      },
    }
  }

  it('is in the document, whole and with a tag, when it is there at once', async () => {
    const app = await testApp({ 'index.tsx': page(() => ['p', later(Promise.resolve('now'))]) })
    const answer = await app.get('/')
    expect(answer.chunks).toHaveLength(1)
    expect(answer.headers['etag']).toBeDefined()
    expect(bodyOf(answer)).toBe('<!--{/--><p><!--?-->now<!--/?--></p><!--}-->')
    // Nothing but the comments tells that it was awaited.
    expect(headOf(answer)).not.toMatch(/noscript|receive/)
  })

  it('follows the whole shell, in which its fallback is', async () => {
    const { promise, resolve } = gate()
    const app = await testApp({
      'index.tsx': page(() =>
        [
          ['h1', 'top'],
          ['p', later(promise)],
          ['footer', component(Counter, { start: 1 })],
        ].map(wrap),
      ),
    })
    const reply = await app.raw('/')
    expect(reply.headers['etag']).toBeUndefined()
    // Who asks by script learns from the head how to read it.
    expect(reply.headers['layer9-parts']).toBe('/receive.js')
    const chunks = chunksOf(reply)
    const shell = await chunks.next()
    expect(shell).toContain('<noscript><link rel="stylesheet" href="/unscripted.css"></noscript>')
    expect(shell).toContain('<script type="module" async data-layer9-parts src="/receive.js"></script>')
    expect(shell).toMatch(
      /<h1>top<\/h1><p><!--\?k-0--><layer9-fallback style="display:contents">wait<\/layer9-fallback><!--\/\?k-0--><\/p><footer>.*<\/footer><!--\}-->$/,
    )
    expect(await chunks.next()).toMatch(/^<script type="application\/json" id="layer9".*<\/script><!--;-->$/)
    resolve('late')
    // Where what places it cannot be had, it is shown where it is.
    const sheet = '<link rel="stylesheet" data-layer9-unplaced href="/unscripted.css">'
    expect(await chunks.rest()).toBe(`<div hidden data-layer9-part="k-0">late</div><!--;-->${sheet}</body></html>`)
  })

  it('comes in whatever order it is ready, with its roots, the inner after the outer', async () => {
    const [outer, inner, other] = [gate(), gate(), gate()]
    const show = () => [
      component(Counter, { start: 1 }),
      later(outer.promise, (text) => [text, later(inner.promise, (more) => component(Counter, { start: more }))]),
      later(other.promise, (text) => component(Counter, { start: text })),
    ]
    const chunks = chunksOf(await (await testApp({ 'index.tsx': page(show) })).raw('/'))
    await chunks.next()
    expect(tableOf(await chunks.next()).roots).toHaveLength(1)
    inner.resolve('two')
    other.resolve('three')
    const first = await chunks.next()
    expect(first).toMatch(/^<script type="application\/json" id="layer9-1" data-starter="\/start.js">/)
    expect(first).toContain('"roots":{"1":{"module":0,"name":"Counter","props":{"start":"three"}}}')
    expect(first).toContain('<div hidden data-layer9-part="k-1"><!--[1--><button>three</button><!--]1--></div>')
    outer.resolve('one ')
    const rest = await chunks.rest()
    // What is there when its surroundings come is in its place already, or follows them.
    expect(rest).toMatch(/data-layer9-part="k-0">one .*<!--\[2--><button>two<\/button><!--\]2-->/)
    expect(rest).toContain('"roots":{"2":')
  })

  it('waits in its place where the parser would not take it elsewhere', async () => {
    const { promise, resolve } = gate()
    const show = () => wrap(['table', later(promise, (text) => wrap(['tr', wrap(['td', text])]))])
    const chunks = chunksOf(await (await testApp({ 'index.tsx': page(show) })).raw('/'))
    expect(await chunks.next()).toMatch(/<table><!--\?-->$/)
    resolve('cell')
    expect(await chunks.rest()).toBe('<tr><td>cell</td></tr><!--/?--></table><!--}--><!--;--></body></html>')
  })

  it('names the modules of roots that nobody has shown yet', async () => {
    const assets = { ...testAssets, reach: (file: string) => (file === 'index.tsx' ? ['app/Late.tsx'] : []) }
    const show = () => later(gate().promise)
    const chunks = chunksOf(await (await testApp({ 'index.tsx': page(show) }, { assets })).raw('/'))
    const shell = await chunks.next()
    for (const url of ['/start.js', '/app/Late.tsx.js', '/shared.js'])
      expect(shell).toContain(`<link rel="modulepreload" href="${url}">`)
    expect(shell).toContain('<link rel="stylesheet" href="/app/Late.tsx.css">')
  })

  it('answers the request with what it refuses before anything was sent', async () => {
    const app = await testApp({
      'index.tsx': page(() => component(ErrorBoundary as never, { fallback: '-', children: later(refused()) })),
      'error.tsx': page(({ error }) => `error page: ${error?.code}`),
    })
    const answer = await app.get('/')
    expect(answer.status).toBe(401)
    expect(bodyOf(answer)).toContain('error page: UNAUTHORIZED')
  })

  it('of a layout that refuses is shown outside of it', async () => {
    const app = await testApp({
      'error.tsx': page(() => 'outer error page'),
      'inner/layout.tsx': page(({ children }) => [later(refused()), children]),
      'inner/error.tsx': page(() => 'inner error page'),
      'inner/index.tsx': page(() => later(gate().promise)),
    })
    expect(bodyOf(await app.get('/inner'))).toContain('outer error page')
  })

  it('that fails shows what the boundary around it shows, and is reported', async () => {
    const { promise, reject } = gate()
    const show = () => component(ErrorBoundary as never, { fallback: 'sorry', children: later(promise) })
    const app: TestApp = await testApp({ 'index.tsx': page(show) })
    const chunks = chunksOf(await app.raw('/'))
    await chunks.next()
    reject(new Error('late trouble'))
    expect(await chunks.rest()).toContain('<div hidden data-layer9-part="k-0">sorry</div>')
    expect(app.reported.map(({ error }) => error)).toMatchObject([{ message: 'late trouble' }])
  })

  it('that fails outside of every boundary shows a number in its place', async () => {
    const { promise, reject } = gate()
    const app: TestApp = await testApp({ 'index.tsx': page(() => later(promise)) })
    const chunks = chunksOf(await app.raw('/'))
    await chunks.next()
    reject(new Error('secret trouble'))
    const rest = await chunks.rest()
    expect(rest).not.toContain('secret')
    expect(rest).toContain(app.reported[0]?.id)
  })

  it('ends when the visitor leaves', async () => {
    const [first, second] = [gate(), gate()]
    const shown = vi.fn((text: string) => text)
    const app = await testApp({ 'index.tsx': page(() => [later(first.promise), later(second.promise, shown)]) })
    const body = (await app.raw('/')).body as AsyncGenerator<string>
    await body.next()
    await body.return(undefined)
    second.resolve('late')
    await second.promise
    expect(shown).not.toHaveBeenCalled()
  })
})

const refused = async () => {
  throw new Unauthorized()
}

/** `[tag, content]` as an element. */
function wrap([tag, content]: readonly unknown[]): unknown {
  return block((value: unknown) => `<${tag}>${child(value)}</${tag}>`, [content])
}
