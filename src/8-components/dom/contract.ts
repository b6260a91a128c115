// What views, elements and holes are to each other. Types alone.
import type { Key } from '../element.ts'
import type { Scope } from '../owner.ts'

/** Something on the page. Always has at least one node, so that its place is known. */
export interface View {
  /** Its first node. */
  first(): Node
  /** Creates its nodes before `before`, or claims them while a root is adopted. */
  mount(parent: Node, before: Node | null): void
  /** Shows another value, if that is of the same kind; else false, and it must be replaced. */
  patch(value: unknown): boolean
  /** Puts its nodes elsewhere. */
  move(parent: Node, before: Node | null): void
  /** Ends effects, refs and subscriptions; with `detach` takes its nodes out, which else go with a parent. */
  end(detach: boolean): void
}

/** What an element is to the browser. */
export interface Rendering {
  readonly key: Key | undefined
  /** Makes the view, not yet on the page. */
  view(owner: Scope): View
}

/** Where a hole writes: a block on the page. Index: the hole's place among the template's holes. */
export interface Target {
  readonly owner: Scope
  /** The node of each hole. */
  readonly nodes: Node[]
  /** What a hole keeps: a child's view, a ref's cleanup. */
  readonly kids: (Kept | undefined)[]
}

/** What a hole keeps open; a child hole keeps a whole view. */
export interface Kept {
  end(detach: boolean): void
}

/** A dynamic place of a template. */
export interface Hole {
  /** The pre-order index of its node in the template. */
  readonly at: number
  /** Shows a value, which differs from the last one. */
  put(target: Target, index: number, value: unknown): void
  /** The same on a node that the server wrote; without it nothing is to do there. */
  adopt?(target: Target, index: number, value: unknown): void
  /** Stands for children: adopts them when its place among the nodes comes, and returns its own text. */
  child?(target: Target, index: number, value: unknown): Text
  /** Compared with the page, not with the last value: written at every update. */
  readonly control?: boolean
}
