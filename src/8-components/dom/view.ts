// A view is a child on the page. This file knows text and lists, and asks elements for their own views.
import { isSignal, type ReadonlySignal, tracking } from '../../7-state/index.ts'
import { type Owner, raise } from '../owner.ts'
import { problem } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, claimText, onAbandon } from './cursor.ts'
import { patchList } from './list.ts'

/** The view of any child. Never throws for a value: what cannot be shown is an error of `owner`, and nothing is shown. */
export function viewOf(value: unknown, owner: Owner, anchor?: Text): View {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return new ListView(value, owner, anchor)
    if ('view' in value) return (value as Rendering).view(owner)
    if (isSignal(value)) return new SignalView(value, owner, anchor)
  }
  return new TextView(textOf(value, owner))
}

/** The text of a child that is no element. */
export function textOf(value: unknown, owner: Owner): string {
  if (typeof value === 'string') return value
  if (value == null || typeof value === 'boolean') return ''
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
    raise(owner, problem('CHILD_INVALID', { kind: `a value of type ${typeof value}`, component: '' }))
    return ''
  }
  return `${value}`
}

/** Whether a child is shown as a text. */
export function isText(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** Shows `value` in the place of `view`: in it if it can, else instead of it. Returns the view that is there now. */
export function replace(view: View, value: unknown, owner: Owner): View {
  if (view.patch(value)) return view
  const fresh = viewOf(value, owner)
  const before = view.first()
  fresh.mount(before.parentNode!, before)
  view.end(true)
  return fresh
}

class TextView implements View {
  key: unknown
  #text: string
  #node!: Text

  constructor(text: string) {
    this.#text = text
  }
  first(): Node {
    return this.#node
  }
  mount(parent: Node, before: Node | null): void {
    const cursor = adopting()
    this.#node = cursor
      ? claimText(cursor, this.#text)
      : parent.insertBefore(document.createTextNode(this.#text), before)
  }
  patch(value: unknown): boolean {
    if (!isText(value)) return false
    // Invalid values came through viewOf before; as text they show nothing.
    const text = value == null || typeof value === 'boolean' || typeof value === 'function' ? '' : String(value)
    if (text !== this.#text) this.#node.data = this.#text = text
    return true
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#node, before)
  }
  end(detach: boolean): void {
    if (detach) this.#node.remove()
  }
}

/** Stand-ins for the keys of items that have none: their position. Objects, so that no user's key equals one. */
const positions: object[] = []

/** An item's key: its element's, or a stand-in for its position. */
export function keyOf(value: unknown, index: number): unknown {
  positions[index] ??= {}
  return (value as Rendering | null | undefined)?.key ?? positions[index]
}

/** An array on the page, up to and including an anchor: an empty text, its own or that of the hole it is in. */
export class ListView implements View {
  key: unknown
  items: View[] = []
  readonly owner: Owner
  #values: readonly unknown[]
  #anchor: Text | undefined
  readonly #ownsAnchor: boolean

  constructor(values: readonly unknown[], owner: Owner, anchor?: Text) {
    this.#values = values
    this.owner = owner
    this.#anchor = anchor
    this.#ownsAnchor = !anchor
  }
  get anchor(): Text {
    return this.#anchor!
  }
  first(): Node {
    return this.items[0]?.first() ?? this.anchor
  }
  mount(parent: Node, before: Node | null): void {
    const cursor = adopting()
    this.#values.forEach((value, index) => {
      this.items.push(this.make(value, index, { parent, before }))
    })
    if (!this.#ownsAnchor) return
    this.#anchor = cursor ? claimText(cursor, '') : parent.insertBefore(document.createTextNode(''), before)
  }
  /** Makes an item's view and mounts it. */
  make(value: unknown, index: number, place: { parent: Node; before: Node | null }): View {
    const view = viewOf(value, this.owner)
    view.key = keyOf(value, index)
    view.mount(place.parent, place.before)
    return view
  }
  patch(value: unknown): boolean {
    if (!Array.isArray(value)) return false
    this.items = patchList(this, value)
    return true
  }
  move(parent: Node, before: Node | null): void {
    for (const item of this.items) item.move(parent, before)
    parent.insertBefore(this.anchor, before)
  }
  end(detach: boolean): void {
    for (const item of this.items) item.end(detach)
    if (detach && this.#ownsAnchor) this.anchor.remove()
  }
  /** Shows `value` in an item's view, or in one in its place. */
  update(view: View, value: unknown): View {
    const now = replace(view, value, this.owner)
    now.key = view.key
    return now
  }
  keyAt(values: readonly unknown[], index: number): unknown {
    return keyOf(values[index], index)
  }
  /** Whether nothing but the list is in its parent: then all can be cleared at once. */
  isAlone(): boolean {
    return this.items.length > 0 && !this.items[0]!.first().previousSibling && !this.anchor.nextSibling
  }
  /** Ends and removes all items. */
  clear(): void {
    const parent = this.anchor.parentNode!
    const alone = this.isAlone()
    for (const item of this.items) item.end(!alone)
    if (!alone) return
    parent.textContent = ''
    parent.appendChild(this.anchor)
  }
}

/** A signal among children: shows its value, and changes that alone. */
class SignalView extends ListView {
  readonly #source: ReadonlySignal<unknown>
  #stop: (() => void) | undefined

  constructor(source: ReadonlySignal<unknown>, owner: Owner, anchor?: Text) {
    super([source.peek()], owner, anchor)
    this.#source = source
  }
  override mount(parent: Node, before: Node | null): void {
    super.mount(parent, before)
    // Filled by whoever made the signal.
    this.#stop = tracking.bind!(this.#source, (value) => super.patch([value]))
    onAbandon(this.#stop)
  }
  override patch(value: unknown): boolean {
    return value === this.#source
  }
  override end(detach: boolean): void {
    this.#stop?.()
    super.end(detach)
  }
}
