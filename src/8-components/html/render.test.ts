import { describe, expect, it, vi } from 'vitest'
import { NotFound } from '../../1-contracts/index.ts'
import { signal } from '../../7-state/index.ts'
import {
  Await,
  type Child,
  createContext,
  createPortal,
  ErrorBoundary,
  memo,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from '../index.ts'
import {
  block,
  child,
  component,
  createRenderer,
  isLive,
  live,
  name,
  nameOf,
  on,
  type RendererOptions,
  renderToString,
  segment,
  slotNumber,
} from '../server.ts'

const p = (content: Child) => block((value) => `<p>${child(value)}</p>`, [content])
const button = (onClick: unknown) => block((value) => `<button${on('click', value)}></button>`, [onClick])

/** A live, named component. */
function root<Type extends (props: never) => Child>(type: Type, binding = type.name): Type {
  name(live(type), 'app/components/Live.tsx', binding)
  return type
}

function code(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return 'nothing was thrown'
}

const strict: RendererOptions = { dev: true, report: () => {} }

describe('hooks on the server', () => {
  const Everything = root(function Everything() {
    const [count] = useState(() => 1)
    const [sum] = useReducer((state: number, add: number) => state + add, 2)
    const held = useRef(3)
    const made = useMemo(() => 4, [])
    const call = useCallback(() => 5, [])
    useEffect(() => {
      throw new Error('effects do not run')
    })
    useLayoutEffect(() => {
      throw new Error('effects do not run')
    })
    return [count, sum, held.current, made, call()].join(' ')
  })
  it('give their first values and run no effect', () => {
    expect(createRenderer(strict).render(component(Everything, {}))).toBe('<!--[0-->1 2 3 4 5<!--]0-->')
  })
  it('render again at once when state is set while rendering', () => {
    const Derived = root(function Derived({ next }: { next: number }) {
      const [seen, setSeen] = useState(0)
      if (seen !== next) setSeen(next)
      return seen
    })
    expect(createRenderer(strict).render(component(Derived, { next: 4 }))).toBe('<!--[0-->4<!--]0-->')
  })
  it('find a component that never comes to rest', () => {
    const Restless = root(function Restless() {
      const [count, setCount] = useState(0)
      setCount(count + 1)
      return count
    })
    expect(code(() => createRenderer(strict).render(component(Restless, {})))).toBe('RENDER_LOOP')
  })
  it('are refused outside components', () => {
    expect(code(() => useState(0))).toBe('HOOK_OUTSIDE_COMPONENT')
  })
  it('number ids per root and in the plain rest', () => {
    const Id = () => useId()
    const LiveId = root(function LiveId() {
      return [component(Id, {}), ' ', component(Id, {})]
    })
    const page = [component(Id, {}), component(LiveId, {}), component(LiveId, {}), component(Id, {})]
    expect(createRenderer(strict).render(page)).toBe(
      'l9-p-0<!--[0-->l9-0-0 l9-0-1<!--]0--><!--[1-->l9-1-0 l9-1-1<!--]1-->l9-p-1',
    )
  })
})

describe('context', () => {
  const Theme = createContext('light')
  const Show = () => useContext(Theme)
  it('is that of the nearest provider', async () => {
    const page = [
      component(Show, {}),
      component(Theme, { value: 'dark', children: [' ', component(Show, {}), ' '] }),
      component(Theme.Provider, {
        value: 'x',
        children: component(Theme, { value: 'y', children: component(Show, {}) }),
      }),
    ]
    expect(await renderToString(page)).toBe('light dark y')
  })
  it('is that of the place for an element made elsewhere', async () => {
    const made = p(component(Show, {}))
    expect(await renderToString(component(Theme, { value: 'dark', children: made }))).toBe('<p>dark</p>')
  })
})

describe('component', () => {
  it.each([
    ['undefined', undefined],
    ['a plain object', {}],
    ['a string', 'Name'],
  ])('refuses what is no component: %s', (kind, type) => {
    expect(() => component(type as never, {})).toThrow(
      expect.objectContaining({ code: 'COMPONENT_INVALID', data: { kind } }),
    )
  })
})

describe('memo', () => {
  it('is the component, mark included', () => {
    const Inner = live(function Inner({ a }: { a: number }) {
      return a
    })
    const Memo = memo(Inner)
    expect([isLive(Memo), nameOf(Memo), Memo.name]).toEqual([true, undefined, 'Inner'])
  })
})

describe('roots', () => {
  const Counter = root(function Counter({ start }: { start: number }) {
    const [count, setCount] = useState(start)
    return button(() => setCount(count + 1))
  })
  it('are live components outside any live one, with their props in the table', () => {
    const renderer = createRenderer(strict)
    const html = renderer.render([component(Counter, { start: 1 }, 'a'), p(component(Counter, { start: 2 }))])
    expect(html).toBe('<!--[0--><button l9:click></button><!--]0--><p><!--[1--><button l9:click></button><!--]1--></p>')
    expect(renderer.roots).toEqual([
      { module: 'app/components/Live.tsx', name: 'Counter', props: { start: 1 }, key: 'a', contexts: new Map() },
      { module: 'app/components/Live.tsx', name: 'Counter', props: { start: 2 }, key: undefined, contexts: new Map() },
    ])
  })
  it('do not nest: a live component inside a live one is part of it', () => {
    const Outer = root(function Outer() {
      useState(0)
      return component(Counter, { start: 1 })
    })
    const renderer = createRenderer(strict)
    expect(renderer.render(component(Outer, {}))).toBe('<!--[0--><button l9:click></button><!--]0-->')
    expect(renderer.roots).toHaveLength(1)
  })
  it('need a name', () => {
    const Nameless = live(function Nameless() {
      return null
    })
    expect(code(() => createRenderer(strict).render(component(Nameless, {})))).toBe('ROOT_WITHOUT_NAME')
  })
  it('take data alone as props', () => {
    for (const bad of [() => 0, Symbol('x'), signal(0), Promise.resolve(1)]) {
      const props = { start: 0, deep: { list: [bad] } }
      const render = () => createRenderer(strict).render(component(Counter, props))
      expect(render).toThrow(
        expect.objectContaining({
          code: 'ROOT_PROP_NOT_DATA',
          data: expect.objectContaining({ path: 'deep.list[0]' }),
        }),
      )
    }
  })
  it('take functions that somebody knows how to send', () => {
    const send = () => 0
    const renderer = createRenderer({ ...strict, isSendable: (value) => value === send })
    renderer.render(component(Counter, { start: 0, send }))
    expect(renderer.roots[0]?.props['send']).toBe(send)
  })
})

describe('slots', () => {
  const Frame = root(function Frame({ children, side }: { children?: Child; side?: Child }) {
    useState(0)
    return [p(children), side]
  })
  const Shy = root(function Shy({ children: _children }: { children?: Child }) {
    useState(0)
    return 'shy'
  })
  it('are written where the root places them, and numbered in its props', () => {
    const renderer = createRenderer(strict)
    const html = renderer.render(component(Frame, { children: p('in'), side: p('by') }))
    expect(html).toBe('<!--[0--><p><!--(0--><p>in</p><!--)0--></p><!--(1--><p>by</p><!--)1--><!--]0-->')
    const { props } = renderer.roots[0]!
    expect([slotNumber(props['children']), slotNumber(props['side']), slotNumber('x')]).toEqual([0, 1, undefined])
  })
  it('are one for all children that hold an element, and none for text', () => {
    const renderer = createRenderer(strict)
    expect(renderer.render(component(Frame, { children: ['a ', p('b')] }))).toContain(
      '<p><!--(0-->a <p>b</p><!--)0--></p>',
    )
    expect(createRenderer(strict).render(component(Frame, { children: ['a', 'b'] }))).toContain('<p>ab</p>')
  })
  it('are sent inert when they are not placed', () => {
    const html = createRenderer(strict).render(component(Shy, { children: p('x') }))
    expect(html).toBe('<!--[0-->shy<template data-slot="0"><p>x</p></template><!--]0-->')
  })
  it('are plain inside, with roots of their own', () => {
    const renderer = createRenderer(strict)
    const html = renderer.render(component(Frame, { children: component(Frame, { children: 'deep' }) }))
    expect(html).toBe('<!--[0--><p><!--(0--><!--[1--><p>deep</p><!--]1--><!--)0--></p><!--]0-->')
    expect(code(() => createRenderer(strict).render(component(Frame, { children: button(() => 0) })))).toBe(
      'PLAIN_HAS_HANDLER',
    )
  })
  it('have the contexts of the place', () => {
    const Theme = createContext('light')
    const Show = () => useContext(Theme)
    const Dark = root(function Dark({ children }: { children?: Child }) {
      useState(0)
      return component(Theme, { value: 'dark', children })
    })
    const element = block((value) => `<b>${child(value)}</b>`, [component(Show, {})])
    expect(createRenderer(strict).render(component(Dark, { children: element }))).toContain('<b>dark</b>')
  })
  it('are placed once', () => {
    const Twice = root(function Twice({ children }: { children?: Child }) {
      useState(0)
      return [children, children]
    })
    expect(code(() => createRenderer(strict).render(component(Twice, { children: p('x') })))).toBe('SLOT_PLACED_TWICE')
  })
})

describe('ErrorBoundary', () => {
  const Bad = () => {
    throw new Error('bad')
  }
  it('shows its fallback, and reports', async () => {
    const report = vi.fn()
    const onCaught = vi.fn()
    const fallback = ({ error }: { error: unknown }) => p((error as Error).message)
    const page = component(ErrorBoundary, { fallback, onCaught, children: [p('a'), component(Bad, {})] })
    expect(await renderToString(page, { dev: true, report })).toBe('<p>bad</p>')
    expect(report).toHaveBeenCalledTimes(1)
    expect(onCaught).toHaveBeenCalledTimes(1)
  })
  it('is marked inside a root, so that the browser tries again', () => {
    const Live = root(function Live() {
      useState(0)
      return component(ErrorBoundary, { fallback: 'sorry', children: component(Bad, {}) })
    })
    expect(createRenderer(strict).render(component(Live, {}))).toBe('<!--[0--><!--!-->sorry<!--]0-->')
  })
  it('takes back the roots of what failed', () => {
    const Live = root(function Live() {
      return useState('live')[0]
    })
    const renderer = createRenderer(strict)
    const children = [component(Live, {}), component(Bad, {})]
    expect(renderer.render([component(ErrorBoundary, { fallback: '-', children }), component(Live, {})])).toBe(
      '-<!--[0-->live<!--]0-->',
    )
    expect(renderer.roots).toHaveLength(1)
  })
  it('hands an error of its fallback to the one around', async () => {
    const inner = component(ErrorBoundary, { fallback: component(Bad, {}), children: component(Bad, {}) })
    expect(await renderToString(component(ErrorBoundary, { fallback: 'outer', children: inner }), strict)).toBe('outer')
  })
  it('lets outcomes pass: they answer the request', async () => {
    const Missing = () => {
      throw new NotFound('post')
    }
    const page = component(ErrorBoundary, { fallback: '-', children: component(Missing, {}) })
    await expect(renderToString(page, strict)).rejects.toBeInstanceOf(NotFound)
  })
})

describe('Await', () => {
  const wait = (value: unknown, children: (value: string) => Child = (text) => p(text)) =>
    component(Await as (props: { value: unknown; fallback: Child; children: (value: string) => Child }) => Child, {
      value,
      fallback: 'wait',
      children,
    })
  it('shows a plain value at once', () => {
    expect(createRenderer(strict).render(wait('now'))).toBe('<p>now</p>')
  })
  it('shows its fallback between comments, and the content later', async () => {
    const renderer = createRenderer(strict)
    const html = renderer.render(['a', wait(Promise.resolve('b')), 'c'])
    expect(html).toBe('a<!--?0-->wait<!--/?0-->c')
    expect(await renderer.deferred[0]!.html).toBe('<p>b</p>')
    expect(await renderer.complete(html)).toBe('a<p>b</p>c')
  })
  it('nests', async () => {
    const inner = Promise.resolve('inner')
    const page = wait(Promise.resolve('outer'), (text) => [text, ' ', wait(inner)])
    expect(await renderToString(page, strict)).toBe('outer <p>inner</p>')
  })
  it('has the contexts of its place, and adds its roots to the table', async () => {
    const Theme = createContext('light')
    const Show = root(function Show() {
      return useState('live')[0]
    })
    const renderer = createRenderer(strict)
    const Plain = () => useContext(Theme)
    const late = wait(Promise.resolve(''), () => [component(Plain, {}), component(Show, {})])
    const html = renderer.render(component(Theme, { value: 'dark', children: late }))
    expect(renderer.roots).toHaveLength(0)
    expect(await renderer.complete(html)).toBe('dark<!--[0-->live<!--]0-->')
    expect(renderer.roots).toHaveLength(1)
  })
  it('gives a failure to the boundary around, in its own place', async () => {
    const report = vi.fn()
    const failing = Promise.reject(new Error('late'))
    const fallback = ({ error }: { error: unknown }) => `sorry: ${(error as Error).message}`
    const page = component(ErrorBoundary, { fallback, children: ['a', wait(failing)] })
    expect(await renderToString(page, { dev: true, report })).toBe('asorry: late')
    expect(report).toHaveBeenCalledTimes(1)
  })
  it('fails as a whole for what no boundary takes, and for outcomes, as long as nothing was sent', async () => {
    await expect(renderToString(wait(Promise.reject(new Error('late'))))).rejects.toThrow('late')
    const bounded = component(ErrorBoundary, { fallback: '-', children: wait(Promise.reject(new NotFound('post'))) })
    await expect(renderToString(bounded)).rejects.toBeInstanceOf(NotFound)
  })
  it('shows what it is told, or nothing, for a failure after that, and reports it', async () => {
    const report = vi.fn()
    for (const options of [{ report }, { report, failed: (error: unknown) => `failed: ${(error as Error).message}` }]) {
      const { promise, reject } = Promise.withResolvers()
      const renderer = createRenderer(options)
      renderer.render(wait(promise))
      renderer.seal()
      reject(new Error('late'))
      expect(await renderer.deferred[0]!.html).toBe(options.failed ? 'failed: late' : '')
    }
    expect(report).toHaveBeenCalledTimes(1)
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'late' }))
  })
  it('takes back what a part wrote before it failed', async () => {
    const Show = root(function Show() {
      return useState('live')[0]
    })
    const failing = () => {
      throw new Error('late')
    }
    const part = wait(Promise.resolve(''), () => [component(Show, {}), component(failing, {})])
    const renderer = createRenderer({ report: () => {} })
    renderer.render(component(ErrorBoundary, { fallback: 'sorry', children: part }))
    expect(await renderer.deferred[0]!.html).toBe('sorry')
    expect(renderer.roots).toEqual([])
  })
  it('waits no longer than it is told', async () => {
    const fallback = ({ error }: { error: unknown }) => (error as { code: string }).code
    const page = component(ErrorBoundary, { fallback, children: wait(new Promise(() => {})) })
    expect(await renderToString(page, { patience: 1, report: () => {} })).toBe('AWAIT_TOO_LONG')
  })
  it('is as many parts as a document may have, and no more', () => {
    const list = (count: number) => Array.from({ length: count }, () => wait(new Promise(() => {})))
    expect(createRenderer().render(list(10_000))).toContain('<!--?9999-->')
    expect(code(() => createRenderer().render(list(10_001)))).toBe('AWAIT_TOO_MUCH')
  })
  it('is as long as a document may have it, in all, and no longer', async () => {
    const fallback = ({ error }: { error: unknown }) => (error as { code: string }).code
    const part = (length: number) =>
      component(ErrorBoundary, { fallback, children: wait(Promise.resolve('x'.repeat(length)), (text) => text) })
    const renderer = createRenderer({ report: () => {} })
    renderer.render([part(16_777_215), part(1), part(1)])
    const parts = await Promise.all(renderer.deferred.map(async ({ html }) => (await html).length))
    expect(parts).toEqual([16_777_215, 1, 'AWAIT_TOO_MUCH'.length])
  })
  it('is not written for who has left', async () => {
    const { promise, resolve } = Promise.withResolvers()
    const children = vi.fn(() => 'late')
    const renderer = createRenderer()
    renderer.render(wait(promise, children))
    renderer.stop()
    resolve('late')
    expect(await renderer.deferred[0]!.html).toBe('')
    expect(children).not.toHaveBeenCalled()
  })
  it('waits in the browser when it is inside a root', () => {
    const Live = root(function Live() {
      const promise = useMemo(() => Promise.reject(new Error('nobody waits')), [])
      useState(0)
      return wait(promise)
    })
    const renderer = createRenderer(strict)
    expect(renderer.render(component(Live, {}))).toBe('<!--[0-->wait<!--]0-->')
    expect(renderer.deferred).toEqual([])
  })
})

describe('segment', () => {
  it('puts comments around, which no id can end', () => {
    expect(createRenderer().render(segment('/a?b=1', p('x')))).toBe('<!--{/a?b=1--><p>x</p><!--}-->')
    expect(createRenderer().render(segment('--><script>', ''))).not.toContain('--><script>')
  })
})

describe('createPortal', () => {
  it('shows nothing on the server', async () => {
    expect(await renderToString(['a', createPortal('b', {} as Node)])).toBe('a')
  })
})
