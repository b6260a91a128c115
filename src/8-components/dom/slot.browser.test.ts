import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as browser from '../browser.ts'
import { type Child, createContext, useContext, useEffect, useState } from '../index.ts'
import * as server from '../server.ts'

type Side = typeof browser | typeof server
const b = browser.template('<b><!></b>', [browser.child(1)])
const bold = (side: Side, content: Child): Child =>
  side === browser ? browser.block(b, [content]) : server.block((v0) => `<b>${server.child(v0)}</b>`, [content])
const served = (text: string) => server.block((v0) => `<p>${server.child(v0)}</p>`, [text])

const errors: unknown[] = []
function onError(event: ErrorEvent): void {
  event.preventDefault()
  errors.push(event.error)
}
beforeEach(() => {
  errors.length = 0
  addEventListener('error', onError)
})
afterEach(() => {
  removeEventListener('error', onError)
  browser.watchSlots(() => {})
})

/** Which places show the slot; set by the test. */
let place: (where: string) => void = () => {}
const Mover = (side: Side) =>
  function Mover({ start, children }: { start: string; children?: Child }) {
    const [where, set] = useState(start)
    if (side === browser) {
      place = (next) => {
        set(next)
        browser.flush()
      }
    }
    const here = (name: string) => where.includes(name) && children
    return ['<', here('a'), '|', bold(side, here('b')), '|', [here('c')], '>']
  }
const InBrowser = Mover(browser)
const OnServer = server.live(Mover(server))
server.name(OnServer, 'm', 'Mover')

function serveAndAdopt(start: string, children: Child): browser.RootHandle {
  const renderer = server.createRenderer({ dev: true })
  document.body.innerHTML = renderer.render(server.component(OnServer, { start, children }))
  return browser.adopt(InBrowser, { start, children: browser.slot(0) }, begin(), end())
}
const begin = () => document.body.firstChild as Comment
const end = () => document.body.lastChild as Comment
const look = () => document.body.innerHTML.replace(/<!--.*?-->/g, '')

describe('a slot', () => {
  it('is adopted where the root placed it, moved as nodes, and never patched', () => {
    const handle = serveAndAdopt('a', served('x'))
    const node = document.querySelector('p')!
    node.textContent = 'changed by somebody'
    for (const where of ['b', 'c', 'a', '', 'b', '']) {
      place(where)
      const inside = { a: '&lt;|', b: '<b><p', c: '|<p', '': '&lt;|<b></b>|&gt;' }[where]!
      expect(look()).toContain(where === 'a' ? '&lt;<p>' : inside)
      if (where) expect(document.querySelector('p')).toBe(node)
    }
    place('c')
    expect(look()).toBe('&lt;|<b></b>|<p>changed by somebody</p>&gt;')
    expect(errors).toEqual([])
    handle.stop()
  })

  it('that was sent inert is placed when the root asks', () => {
    serveAndAdopt('', served('x'))
    expect(errors).toEqual([])
    place('b')
    expect(look().replace(/<template.*?<\/template>/, '')).toBe('&lt;|<b><p>x</p></b>|&gt;')
    place('')
    place('a')
    expect(look()).toContain('&lt;<p>x</p>|')
  })

  it('in two places is an error, and shows in one', () => {
    serveAndAdopt('a', served('x'))
    place('ab')
    expect(errors).toEqual([expect.objectContaining({ code: 'SLOT_PLACED_TWICE' })])
    expect(document.querySelectorAll('p')).toHaveLength(1)
  })

  it('keeps its nodes when the root is mounted anew', () => {
    document.body.innerHTML = '<!--[0-->wrong<i><!--(0--><p>x</p><!--)0--></i><!--]0-->'
    const node = document.querySelector('p')
    browser.adopt(InBrowser, { start: 'b', children: browser.slot(0) }, begin(), end())
    expect(errors).toEqual([expect.objectContaining({ code: 'ADOPT_MISMATCH' })])
    expect(look()).toBe('&lt;|<b><p>x</p></b>|&gt;')
    expect(document.querySelector('p')).toBe(node)
  })

  it('stays where it is when the root stops', () => {
    const handle = serveAndAdopt('b', served('x'))
    const before = document.body.innerHTML
    handle.stop()
    expect(document.body.innerHTML).toBe(before)
  })

  it('tells the watcher when it is placed again or taken out, not while it is adopted', () => {
    const log: string[] = []
    browser.watchSlots((first, last, placed) => log.push(`${first.data} ${last.data} ${placed}`))
    serveAndAdopt('a', served('x'))
    expect(log).toEqual([])
    place('')
    place('c')
    expect(log).toEqual(['(0 )0 false', '(0 )0 true'])
  })
})

