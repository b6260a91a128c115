// A view is a child on the page. This file knows text and lists, and asks elements for their own views.
import { isSignal } from '../../7-state/index.ts'
import type { Scope } from '../owner.ts'
import { development, problem } from '../problem.ts'
import { kindOf } from '../value.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, claimText } from './cursor.ts'

/** Makes the element that watches a signal; filled by root.ts, which knows components. */
export const signals: { element?: (source: unknown) => Rendering } = {}

/** The view of any child. `anchor`: the text behind it, which a list needs, if there is one already. */
export function viewOf(value: unknown, owner: Scope, anchor?: Text): View {
  if (Array.isArray(value)) return new ListView(value, owner, anchor)
  if (isSignal(value)) return signals.element!(value).view(owner)
  // Of all objects only elements make views.
  return (value as Partial<Rendering> | null | undefined)?.view?.(owner) ?? new TextView(textOf(value))
}

/** The text of a child that is no element. What cannot be shown is an error in development, and shows nothing. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const shown = typeof value === 'number' || typeof value === 'bigint'
  if (development && !shown && value != null && typeof value !== 'boolean') {
    reportError(problem('CHILD_INVALID', { kind: kindOf(value), component: '' }))
  }
  return shown ? `${value}` : ''
}

/** Whether a child is shown as a text. */
export function isText(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** Shows `value` in the place of `view`: in it if it can, else instead of it. Returns the view that is there now. */
export function replace(view: View, value: unknown, owner: Scope): View {
  if (view.patch(value)) return view
  const fresh = viewOf(value, owner)
  const before = view.first()
  fresh.mount(before.parentNode!, before)
  view.end(true)
  return fresh
}

/** Places a text, or claims it while a root is adopted. */
export function placeText(text: string, parent: Node, before: Node | null): Text {
  const cursor = adopting()
  return cursor ? claimText(cursor, text) : parent.insertBefore(new Text(text), before)
}

class TextView implements View {
  #text: string
  #node!: Text

  constructor(text: string) {
    this.#text = text
  }
  first(): Node {
    return this.#node
  }
  mount(parent: Node, before: Node | null): void {
    this.#node = placeText(this.#text, parent, before)
  }
  patch(value: unknown): boolean {
    if (!isText(value)) return false
    const text = textOf(value)
    if (text !== this.#text) {
      this.#text = text
      this.#node.data = text
    }
    return true
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#node, before)
  }
  end(detach: boolean): void {
    if (detach) this.#node.remove()
  }
}

/** What patches lists whose items have keys; filled by list.ts with the first key, so that pages without ship none of it. */
export const keys: {
  of?: (values: readonly unknown[]) => unknown[]
  patch?: (list: ListView, values: readonly unknown[]) => View[]
} = {}

/** An array on the page, up to and including an anchor: an empty text, its own or that of the hole it is in. */
export class ListView implements View {
  readonly owner: Scope
  readonly #ownsAnchor: boolean
  anchor: Text | undefined
  items: View[] = []
  /** Of each item; undefined where nothing on the page had a key yet. */
  keys: unknown[] | undefined
  readonly #values: readonly unknown[]

  constructor(values: readonly unknown[], owner: Scope, anchor?: Text) {
    this.#values = values
    this.owner = owner
    this.anchor = anchor
    this.#ownsAnchor = !anchor
  }
  first(): Node {
    return this.items[0]?.first() ?? this.anchor!
  }
  mount(parent: Node, before: Node | null): void {
    this.keys = keys.of?.(this.#values)
    this.items = this.#values.map((value) => this.make(value, parent, before))
    if (this.#ownsAnchor) this.anchor = placeText('', parent, before)
  }
  make(value: unknown, parent: Node, before: Node | null): View {
    const view = viewOf(value, this.owner)
    view.mount(parent, before)
    return view
  }
  patch(values: unknown): boolean {
    if (!Array.isArray(values)) return false
    this.items = (keys.patch ?? patchInPlace)(this, values)
    return true
  }
  move(parent: Node, before: Node | null): void {
    for (const item of this.items) item.move(parent, before)
    parent.insertBefore(this.anchor!, before)
  }
  end(detach: boolean): void {
    for (const item of this.items) item.end(detach)
    if (detach && this.#ownsAnchor) this.anchor!.remove()
  }
}

/** Without keys an item is what stands in its place. */
function patchInPlace(list: ListView, values: readonly unknown[]): View[] {
  const { items, anchor, owner } = list
  for (const gone of items.splice(values.length)) gone.end(true)
  return values.map((value, index) =>
    items[index] ? replace(items[index], value, owner) : list.make(value, anchor!.parentNode!, anchor!),
  )
}
