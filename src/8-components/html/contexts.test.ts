import { describe, expect, it, vi } from 'vitest'
import { signal } from '../../7-state/index.ts'
import { createNamedContext } from '../context.ts'
import { type Child, createContext, useContext, useState } from '../index.ts'
import { component, createRenderer, live, name, type RendererOptions } from '../server.ts'

function root<Type extends (props: never) => Child>(type: Type): Type {
  name(live(type, 'app/components/Live.tsx:3:8'), 'app/components/Live.tsx', type.name)
  return type
}

const strict: RendererOptions = { dev: true, report: () => {} }
const Theme = createNamedContext<unknown>('light', undefined, 'app/theme.ts#Theme')
const Place = createNamedContext('nowhere', { travels: true }, 'app/theme.ts#Place')
const Show = () => useContext(Theme) as Child
const Reader = root(function Reader() {
  useState(0)
  return component(Show, {})
})
const Idle = root(function Idle({ children }: { children?: Child }) {
  useState(0)
  return children
})
const themed = (value: unknown, children: Child) => component(Theme, { value, children })

function render(page: Child, options = strict) {
  const renderer = createRenderer(options)
  const html = renderer.render(page)
  return { html, contexts: renderer.roots.map((entry) => Object.fromEntries(entry.contexts)) }
}

describe('a context of a plain component', () => {
  it('crosses into a root that reads it, however deep', () => {
    const { html, contexts } = render(themed({ name: 'dark' }, component(Idle, {})), { report: () => {} })
    expect([html, contexts]).toEqual(['<!--[0--><!--]0-->', [{}]])
    const read = render(themed('dark', component(Reader, {})))
    expect(read.html).toBe('<!--[0-->dark<!--]0-->')
    expect(read.contexts).toEqual([{ 'app/theme.ts#Theme': { value: 'dark', isLate: false } }])
  })

  it('is that of the nearest provider', () => {
    expect(render(themed('a', themed('b', component(Reader, {})))).contexts).toEqual([
      { 'app/theme.ts#Theme': { value: 'b', isLate: false } },
    ])
  })

  it('stays where it is read nowhere; development says that it is there', () => {
    expect(render(themed('dark', component(Idle, {}))).contexts).toEqual([
      { 'app/theme.ts#Theme': { value: undefined, isLate: true } },
    ])
  })

  it('reaches every root inside when it was made to travel', () => {
    const page = component(Place, { value: 'here', children: component(Idle, {}) })
    for (const dev of [true, false])
      expect(render(page, { dev }).contexts).toEqual([{ 'app/theme.ts#Place': { value: 'here', isLate: false } }])
  })

  it('need not cross with the value that is read without it', () => {
    expect(render(themed('light', component(Reader, {}))).contexts).toEqual([{}])
  })

  it('crosses with that value too where a live component outside gives another', () => {
    const Dark = root(function Dark({ children }: { children?: Child }) {
      useState(0)
      return themed('dark', children)
    })
    const inner = component(Idle, { children: component(Reader, {}) })
    const page = component(Dark, { children: themed('light', component(Reader, {})) })
    expect(render(page).contexts[1]).toEqual({ 'app/theme.ts#Theme': { value: 'light', isLate: false } })
    // What a live component gives is there in the browser, live.
    expect(render(component(Dark, { children: inner })).contexts).toEqual([{}, {}, {}])
  })
})

describe('a context that cannot cross', () => {
  const cases: [string, unknown, string, string][] = [
    ['a function', () => 0, '', 'a function'],
    ['a function in it', { set: { theme: () => 0 } }, 'set.theme', 'a function'],
    ['a signal', signal(1), '', 'a signal'],
    ['a promise', Promise.resolve(1), '', 'a promise'],
    ['an instance', { at: new URL('http://a.test') }, 'at', 'an instance of URL'],
    ['an element', component(Idle, {}), '', 'an element'],
  ]
  it.each(cases)('is an error in development: %s', (_what, value, path, kind) => {
    const data = { component: 'Show', context: 'Theme', live: 'Reader', path, kind }
    expect(() => render(themed(value, component(Reader, {})))).toThrow(
      expect.objectContaining({ code: 'CONTEXT_NOT_DATA', data }),
    )
  })

  it('leaves its root without behaviour in production, and is reported once', () => {
    const report = vi.fn()
    const Twice = root(function Twice() {
      const theme = useContext(Theme) as { name: string }
      const [count] = useState(3)
      return [theme.name, count, component(() => (useContext(Theme) as { name: string }).name, {})]
    })
    const { html, contexts } = render(themed({ name: 'dark', set() {} }, component(Twice, {})), { report })
    expect([html, contexts]).toEqual(['dark3dark', []])
    expect(report.mock.calls).toEqual([[expect.objectContaining({ code: 'CONTEXT_NOT_DATA' })]])
  })

  it('has no name: the browser would not find it', () => {
    const Nameless = createContext('a')
    const Asks = root(function Asks() {
      return useContext(Nameless)
    })
    const page = component(Nameless, { value: 'b', children: component(Asks, {}) })
    const data = { component: 'Asks', context: '', live: 'Asks' }
    expect(() => render(page)).toThrow(expect.objectContaining({ code: 'CONTEXT_WITHOUT_NAME', data }))
    expect(() => render(page)).toThrow('Asks is live and reads a context')
    expect(render(component(Nameless, { value: 'a', children: component(Asks, {}) })).html).toBe('<!--[0-->a<!--]0-->')
  })
})
