// An element tree: a template and the values in its holes. The same object is its view, once it is shown.
import { isSignal, tracking } from '../../7-state/index.ts'
import type { Element, Key } from '../element.ts'
import type { Scope } from '../owner.ts'
import type { Hole, Kept, Rendering, Target, View } from './contract.ts'
import { adopting, type Cursor, claimElement, claimText, onAbandon } from './cursor.ts'
import { preorder, rootOf, type Template } from './template.ts'

const none: readonly unknown[] = []

/** The element of a template with values in its holes. Written by the compiler. */
export function block(template: Template, values: readonly unknown[] = none, key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new Block(template, values, key) as unknown as Element
}

class Block implements Rendering, View, Target {
  declare readonly key: Key | undefined
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
    const found = cursor ? this.#claim(own, cursor) : preorder(own.cloneNode(true))
    this.#root = found[0]!
    this.nodes = holes.map((hole) => found[hole.at]!)
    holes.forEach((hole, index) => {
      if (!cursor) this.#put(hole, index, hole.put)
      else if (!hole.child) this.#put(hole, index, hole.adopt)
    })
    if (!cursor) parent.insertBefore(this.#root, before)
  }
  /** Shows a value in a hole; a signal is shown by itself, whenever it changes. */
  #put(hole: Hole, index: number, put: Hole['put'] | undefined): void {
    const value = this.#shown![index]
    if (hole.child || !isSignal(value)) put?.(this, index, value)
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
      if (now[index] === before[index] && !hole.control) return
      if (!hole.child && isSignal(before[index])) this.kids[index]?.end(false)
      this.#put(hole, index, hole.put)
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
  /** Takes over nodes of the server: walks them in lockstep with the template's own, and returns them in that order. */
  #claim(own: Node, cursor: Cursor): Node[] {
    const claimed: Node[] = []
    let count = 0
    const claim = (node: Node): void => {
      const place = count++
      const text = node.nodeType === 3
      const index = text ? this.#template.holes.findIndex((hole) => hole.child && hole.at === place) : -1
      if (index >= 0) claimed[place] = this.#template.holes[index]!.child!(this, index, this.#shown![index])
      else if (text) claimText(cursor, (node as Text).data)
      else claimed[place] = claimElement(cursor, node as globalThis.Element, () => node.childNodes.forEach(claim))
    }
    claim(own)
    return claimed
  }
}
