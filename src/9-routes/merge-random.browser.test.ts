// Random documents, merged one into another after people, scripts and extensions did what they do to the first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eachCase } from '../../tests/harness/random.ts'
import { block, child, on, template } from '../8-components/browser.ts'
import { useState } from '../8-components/index.ts'
import { page as shown } from './listen.ts'
import { Expectation, type Expected } from './merge-expected.fixture.ts'
import { RandomDocument } from './random-document.fixture.ts'
import { type Control, controlsIn, isBox, isSelect, meddle, shownBy, visit } from './random-visitor.fixture.ts'
import { rangesOf } from './root-ranges.ts'
import { type Roots, start } from './roots.ts'
import { aroundPage, prepareSwap } from './swap.ts'

const button = template('<button type="button"><!></button>', [on(0, 'click'), child(1)])
const frame = template('<section><h2><!></h2><!></section>', [child(2), child(3)])
const live = {
  __l9_Counter({ label }: { label: string }) {
    const [count, setCount] = useState(0)
    return block(button, [() => setCount(count + 1), `${label} ${count}`])
  },
  __l9_Frame({ title, children }: { title: string; children: unknown }) {
    return block(frame, [title, children])
  },
}

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')
/** All nodes within a node, in order, but for what is in templates. */
const nodesIn = (node: Node): Node[] => [...node.childNodes].flatMap((inner) => [inner, ...nodesIn(inner)])
/** A task later: a timeout would wait for four milliseconds, in each of many cases. */
const settled = async (): Promise<void> =>
  await new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done()
    port2.postMessage(0)
  })
const ownTags = 'meta[name^=t-],link[rel=alternate]'
/** What is in the head; what was there before keeps its place, so the order is that of arrival. */
const headOf = (page: Document): string[] =>
  [...page.head.querySelectorAll(ownTags)].map(({ outerHTML }) => outerHTML).sort()
const tagsOf = (page: Document): Element[] => [page.documentElement, page.body]

let roots: Roots
const blank = parse('<html lang="en"><head></head><body></body></html>')
beforeAll(async () => {
  roots = start(
    async (url) => (url === 'live' ? live : await import('./tagged.ts')),
    () => {},
  )
})
afterAll(async () => await show(blank))

/** What makes a root the same as another: its comment keeps it through merges, the number in it counts no more. */
const identities = new WeakMap<Node, string>()
function identify(page: Document): void {
  const table = JSON.parse(page.querySelector('#layer9')?.textContent ?? '{}')
  for (const node of nodesIn(page.body)) {
    const found = node.nodeType === Node.COMMENT_NODE && /^\[(\d+)$/.exec((node as Comment).data)
    if (!found) continue
    const { name, key } = table.roots[Number(found[1])]
    identities.set(node, `${name} ${key}`)
  }
}
const identityOf = (begin: Comment): string => identities.get(begin) ?? ''

/** Shows a document as a load would, and starts its roots. */
async function show(page: Document): Promise<void> {
  for (const [index, tag] of tagsOf(document).entries()) {
    for (const name of tag.getAttributeNames()) tag.removeAttribute(name)
    for (const own of tagsOf(page)[index]?.attributes ?? []) tag.setAttributeNode(own.cloneNode() as Attr)
  }
  for (const old of document.head.querySelectorAll(ownTags)) old.remove()
  document.head.append(...page.head.querySelectorAll(ownTags))
  identify(page)
  document.body.replaceChildren(...page.body.childNodes)
  shown.around = { ...aroundPage(document), head: [...document.head.querySelectorAll(ownTags)] }
  await roots.settle()
}

/** The nodes of the page: from the comment that opens the outermost segment to the one that closes it. */
function pageOf({ body }: Document, strangers: readonly Node[] = []): ChildNode[] {
  const nodes = [...body.childNodes].filter((node) => !strangers.includes(node))
  const isMark = (mark: string) => (node: Node) =>
    node.nodeType === Node.COMMENT_NODE && (node as Comment).data[0] === mark
  return nodes.slice(nodes.findIndex(isMark('{')), nodes.findLastIndex(isMark('}')) + 1)
}

/** Attributes as a merge should leave them: by name, without those that are the browser's. */
function attributesOf(element: Element, without: readonly string[] = []): string[] {
  return [...element.attributes]
    .filter(({ name }) => !without.includes(name))
    .map(({ name, value }) => `${name}=${value}`)
    .sort()
}

function compare(nodes: readonly ChildNode[], expected: readonly Expected[], focus: Element | null): void {
  // Drawn only where something is wrong: cases are many.
  const drawn = (node: Node): string => (node as Partial<Element>).outerHTML ?? `${node.nodeName} ${node.nodeValue}`
  if (nodes.length !== expected.length || expected.some(({ node }, index) => node !== nodes[index])) {
    expect(nodes.map(drawn)).toEqual(expected.map(({ node }) => drawn(node)))
    throw new Error(`another node in: ${nodes.map(drawn).join('')}`)
  }
  for (const { node, like, stays, children } of expected) {
    if (like)
      compareNode(
        node,
        like,
        stays && node === focus && !isBox(node as Control) ? ['open', 'value'] : stays ? ['open'] : [],
      )
    compare([...node.childNodes], children, focus)
  }
}

function compareNode(node: Node, like: Node, without: readonly string[]): void {
  if (like.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== like.nodeValue) expect(node.nodeValue).toBe(like.nodeValue)
    return
  }
  const [element, model] = [node as Element, like as Element]
  const [own, wanted] = [attributesOf(element, without), attributesOf(model, without)]
  if (own.join() !== wanted.join()) expect(own).toEqual(wanted)
  if (element.localName === 'template') expect(element.innerHTML).toBe(model.innerHTML)
  if (isControl(element)) {
    const shown = JSON.stringify(shownBy(element))
    if (shown !== JSON.stringify(shownBy(model as Control)))
      expect(`${shown} ${drawnWith(element)}`).toBe(shownBy(model as Control))
  }
}

