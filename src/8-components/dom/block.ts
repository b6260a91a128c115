// An element tree on the page: a clone of its template, and the values in its holes.
import { isSignal, tracking } from '../../7-state/index.ts'
import type { Element, Key } from '../element.ts'
import type { Owner } from '../owner.ts'
import { development } from '../problem.ts'
import type { Hole, Kept, Rendering, Target, View } from './contract.ts'
import { adopting, type Cursor, claimText, Mismatch, onAbandon, withCursor } from './cursor.ts'
import { type Parsed, parsed, type Template } from './template.ts'

class BlockElement implements Rendering {
  readonly template: Template
  readonly values: readonly unknown[]
  readonly key: Key | undefined

  constructor(template: Template, values: readonly unknown[], key: Key | undefined) {
    this.template = template
    this.values = values
    this.key = key
  }
  view(owner: Owner): View {
    return new BlockView(this, owner)
  }
}

const none: readonly unknown[] = []

/** The element of a template with values in its holes. Written by the compiler. */
export function block(template: Template, values: readonly unknown[] = none, key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new BlockElement(template, values, key) as unknown as Element
}

class BlockView implements View, Target {
  key: unknown
  readonly owner: Owner
  nodes: Node[] = []
  kids: (Kept | undefined)[] = []
  #element: BlockElement
  #root!: Node

  constructor(element: BlockElement, owner: Owner) {
    this.#element = element
    this.owner = owner
  }
  first(): Node {
    return this.#root
  }
  mount(parent: Node, before: Node | null): void {
    const { template, values } = this.#element
    const cursor = adopting()
    const shape = parsed(template)
    if (cursor) {
      this.#adopt(shape, cursor)
      return
    }
    this.#clone(shape)
    for (const index of shape.order) this.#put(template.holes[index]!, index, values[index])
    parent.insertBefore(this.#root, before)
  }
  #clone(shape: Parsed): void {
    this.#root = shape.root.cloneNode(true)
    const found: Node[] = [this.#root]
    for (const step of shape.steps) {
      const from = found[step >> 1]!
      found.push((step & 1 ? from.nextSibling : from.firstChild)!)
    }
    for (const place of shape.reached) this.nodes.push(found[place]!)
  }
  /** Shows a value in a hole; a signal is shown by itself, whenever it changes. */
  #put(hole: Hole, index: number, value: unknown): void {
    if (hole.child || !isSignal(value)) hole.put(this, index, value)
    else {
      // Filled by whoever made the signal.
      const stop = tracking.bind!(value, (latest) => hole.put(this, index, latest))
      this.kids[index] = { end: stop }
      onAbandon(stop)
    }
  }
  patch(value: unknown): boolean {
    const { template, values, key } = this.#element
    if (!(value instanceof BlockElement) || value.template !== template || value.key !== key) return false
    this.#element = value
    if (value.values === values) return true
    for (const index of parsed(template).order) {
      const hole = template.holes[index]!
      const now = value.values[index]
      const before = values[index]
      if (now !== before && !hole.child && isSignal(before)) this.kids[index]?.end(false)
      if (now !== before || (hole.control && !isSignal(now))) this.#put(hole, index, now)
    }
    return true
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#root, before)
  }
  end(detach: boolean): void {
    for (const kid of this.kids) kid?.end(false)
    if (detach) this.#root.parentNode?.removeChild(this.#root)
  }
  /** Takes over nodes of the server: walks them in lockstep with the template's own. */
  #adopt(shape: Parsed, cursor: Cursor): void {
    const { template, values } = this.#element
    const claimed = new Map<Node, Node>()
    const claim = (own: Node, at: Cursor): void => {
      const child = shape.targets.indexOf(own)
      if (own.nodeType !== 3) this.#claimElement(own as globalThis.Element, at, { claimed, claim })
      else if (child < 0) claimText(at, (own as Text).data)
      else template.holes[child]!.adopt!(this, child, values[child])
    }
    claim(shape.root, cursor)
    this.#root = claimed.get(shape.root)!
    for (const index of shape.order) {
      const hole = template.holes[index]!
      if (hole.child) continue
      this.nodes[index] = claimed.get(shape.targets[index]!)!
      if (isSignal(values[index])) this.#put(hole, index, values[index])
      else hole.adopt?.(this, index, values[index])
    }
  }
  #claimElement(own: globalThis.Element, at: Cursor, walk: Walk): void {
    const found = at.next
    if (found?.nodeName !== own.nodeName) throw new Mismatch(found, development ? `<${own.localName}>` : 'element')
    walk.claimed.set(own, found)
    at.next = found.nextSibling
    // Without own children its content is a hole's: text of a textarea, trusted HTML.
    if (!own.firstChild) return
    const inside: Cursor = { parent: found, next: found.firstChild }
    withCursor(inside, () => {
      for (const child of own.childNodes) walk.claim(child, inside)
    })
    if (inside.next) throw new Mismatch(inside.next, development ? `the end of <${own.localName}>` : 'end')
  }
}

interface Walk {
  /** The page's node for each of the template's. */
  readonly claimed: Map<Node, Node>
  readonly claim: (own: Node, at: Cursor) => void
}
