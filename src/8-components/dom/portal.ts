import type { Child, Element, Key } from '../element.ts'
import type { Scope } from '../owner.ts'
import { development } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { withCursor } from './cursor.ts'
import { keyed } from './list.ts'
import { placeText, replace, viewOf } from './view.ts'

/** Children that are shown in another place of the page. */
export class PortalElement implements Rendering {
  readonly children: Child
  readonly container: Node
  readonly key: Key | undefined

  constructor(children: Child, container: Node, key: Key | undefined) {
    this.children = children
    this.container = container
    this.key = key
  }
  view(owner: Scope): View {
    return new PortalView(this, owner)
  }
}

/**
 * Shows children at the end of another container, as a part of this component: contexts and errors are its own. Only in
 * the browser; on the server it shows nothing.
 *
 * @example
 * const Menu = ({ open }: { open: boolean }) => open && createPortal(<Dialog />, document.body)
 */
export function createPortal(children: Child, container: Node, key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new PortalElement(children, container, key === undefined ? key : keyed(key)) as unknown as Element
}

/** A portal, as development notes it. */
export interface Shown {
  /** Where it stands among the nodes of its component. */
  readonly place: Node
  /** The first node that it shows in the container. */
  first(): Node
}

/** Where development notes which portals show something in a container; empty in production. */
export const portals: { note?: (container: Node, portal: Shown) => void } = {}

class PortalView implements View {
  key: unknown
  readonly #owner: Scope
  #element: PortalElement
  /** Holds its place among its siblings. */
  #place!: Text
  #inner!: View

  constructor(element: PortalElement, owner: Scope) {
    this.#element = element
    this.#owner = owner
  }
  first(): Node {
    return this.#place
  }
  mount(parent: Node, before: Node | null): void {
    this.#place = placeText('', parent, before)
    const { children, container } = this.#element
    this.#inner = viewOf(children, this.#owner)
    // The server wrote nothing there that could be adopted.
    withCursor(undefined, () => this.#inner.mount(container, null))
    if (development) portals.note?.(container, { place: this.#place, first: () => this.#inner.first() })
  }
  patch(value: unknown): boolean {
    if (!(value instanceof PortalElement) || value.container !== this.#element.container) return false
    if (value.key !== this.#element.key) return false
    this.#element = value
    this.#inner = replace(this.#inner, value.children, this.#owner)
    return true
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#place, before)
  }
  end(detach: boolean): void {
    this.#inner.end(true)
    if (detach) this.#place.remove()
  }
}