describe('a root in a slot', () => {
  const Theme = createContext('light')
  const Show = () => useContext(Theme)
  const ShowOnServer = server.live(() => useContext(Theme))
  server.name(ShowOnServer, 'm', 'Show')
  let setTheme: (theme: string) => void = () => {}
  const Dark = (side: Side) => (props: { children?: Child }) => {
    const [theme, set] = useState('dark')
    if (side === browser) setTheme = set
    return side.component(Theme, { value: theme, children: bold(side, props.children) })
  }
  const DarkOnServer = server.live(Dark(server))
  server.name(DarkOnServer, 'm', 'Dark')

  it('has the contexts of the root around, live', () => {
    const page = server.component(DarkOnServer, { children: [served('p'), server.component(ShowOnServer, {})] })
    document.body.innerHTML = server.createRenderer({ dev: true }).render(page)
    const inner = [...document.querySelector('b')!.childNodes].filter((node) => /^[[\]]1/.test((node as Comment).data))
    browser.adopt(Dark(browser), { children: browser.slot(0) }, begin(), end())
    browser.adopt(Show, {}, inner[0] as Comment, inner[1] as Comment)
    expect(errors).toEqual([])
    setTheme('blue')
    browser.flush()
    expect(look()).toBe('<b><p>p</p>blue</b>')
  })

  it('has none of a slot that ended before it', () => {
    document.body.innerHTML = '<!--[0--><b><!--(0-->x<!--)0--></b><!--]0--><!--[1-->light<!--]1-->'
    const [, second] = [begin(), document.body.childNodes[3] as Comment]
    browser.adopt(Dark(browser), { children: browser.slot(0) }, begin(), document.body.childNodes[2] as Comment)
    browser.adopt(Show, {}, second, end())
    expect(errors).toEqual([])
    expect(document.body.textContent).toBe('xlight')
  })
})

describe('hot', () => {
  let host: HTMLElement
  beforeEach(() => {
    host = document.createElement('div')
  })
  const version = (label: string) =>
    function Counter(): Child {
      const [count, set] = useState(0)
      useEffect(() => set(1), [])
      return `${label} ${count}`
    }

  it('keeps the state with the same signature, in components that are shown and those made later', async () => {
    const first = version('old')
    browser.hot(first, 'm#A', 'useState(0)')
    browser.mount([browser.component(first, {})], host)
    await new Promise((resolve) => setTimeout(resolve))
    browser.flush()
    expect(host.textContent).toBe('old 1')
    browser.hot(version('new'), 'm#A', 'useState(0)')
    await Promise.resolve()
    expect(host.textContent).toBe('new 1')
    browser.mount(browser.component(first, {}), host)
    expect(host.textContent).toBe('new 1new 0')
  })

  it('starts anew with another signature, and ends the effects of the old one', async () => {
    const log: string[] = []
    const first = () => {
      useEffect(() => () => void log.push('end'), [])
      return useState('old')[0]
    }
    browser.hot(first, 'm#B', 'one')
    const unmount = browser.mount(browser.component(first, {}), host)
    await new Promise((resolve) => setTimeout(resolve))
    browser.hot(() => useState('new')[0], 'm#B', 'two')
    await Promise.resolve()
    expect([host.textContent, log]).toEqual(['new', ['end']])
    unmount()
  })

  it('leaves other components and other values alone', async () => {
    const other = version('other')
    browser.hot(other, 'm#C', 's')
    browser.hot('no component', 'm#D', 's')
    browser.mount(browser.component(other, {}), host)
    browser.hot(version('new'), 'm#E', 's')
    await Promise.resolve()
    expect(host.textContent).toBe('other 0')
  })
})
