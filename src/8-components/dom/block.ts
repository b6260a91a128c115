// An element tree: a template and the values in its holes. The same object is its view, once it is shown.
import { isSignal, tracking } from '../../7-state/index.ts'
import type { Element, Key } from '../element.ts'
import type { Scope } from '../owner.ts'
import { development } from '../problem.ts'
import type { Hole, Kept, Rendering, Target, View } from './contract.ts'
import { adopting, type Cursor, claimText, Mismatch, onAbandon, withCursor } from './cursor.ts'
import { preorder, rootOf, type Template } from './template.ts'

const none: readonly unknown[] = []

/** The element of a template with values in its holes. Written by the compiler. */
export function block(template: Template, values: readonly unknown[] = none, key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new Block(template, values, key) as unknown as Element
}

class Block implements Rendering, View, Target {
  readonly key: Key | undefined
  readonly #template: Template
  readonly #values: readonly unknown[]
  // Below: of the view alone. An element that is only compared with one never has them.
  declare owner: Scope
  declare nodes: Node[]
  declare kids: (Kept | undefined)[]
  /** The values that are shown: at first its own. */
  #shown: readonly unknown[] | undefined
  #root: Node | undefined

  constructor(template: Template, values: readonly unknown[], key: Key | undefined) {
    this.#template = template
    this.#values = values
    this.key = key
  }
  view(owner: Scope): View {
    // An element that was placed before (twice, or kept in a constant) lends its values to another view.
    const view = this.#shown ? new Block(this.#template, this.#values, this.key) : this
    view.owner = owner
    view.#shown = view.#values
    view.kids = []
    return view
  }
  first(): Node {
    return this.#root!
  }
  mount(parent: Node, before: Node | null): void {
    const { holes } = this.#template
    const own = rootOf(this.#template)
    const cursor = adopting()
    if (cursor) {
      this.#adopt(own, cursor)
      return
    }
    this.#root = own.cloneNode(true)
    const found = preorder(this.#root)
    this.nodes = holes.map((hole) => found[hole.at]!)
    holes.forEach((hole, index) => {
      this.#put(hole, index)
    })
    parent.insertBefore(this.#root, before)
  }
  /** Shows a value in a hole; a signal is shown by itself, whenever it changes. */
  #put(hole: Hole, index: number): void {
    const value = this.#shown![index]
    if (hole.child || !isSignal(value)) hole.put(this, index, value)
    else {
      // Filled by whoever made the signal.
      const end = tracking.bind!(value, (latest) => hole.put(this, index, latest))
      this.kids[index] = { end }
      onAbandon(end)
    }
  }
  patch(value: unknown): boolean {
    if (!(value instanceof Block) || value.#template !== this.#template || value.key !== this.key) return false
    const before = this.#shown!
    const now = value.#values
    this.#shown = now
    if (now === before) return true
    this.#template.holes.forEach((hole, index) => {
      const changed = now[index] !== before[index]
      if (changed && !hole.child && isSignal(before[index])) this.kids[index]?.end(false)
      if (changed || (hole.control && !isSignal(now[index]))) this.#put(hole, index)
    })
    return true
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#root!, before)
  }
  end(detach: boolean): void {
    for (const kid of this.kids) kid?.end(false)
    if (detach) this.#root!.parentNode!.removeChild(this.#root!)
  }
  /** Takes over nodes of the server: walks them in lockstep with the template's own, counting as holes do. */
  #adopt(own: Node, cursor: Cursor): void {
    const { holes } = this.#template
    const claimed: Node[] = []
    let count = 0
    this.nodes = []
    const claim = (node: Node, at: Cursor): void => {
      const place = count++
      const index = node.nodeType === 3 ? holes.findIndex((hole) => hole.child && hole.at === place) : -1
      if (index >= 0) holes[index]!.adopt!(this, index, this.#shown![index])
      else if (node.nodeType === 3) claimText(at, (node as Text).data)
      else claimed[place] = claimElement(node as globalThis.Element, at, claim)
    }
    claim(own, cursor)
    this.#root = claimed[0]
    holes.forEach((hole, index) => {
      if (hole.child) return
      this.nodes[index] = claimed[hole.at]!
      if (isSignal(this.#shown![index])) this.#put(hole, index)
      else hole.adopt?.(this, index, this.#shown![index])
    })
  }
}

/** Claims the element that stands where the template has `own`, and all inside. */
function claimElement(own: globalThis.Element, at: Cursor, claim: (node: Node, at: Cursor) => void): Node {
  const found = at.next
  if (found?.nodeName !== own.nodeName) throw new Mismatch(found, development ? `<${own.localName}>` : '')
  at.next = found.nextSibling
  // Without own children its content is a hole's: text of a textarea, trusted HTML.
  if (own.firstChild) {
    const inside: Cursor = { parent: found, next: found.firstChild }
    withCursor(inside, () => {
      for (const child of own.childNodes) claim(child, inside)
    })
    if (inside.next) throw new Mismatch(inside.next, development ? `the end of <${own.localName}>` : '')
  }
  return found
}
