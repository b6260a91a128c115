// What the compiler promised of components is verified while the server writes them.
import { describe, expect, it, vi } from 'vitest'
import { signal } from '../../7-state/index.ts'
import { Await, type Child, useEffect, useState } from '../index.ts'
import {
  at,
  block,
  child,
  component,
  createRenderer,
  live,
  name,
  on,
  type RendererOptions,
  ref,
  spread,
} from '../server.ts'

const p = (content: Child) => block((value) => `<p>${child(value)}</p>`, [content])
const button = (onClick: unknown) =>
  block((value) => `<button${on('click', value, 'app/Menu.tsx:4:9')}>+</button>`, [onClick])

function root<Type extends (props: never) => Child>(type: Type, wanted?: Parameters<typeof live>[2]): Type {
  name(live(type, 'app/components/Live.tsx:3:8', wanted), 'app/components/Live.tsx', type.name)
  return type
}

const strict: RendererOptions = { dev: true, report: () => {} }
const show = (element: Child, options = strict) => createRenderer(options).render(element)
const place = (file: string, line: number, column: number) => ({ places: [{ file, line, column }] })

describe('marks are verified', () => {
  const count = signal(7)
  const cases: [string, string, () => Child][] = [
    ['a state hook', 'PLAIN_USES_STATE', () => useState(0)[0]],
    ['an effect', 'PLAIN_USES_STATE', () => void useEffect(() => {})],
    ['a signal read through a helper', 'PLAIN_USES_STATE', () => count.value],
    ['a signal placed', 'PLAIN_USES_STATE', () => count],
    ['a handler', 'PLAIN_HAS_HANDLER', () => button(() => 0)],
    ['a ref', 'PLAIN_HAS_HANDLER', () => block((value) => `<i${ref(value)}></i>`, [() => {}])],
    [
      'a handler in a spread',
      'PLAIN_HAS_HANDLER',
      () => block((value) => `<i${spread(value, 'i')}></i>`, [{ onClick() {} }]),
    ],
  ]
  it.each(cases)('in a plain component: %s', (_what, code, type) => {
    const Plain = at(() => type(), 'app/components/Plain.tsx:1:14')
    expect(() => show(component(Plain, {}))).toThrow(expect.objectContaining({ code }))
  })
  it.each(cases)('not in a live one: %s', (_what, _code, type) => {
    const Live = root(function Live(): Child {
      return type()
    })
    expect(show(component(Live, {}))).toMatch(/^<!--\[0-->/)
  })
  it.each(cases)('and reported in production, where the HTML goes without behaviour: %s', (_what, code, type) => {
    const report = vi.fn()
    expect(show(p(component(() => type(), {})), { report })).toMatch(/^<p>.*<\/p>$/)
    expect(report.mock.calls).toEqual([[expect.objectContaining({ code })]])
  })
  it('not where nobody renders', () => {
    expect(count.value).toBe(7)
  })

  it('with the place: of what is given, or of the component', () => {
    const Menu = at(() => button(() => 0), 'app/Menu.tsx:2:1')
    expect(() => show(component(Menu, {}))).toThrow(expect.objectContaining(place('app/Menu.tsx', 4, 9)))
    const Sum = at(() => count, 'app/Sum.tsx:2:1')
    expect(() => show(component(Sum, {}))).toThrow(expect.objectContaining(place('app/Sum.tsx', 2, 1)))
    const When = at(() => p(new Date(0) as never), 'app/When.tsx:5:1')
    expect(() => show(component(When, {}))).toThrow(expect.objectContaining(place('app/When.tsx', 5, 1)))
    const Nobody = () => count
    expect(() => show(component(Nobody, {}))).toThrow(expect.objectContaining({ places: [] }))
  })
})

describe('a live component without a name', () => {
  const Nameless = live(function Nameless({ label }: { label: string }) {
    const [count, setCount] = useState(2)
    return [label, count, button(() => setCount(3))]
  }, 'app/Nameless.tsx:9:3')
  it('is an error in development', () => {
    expect(() => show(component(Nameless, { label: 'a' }))).toThrow(
      expect.objectContaining({ code: 'ROOT_WITHOUT_NAME', ...place('app/Nameless.tsx', 9, 3) }),
    )
  })
  it('is written without behaviour in production, and reported once', () => {
    const report = vi.fn()
    const renderer = createRenderer({ report })
    expect(renderer.render(component(Nameless, { label: 'a' }))).toBe('a2<button>+</button>')
    expect(renderer.roots).toEqual([])
    expect(report.mock.calls).toEqual([[expect.objectContaining({ code: 'ROOT_WITHOUT_NAME' })]])
  })
})

describe('a prop that cannot cross', () => {
  const List = root(function List({ items, fallback }: { items: unknown; fallback?: Child }) {
    useState(0)
    return component(Await as never, { value: items, fallback, children: (text: string) => p(text) })
  })
  const circle: unknown[] = []
  circle.push(circle)
  const cases: [string, unknown, string][] = [
    ['a function', { list: [() => 0] }, 'items.list[0]'],
    ['a symbol', Symbol('x'), 'items'],
    ['a signal', { list: signal(0) }, 'items.list'],
    ['a promise', Promise.resolve('late'), 'items'],
    ['an instance', [new URL('http://a.test')], 'items[0]'],
    ['one in a map', new Map([['a', () => 0]]), 'items[0][1]'],
    ['a circle', circle, 'items[0][0]'],
  ]
  it.each(cases)('is an error in development: %s', (_what, items, path) => {
    const element = at(component(List, { items }), 'app/routes/index.tsx:7:5')
    const data = expect.objectContaining({ component: 'List', path })
    expect(() => show(element)).toThrow(
      expect.objectContaining({ code: 'ROOT_PROP_NOT_DATA', data, ...place('app/routes/index.tsx', 7, 5) }),
    )
    expect(() => show(component(List, { items }))).toThrow(
      expect.objectContaining(place('app/components/Live.tsx', 3, 8)),
    )
  })
  it('leaves no hole in production: a promise is written when it is there', async () => {
    const report = vi.fn()
    const renderer = createRenderer({ report })
    const html = renderer.render(component(List, { items: Promise.resolve('late'), fallback: 'wait' }))
    expect(await renderer.complete(html)).toBe('<p>late</p>')
    expect(renderer.roots).toEqual([])
    expect(report).toHaveBeenCalledTimes(1)
  })
  it('takes the behaviour of its own root alone', () => {
    const Live = root(function Live({ children }: { children?: Child }) {
      return [useState('live')[0], children]
    })
    const renderer = createRenderer({ report: () => {} })
    const Broken = root(function Broken({ children }: { pick: unknown; children?: Child }) {
      return [useState('still')[0], children]
    })
    const page = [component(Broken, { pick: () => 0, children: component(Live, {}) }), component(Live, {})]
    expect(renderer.render(page)).toBe('still<!--[0-->live<!--]0--><!--[1-->live<!--]1-->')
    expect(renderer.roots).toHaveLength(2)
  })
})

describe('the props that a parameter names', () => {
  const send = (wanted: Parameters<typeof live>[2], props: object) => {
    const Live = root(function Live() {
      return null
    }, wanted)
    const renderer = createRenderer(strict)
    renderer.render(component(Live, props))
    return renderer.roots[0]?.props
  }
  class User {
    readonly id = 7
    readonly secret = 'x'
    get name() {
      return 'Ada'
    }
  }
  it('travel alone, nested ones too, of instances as well', () => {
    const props = { user: new User(), open: { by: 'me' }, other: () => 0 }
    expect(send({ user: { id: 1, name: 1 }, open: 1 }, props)).toEqual({
      user: { id: 7, name: 'Ada' },
      open: { by: 'me' },
    })
  })
  it('are as they are where there is nothing to take out', () => {
    expect(send({ user: { id: 1 }, text: { length: 1 } }, { user: null, text: 'abc' })).toEqual({
      user: null,
      text: 'abc',
    })
    expect(send({ list: { length: 1 }, gone: 1 }, { list: [1, 2] })).toEqual({ list: { length: 2 } })
  })
  it('are verified, the others are not', () => {
    expect(() => send({ user: { greet: 1 } }, { user: { greet: () => 0 } })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ path: 'user.greet' }) }),
    )
    expect(() => send({ user: { id: 1 } }, { user: Promise.resolve({}) })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ kind: 'a promise' }) }),
    )
  })
  it('need not hold the children, which then are not written at all', () => {
    const Shy = root(function Shy() {
      return 'shy'
    }, {})
    expect(show(component(Shy, { children: p('secret') }))).toBe('<!--[0-->shy<!--]0-->')
  })
})

describe('an asynchronous component', () => {
  it.each([true, false])('is an error that says what to do instead (dev: %s)', (dev) => {
    async function Page() {
      return p('x')
    }
    at(Page, 'app/routes/index.tsx:3:16')
    expect(() => show(component(Page as never, {}), { dev, report: () => {} })).toThrow(
      expect.objectContaining({
        code: 'COMPONENT_ASYNCHRONOUS',
        data: { component: 'Page' },
        fix: expect.stringMatching(/loader.*Await/),
        ...place('app/routes/index.tsx', 3, 16),
      }),
    )
  })
})
