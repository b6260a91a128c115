import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eachCase, type Random } from '../../../tests/harness/random.ts'
import { signal } from '../../7-state/index.ts'
import * as browser from '../browser.ts'
import { type Child, ErrorBoundary, useEffect, useId, useRef, useState } from '../index.ts'
import * as server from '../server.ts'
import type { Hole } from './contract.ts'

/** The same for both sides: what the compiler writes for a tree. */
type Tree =
  | { kind: 'element'; tag: string; attributes: Record<string, string>; children: Part[] }
  | { kind: 'text'; text: string }
  | { kind: 'nothing' }
  | { kind: 'list'; items: Tree[] }
  | { kind: 'component'; shows: Tree }

/** A child in a template: written in it, or in a hole. */
type Part = { fixed: Tree } | { dynamic: Tree }

const errors: unknown[] = []
function onError(event: ErrorEvent): void {
  event.preventDefault()
  errors.push(event.error)
}
beforeEach(() => {
  errors.length = 0
  document.body.replaceChildren()
  addEventListener('error', onError)
})
afterEach(() => removeEventListener('error', onError))

type Next = Random['below']

const texts = ['a', 'b', 'ab', '<&>', ' ', 'x\ny', '\r', '']

function grow(next: Next, depth: number): Tree {
  switch (depth > 0 ? next(7) : 2 + next(3)) {
    case 0:
    case 1:
    case 5:
      return growElement(next, depth)
    case 2:
    case 3:
      return { kind: 'text', text: texts[next(texts.length)]! }
    case 4:
      return { kind: 'nothing' }
    default:
      return next(2) === 0
        ? { kind: 'list', items: Array.from({ length: next(4) }, () => grow(next, depth - 1)) }
        : { kind: 'component', shows: grow(next, depth - 1) }
  }
}

function growElement(next: Next, depth: number): Tree {
  const children = Array.from({ length: next(5) }, (): Part => {
    if (next(3) > 0) return { dynamic: grow(next, depth - 1) }
    if (next(2) === 0) return { fixed: { kind: 'text', text: texts[next(4)]! } }
    return { fixed: growElement(next, depth - 1) }
  })
  return {
    kind: 'element',
    tag: ['div', 'span', 'b', 'section'][next(4)]!,
    attributes: next(2) === 0 ? { title: texts[next(texts.length)]! } : {},
    // A compiler joins neighbouring texts.
    children: children.filter(
      (part, index) => !('fixed' in part && isText(part) && index > 0 && isText(children[index - 1]!)),
    ),
  }
}

