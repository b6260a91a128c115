/// <reference types="vite/client" />
// The compiled fixtures in a browser: every hole is the node that is meant, and what the server wrote is adopted whole.
import { describe, expect, it } from 'vitest'
import * as browser from '../browser.ts'
import { evaluate } from '../fixtures/evaluate.ts'
import * as components from '../index.ts'

const load = (files: Record<string, unknown>) => files as Record<string, string>
const compiled = load(import.meta.glob('../fixtures/*/browser.js', { query: '?raw', import: 'default', eager: true }))
const markup = load(import.meta.glob('../fixtures/*/output.html', { query: '?raw', import: 'default', eager: true }))
const cases = Object.keys(markup).map((path) => path.split('/').at(-2)!)

const shared = { 'layer9/components': { ...components } }

/** A template as the compiler declares it, its holes as data. */
interface Declared {
  html: string
  holes: readonly { kind: string; node: number; name: string | undefined }[]
  space: number
}

/** Reads the templates of a module without a runtime. */
function declaredTemplates(code: string): Declared[] {
  const templates: Declared[] = []
  const hole = (kind: string) => (node: number, name?: string) => ({ kind, node, name })
  const kinds = ['child', 'text', 'attribute', 'property', 'classes', 'styles', 'on', 'ref', 'spread']
  const probe = {
    ...browser,
    ...Object.fromEntries(kinds.map((kind) => [kind, hole(kind)])),
    onCapture: hole('on'),
    textContent: hole('text'),
    template: (html: string, holes: Declared['holes'] = [], space = 0) => templates.push({ html, holes, space }),
  }
  evaluate(code, { ...shared, 'layer9/components/browser': probe })
  return templates
}

/** All nodes of a template in document order, by the browser's own walker. */
function walk({ html, space }: Declared): Node[] {
  const holder = document.createElement('template')
  const around = ['', 'svg', 'math'][space]
  holder.innerHTML = around ? `<${around}>${html}</${around}>` : html
  const root = around ? holder.content.firstChild!.firstChild! : holder.content.firstChild!
  const walker = document.createTreeWalker(root)
  const nodes: Node[] = [root]
  while (walker.nextNode()) nodes.push(walker.currentNode)
  expect(root.nextSibling).toBeNull()
  return nodes
}

/** What a reader sees of a node: names, attributes, values of controls, text; no comments, no empty text. */
function picture(node: Node): unknown {
  if (node instanceof Element) {
    const control = node as HTMLInputElement
    const isControl = /^(?:input|select|textarea|option)$/.test(node.localName)
    // What will listen is marked by the server alone.
    const written = [...node.attributes].filter(({ name }) => !name.startsWith('l9:'))
    const attributes = written.map(({ name, value }) => `${name}=${value}`).sort()
    return [
      node.namespaceURI,
      node.localName,
      isControl ? attributes.filter((one) => !/^(?:value|checked|selected)=/.test(one)) : attributes,
      isControl ? [control.value, control.checked, (node as unknown as HTMLOptionElement).selected] : [],
      ...(node.localName === 'textarea' ? [] : children(node)),
    ]
  }
  return node.textContent
}

function children(parent: Node): unknown[] {
  // With scripts on a noscript has no nodes that count; the server keeps `</script>` from ending a script.
  if (parent.nodeName === 'NOSCRIPT') return []
  if (parent.nodeName === 'SCRIPT') return [parent.textContent?.replaceAll('\\u003c', '<')]
  const parts: unknown[] = []
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.COMMENT_NODE || (node.textContent === '' && node.nodeType === Node.TEXT_NODE)) continue
    const last = parts.at(-1)
    if (node.nodeType === Node.TEXT_NODE && typeof last === 'string') parts[parts.length - 1] = last + node.textContent
    else parts.push(picture(node))
  }
  return parts
}

describe.each(cases)('holes of fixture %s', (name) => {
  const templates = declaredTemplates(compiled[`../fixtures/${name}/browser.js`]!)

  it.each(templates)('are the nodes that are meant: $html', (template) => {
    const nodes = walk(template)
    const at = (kinds: readonly string[]) =>
      template.holes.filter(({ kind }) => kinds.includes(kind)).map(({ node }) => nodes[node]!)
    expect(at(['child'])).toEqual(nodes.filter((node) => node.nodeType === Node.COMMENT_NODE))
    for (const node of at(['text', 'attribute', 'property', 'classes', 'styles', 'on', 'ref', 'spread'])) {
      expect(node).toBeInstanceOf(Element)
    }
    for (const [index, node] of nodes.entries()) {
      const named = node instanceof Element ? node.getAttribute('data-holes') : null
      if (named === null) continue
      const holes = template.holes
        .filter((hole) => hole.node === index && hole.kind !== 'child')
        .map(({ kind, name }) => (name === undefined ? kind : `${kind}:${name}`))
      expect(holes.sort()).toEqual(named.split(' ').sort())
    }
  })
})

describe.each(cases)('fixture %s in the browser', (name) => {
  const { default: Case, props } = evaluate(compiled[`../fixtures/${name}/browser.js`]!, {
    ...shared,
    'layer9/components/browser': browser,
  })
  const element = () => browser.component(Case as never, props) as never

  /** A container with the server's markup, and the place of the root in it. */
  function served(): { container: HTMLElement; begin: Comment; end: Comment } {
    const container = document.createElement('div')
    container.innerHTML = markup[`../fixtures/${name}/output.html`]!
    return { container, begin: container.firstChild as Comment, end: container.lastChild as Comment }
  }

  it('shows what the server wrote', () => {
    const container = document.createElement('div')
    const unmount = browser.mount(element(), container)
    expect(children(container)).toEqual(children(served().container))
    unmount()
    expect(children(container)).toEqual([])
  })

  it('adopts every element that the server wrote', () => {
    const { container, begin, end } = served()
    const before = [...container.querySelectorAll('*')]
    const root = browser.adopt(Case as never, props, begin, end)
    expect([...container.querySelectorAll('*')]).toEqual(before)
    expect([...container.querySelectorAll('*')].every((node, index) => node === before[index])).toBe(true)
    const fresh = document.createElement('div')
    browser.mount(element(), fresh)
    expect(children(container)).toEqual(children(fresh))
    root.stop()
  })
})