/** Where the caret is; null where there can be none. */
const caretOf = (element: Element | null): unknown => (element as Partial<HTMLInputElement> | null)?.selectionStart

const isControl = (element: Element): element is Control => element.matches('input,textarea,select')
const drawnWith = (element: Element): string => `${element.outerHTML} in ${element.parentElement?.outerHTML}`

/** What of a field has to be the same for what people did to it to stay. */
const kindOf = (control: Control): string => `${control.type} ${control.name} ${isBox(control) && control.value}`

/** Notes which fields show something else than their markup says. Returns what does the same to those of a copy. */
function noteChanges(focus: Element | null): (expected: readonly Expected[]) => void {
  const noted = new Map<Node, { kind: string; shown: unknown }>()
  for (const control of controlsIn(document)) {
    const fresh = parse(control.outerHTML).body.firstChild as Control
    const isChanged = JSON.stringify(shownBy(fresh)) !== JSON.stringify(shownBy(control))
    if (isChanged || control === focus) noted.set(control, { kind: kindOf(control), shown: shownBy(control) })
  }
  const redo = ({ node, like, children }: Expected): void => {
    const [change, control] = [noted.get(node), like as Control]
    if (like && change?.kind === kindOf(control)) {
      if (isSelect(control)) choose(control, change.shown as string[])
      else if (control.type === 'radio') (control as HTMLInputElement).checked ||= change.shown as boolean
      else if (isBox(control)) control.checked = change.shown as boolean
      else control.value = change.shown as string
    }
    for (const inner of children) redo(inner)
  }
  return (expected) => {
    for (const each of expected) redo(each)
  }
}

function choose(select: HTMLSelectElement, shown: readonly string[]): void {
  const options = [...select.options]
  if (!options.some(({ value }) => shown.includes(value)) && !(select.multiple && shown.length === 0)) return
  for (const option of options) option.selected = shown.includes(option.value)
}

const flat = (expected: readonly Expected[]): Expected[] => expected.flatMap((each) => [each, ...flat(each.children)])

/** The attributes that <html> and <body> should have then: what scripts changed since stays. */
function expectedTags(next: Document): string[][] {
  return tagsOf(document).map((tag, index) => {
    const [said, coming] = [shown.around.tags[index], tagsOf(next)[index]] as [Element, Element]
    const result = tag.cloneNode() as Element
    for (const name of [...said.getAttributeNames(), ...coming.getAttributeNames()]) {
      if (tag.getAttribute(name) !== said.getAttribute(name)) continue
      const own = coming.getAttributeNode(name)
      if (own) result.setAttributeNode(own.cloneNode() as Attr)
      else result.removeAttribute(name)
    }
    return attributesOf(result)
  })
}

/** The counters of the page: what each shows, by the comment before it. */
const countersOf = (page: Node): Map<Node, string> =>
  new Map(
    nodesIn(page)
      .filter((node) => identities.get(node)?.startsWith('Counter'))
      .map((node) => [node, node.nextSibling?.textContent ?? '']),
  )

/** Merges a document into the page, and compares what comes of it with what should. */
async function merge(html: string, strangers: readonly Element[]): Promise<void> {
  const [next, copy] = [parse(html), parse(html)]
  identify(next)
  const copied = nodesIn(copy)
  const copies = new Map(nodesIn(next).map((node, index) => [node, copied[index] as Node]))
  const expected = new Expectation(identityOf, copies).siblings(pageOf(document, strangers), pageOf(next))
  const focus = document.activeElement
  const caret = caretOf(focus)
  const around = strangers.filter((stranger) => stranger.parentNode === document.body)
  const tags = expectedTags(next)
  const counts = countersOf(document.body)
  noteChanges(focus)(expected)
  const swap = await prepareSwap(next)
  swap(rangesOf(roots))

  compare(pageOf(document, around), expected, focus)
  expect(around.filter((stranger) => stranger.parentNode !== document.body)).toEqual([])
  const all = flat(expected)
  if (focus && focus !== document.body && all.some(({ node }) => node === focus)) {
    expect(document.activeElement).toBe(focus)
    expect(caretOf(focus)).toBe(caret)
  }
  expect(tagsOf(document).map((tag) => attributesOf(tag))).toEqual(tags)
  expect(headOf(document)).toEqual(headOf(copy))
  expect(document.title).toBe(copy.title)
  await roots.settle()
  await settled()
  for (const [begin, shown] of countersOf(document.body)) {
    const count = counts.get(begin)?.split(' ')[1] ?? '0'
    expect(shown.split(' ')[1]).toBe(count)
  }
}

describe('a random document', () => {
  it('is what a fresh parse is after a merge, but for what must be kept', async () => {
    await eachCase(async (random) => {
      const seed = random.below(2 ** 31)
      const [one, two] = [new RandomDocument(seed).write(), new RandomDocument(seed, random).write()]
      await show(parse(one))
      const strangers: Element[] = []
      for (const html of [two, one, two]) {
        visit(random)
        strangers.push(...meddle(random))
        await settled()
        await merge(html, strangers)
      }
    })
  })
})