function isText(part: Part): boolean {
  return 'fixed' in part && part.fixed.kind === 'text'
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;')

interface Compiled {
  html: string
  count: number
  holes: Hole[]
  values: Tree[]
  write: ((values: readonly unknown[]) => string)[]
}

/** Counts and writes an element as Contract 1 and 2 say. */
function compile(tree: Tree & { kind: 'element' }, into: Compiled): Compiled {
  const at = into.count++
  into.html += `<${tree.tag}`
  into.write.push(() => `<${tree.tag}`)
  for (const [name, value] of Object.entries(tree.attributes)) {
    const index = into.holes.push(browser.attribute(at, name)) - 1
    into.values.push({ kind: 'text', text: value })
    into.write.push((values) => server.attribute(name, values[index]))
  }
  into.html += '>'
  into.write.push(() => '>')
  for (const part of tree.children) {
    if ('fixed' in part && part.fixed.kind === 'element') compile(part.fixed, into)
    else if ('fixed' in part && part.fixed.kind === 'text') {
      const text = escaped(part.fixed.text)
      into.count++
      into.html += text
      into.write.push(() => text)
    } else if ('dynamic' in part) {
      const index = into.holes.push(browser.child(into.count++)) - 1
      into.html += '<!>'
      into.values.push(part.dynamic)
      into.write.push((values) => server.child(values[index]))
    }
  }
  into.html += `</${tree.tag}>`
  into.write.push(() => `</${tree.tag}>`)
  return into
}

const compiled = new WeakMap<Tree, Compiled & { template: browser.Template }>()

function compiledOf(tree: Tree & { kind: 'element' }): Compiled & { template: browser.Template } {
  let known = compiled.get(tree)
  if (!known) {
    const fresh = compile(tree, { html: '', count: 0, holes: [], values: [], write: [] })
    known = { ...fresh, template: browser.template(fresh.html, fresh.holes) }
    compiled.set(tree, known)
  }
  return known
}

function show(tree: Tree, side: typeof browser | typeof server): Child {
  switch (tree.kind) {
    case 'nothing':
      return null
    case 'text':
      return tree.text
    case 'list':
      return tree.items.map((item) => show(item, side))
    case 'component':
      return side.component(side === browser ? ShowInBrowser : ShowOnServer, { tree: tree.shows })
    case 'element': {
      const { template, values, write } = compiledOf(tree)
      const shown = values.map((value) => show(value, side))
      return side === browser
        ? browser.block(template, shown)
        : server.block((...given) => write.map((part) => part(given)).join(''), shown)
    }
  }
}
const ShowInBrowser = ({ tree }: { tree: Tree }) => show(tree, browser)
const ShowOnServer = ({ tree }: { tree: Tree }) => show(tree, server)

let setTree: (tree: Tree) => void = () => {}
function Root({ tree }: { tree: Tree }): Child {
  const [now, set] = useState(tree)
  setTree = set
  return show(now, browser)
}
function RootOnServer({ tree }: { tree: Tree }): Child {
  useState(tree)
  return show(tree, server)
}
server.name(server.live(RootOnServer), 'app/components/Root.tsx', 'Root')

function serve(element: Child): { begin: Comment; end: Comment } {
  document.body.innerHTML = server.createRenderer({ dev: true, report: () => {} }).render(element)
  return { begin: document.body.firstChild as Comment, end: document.body.lastChild as Comment }
}

/** What a page looks like, neighbouring texts joined. */
const look = (html: string) => html.replace(/<!--.*?-->/g, '')

function elementsOf(host: Element): Element[] {
  return [...host.querySelectorAll('*')]
}

describe('adoption', () => {
  it('takes over any tree without a new node, and updates it like a fresh one, in random cases', async () => {
    await eachCase(({ below: next }) => {
      const tree = grow(next, 4)
      const { begin, end } = serve(server.component(RootOnServer, { tree }))
      const served = document.body.innerHTML
      const elements = elementsOf(document.body)
      const handle = browser.adopt(Root, { tree }, begin, end)
      expect(errors).toEqual([])
      expect(document.body.innerHTML).toBe(served)
      expect(elementsOf(document.body)).toEqual(elements)
      for (const [index, node] of elementsOf(document.body).entries()) expect(node).toBe(elements[index])
      for (let step = 0; step < 3; step++) {
        const other = grow(next, 4)
        setTree(other)
        browser.flush()
        const host = document.createElement('div')
        const unmount = browser.mount(show(other, browser), host)
        expect(look(document.body.innerHTML), `step ${step}`).toBe(host.innerHTML)
        unmount()
      }
      handle.stop()
    })
  })

  it('attaches handlers and refs, and starts effects', async () => {
    const shape = browser.template('<button><!></button>', [browser.on(0, 'click'), browser.ref(0), browser.child(1)])
    const log: unknown[] = []
    const Browser = () => {
      const [count, set] = useState(0)
      const ref = useRef<Element | null>(null)
      useEffect(() => void log.push(ref.current), [])
      return browser.block(shape, [() => set(count + 1), ref, count])
    }
    const Server = server.live(() => server.block((v0) => `<button>${server.child(v0)}</button>`, [0]))
    server.name(Server, 'm', 'Browser')
    const { begin, end } = serve(server.component(Server, {}))
    const button = document.querySelector('button')!
    const handle = browser.adopt(Browser, {}, begin, end)
    await new Promise((resolve) => setTimeout(resolve))
    expect(log).toEqual([button])
    button.click()
    await Promise.resolve()
    expect(button.textContent).toBe('1')
    handle.stop()
    button.click()
    await Promise.resolve()
    expect(document.body.innerHTML).toBe('<!--[0--><button>1</button><!--]0-->')
  })

  it('gives the ids that the server gave', () => {
    const ids: string[] = []
    const Id = () => {
      const id = useId()
      ids.push(id)
      return id
    }
    const Live = (side: typeof browser | typeof server) => () => [side.component(Id, {}), side.component(Id, {})]
    const OnServer = server.live(Live(server))
    server.name(OnServer, 'm', 'Live')
    const { begin, end } = serve(server.component(OnServer, {}))
    browser.adopt(Live(browser), {}, begin, end)
    expect(errors).toEqual([])
    expect(ids.slice(2)).toEqual(ids.slice(0, 2))
  })

  it('renders with other props and keeps state', () => {
    const Browser = ({ label }: { label: string }) => {
      const [made] = useState(label)
      return [label, made]
    }
    const Server = server.live(Browser)
    server.name(Server, 'm', 'Browser')
    const { begin, end } = serve(server.component(Server, { label: 'a' }))
    const handle = browser.adopt(Browser, { label: 'a' }, begin, end)
    handle.update({ label: 'b' })
    expect(document.body.textContent).toBe('ba')
  })

  it('hears what was typed before it came', async () => {
    const shape = browser.template('<input>', [browser.property(0, 'value'), browser.on(0, 'input')])
    const seen: string[] = []
    const Browser = () => {
      const [value, set] = useState('')
      return browser.block(shape, [
        value,
        (event: InputEvent) => {
          seen.push((event.currentTarget as HTMLInputElement).value)
          set((event.currentTarget as HTMLInputElement).value)
        },
      ])
    }
    const Server = server.live(() => server.block((v0) => `<input${server.property('value', v0)}>`, ['']))
    server.name(Server, 'm', 'Browser')
    const { begin, end } = serve(server.component(Server, {}))
    document.querySelector('input')!.value = 'typed'
    browser.adopt(Browser, {}, begin, end)
    await Promise.resolve()
    expect(seen).toEqual(['typed'])
    expect(document.querySelector('input')!.value).toBe('typed')
  })

  it('follows signals as children and attributes', async () => {
    const count = signal(1)
    const shape = browser.template('<p>n: <!></p>', [browser.attribute(0, 'title'), browser.child(2)])
    let renders = 0
    const Browser = () => {
      renders++
      return browser.block(shape, [count, count])
    }
    const Server = server.live(() =>
      server.block((v0, v1) => `<p${server.attribute('title', v0)}>n: ${server.child(v1)}</p>`, [count, count]),
    )
    server.name(Server, 'm', 'Browser')
    const { begin, end } = serve(server.component(Server, {}))
    const handle = browser.adopt(Browser, {}, begin, end)
    expect(errors).toEqual([])
    count.value = 2
    await Promise.resolve()
    expect(document.querySelector('p')!.outerHTML).toBe('<p title="2">n: 2</p>')
    expect(renders).toBe(1)
    handle.stop()
    count.value = 3
    await Promise.resolve()
    expect(document.querySelector('p')!.outerHTML).toBe('<p title="2">n: 2</p>')
  })
})

describe('a mismatch', () => {
  const shape = browser.template('<p>a<!></p>', [browser.child(2)])
  const Browser = ({ text }: { text: string }) => browser.block(shape, [text])
  const cases: [string, string][] = [
    ['another text', '<p>ax</p>'],
    ['another element', '<div>ab</div>'],
    ['too little', ''],
    ['too much in an element', '<p>ab<b></b></p>'],
    ['too much in the root', '<p>ab</p>c'],
  ]
  it.each(cases)('is reported with both sides, and the root is mounted anew: %s', (_what, html) => {
    document.body.innerHTML = `<!--[0-->${html}<!--]0-->`
    browser.adopt(Browser, { text: 'b' }, document.body.firstChild as Comment, document.body.lastChild as Comment)
    expect(document.body.innerHTML).toBe('<!--[0--><p>ab</p><!--]0-->')
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'ADOPT_MISMATCH',
        data: { component: 'Browser', server: expect.any(String), browser: expect.any(String) },
      }),
    ])
  })

  it('leaves nothing of the attempt behind', async () => {
    const log: string[] = []
    const count = signal(0)
    const Effect = () => {
      useEffect(() => {
        log.push('run')
        return () => void log.push('end')
      }, [])
      return [count.value, count]
    }
    document.body.innerHTML = '<!--[0-->00wrong<!--]0-->'
    const begin = document.body.firstChild as Comment
    const handle = browser.adopt(Effect, {}, begin, document.body.lastChild as Comment)
    await new Promise((resolve) => setTimeout(resolve))
    expect(log).toEqual(['run'])
    handle.stop()
    expect(log).toEqual(['run', 'end'])
  })

  it('is no mistake where a boundary took an error on the server', () => {
    const Live = (side: typeof browser | typeof server, fails: boolean) => () => {
      const Bad = () => {
        if (fails) throw new Error('server only')
        return 'fine'
      }
      return side.component(ErrorBoundary, { fallback: 'sorry', children: side.component(Bad, {}) })
    }
    const OnServer = server.live(Live(server, true))
    server.name(OnServer, 'm', 'Live')
    const { begin, end } = serve(server.component(OnServer, {}))
    browser.adopt(Live(browser, false), {}, begin, end)
    expect(document.body.textContent).toBe('fine')
    expect(errors).toEqual([])
  })
})

