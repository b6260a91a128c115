import type { Child, Element, Key } from '../element.ts'
import type { Scope } from '../owner.ts'
import type { Rendering, View } from './contract.ts'
import { ListView } from './view.ts'

/** Children without an element around them that have a key. */
class FragmentElement implements Rendering {
  readonly children: readonly Child[]
  readonly key: Key | undefined

  constructor(children: readonly Child[], key: Key | undefined) {
    this.children = children
    this.key = key
  }
  view(owner: Scope): View {
    return new FragmentView(this, owner)
  }
}

/** A fragment with a key. Written by the compiler; one without is a plain array. */
export function fragment(children: readonly Child[], key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new FragmentElement(children, key) as unknown as Element
}

class FragmentView extends ListView {
  readonly #key: Key | undefined

  constructor(element: FragmentElement, owner: Scope) {
    super(element.children, owner)
    this.#key = element.key
  }
  override patch(value: unknown): boolean {
    return value instanceof FragmentElement && value.key === this.#key && super.patch(value.children)
  }
}