describe('an error that no boundary takes', () => {
  const shape = browser.template('<p><!></p>', [browser.child(1)])
  it('leaves the nodes of the server as they are when it comes first', async () => {
    const Bad = () => {
      throw new Error('first')
    }
    document.body.innerHTML = '<!--[0--><p>served</p><!--]0-->'
    const node = document.querySelector('p')
    browser.adopt(Bad, {}, document.body.firstChild as Comment, document.body.lastChild as Comment)
    await Promise.resolve()
    expect(document.body.innerHTML).toBe('<!--[0--><p data-layer9-failed="">served</p><!--]0-->')
    expect(document.querySelector('p')).toBe(node)
    expect(errors).toEqual([expect.objectContaining({ message: 'first' })])
  })

  it('stops the root and leaves its nodes when it comes later, once', async () => {
    const ended = vi.fn()
    let fail: (fails: boolean) => void = () => {}
    const Fragile = () => {
      const [fails, set] = useState(false)
      fail = set
      useEffect(() => ended, [])
      if (fails) throw new Error('later')
      return browser.block(shape, ['shown'])
    }
    document.body.innerHTML = '<!--[0--><p>shown</p><!--]0-->'
    const handle = browser.adopt(Fragile, {}, document.body.firstChild as Comment, document.body.lastChild as Comment)
    await new Promise((resolve) => setTimeout(resolve))
    fail(true)
    await new Promise((resolve) => setTimeout(resolve))
    expect(document.body.innerHTML).toBe('<!--[0--><p data-layer9-failed="">shown</p><!--]0-->')
    expect(errors).toHaveLength(1)
    expect(ended).toHaveBeenCalledTimes(1)
    handle.update({})
    handle.stop()
    expect(ended).toHaveBeenCalledTimes(1)
  })
})
