// A view is a child on the page. This file knows text and lists, and asks elements for their own views.
//
// Keyed lists: what stayed in place at both ends is patched where it is; of the rest, the items on a longest increasing
// subsequence of old places stay, and only the others move. From right to left, so that the next node is always known.
//
//   old  a b c d e      common ends: a, e
//   new  a d b x e      middle: d b x came from 3 1 -; the longest increasing run is (b): d moves, x is new, c goes
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

/** Stand-ins for the keys of items that have none: their position. Objects, so that no user's key equals one. */
const positions: object[] = []

/** An item's key: its element's, or a stand-in for its position. */
function keyOf(value: unknown, index: number): unknown {
  positions[index] ??= {}
  return (value as Rendering | null | undefined)?.key ?? positions[index]
}

/** An array on the page, up to and including an anchor: an empty text, its own or that of the hole it is in. */
export class ListView implements View {
  readonly #owner: Scope
  readonly #ownsAnchor: boolean
  #anchor: Text | undefined
  #items: View[] = []
  #keys: unknown[] = []
  #values: readonly unknown[]

  constructor(values: readonly unknown[], owner: Scope, anchor?: Text) {
    this.#values = values
    this.#owner = owner
    this.#anchor = anchor
    this.#ownsAnchor = !anchor
  }
  first(): Node {
    return this.#items[0]?.first() ?? this.#anchor!
  }
  mount(parent: Node, before: Node | null): void {
    this.#keys = this.#values.map(keyOf)
    this.#items = this.#values.map((value) => this.#make(value, parent, before))
    if (this.#ownsAnchor) this.#anchor = placeText('', parent, before)
  }
  #make(value: unknown, parent: Node, before: Node | null): View {
    const view = viewOf(value, this.#owner)
    view.mount(parent, before)
    return view
  }
  patch(values: unknown): boolean {
    if (!Array.isArray(values)) return false
    const old = this.#items
    const oldKeys = this.#keys
    const keys = values.map(keyOf)
    const now: View[] = new Array(values.length)
    const keep = (from: number, to: number) => {
      now[to] = replace(old[from]!, values[to], this.#owner)
    }
    let start = 0
    let oldEnd = old.length
    let end = values.length
    // Behind the last of the old ones there is no key, which none is equal to.
    while (start < end && oldKeys[start] === keys[start]) keep(start, start++)
    while (start < oldEnd && start < end && oldKeys[oldEnd - 1] === keys[end - 1]) keep(--oldEnd, --end)
    const from = this.#match(keys, { start, end, oldEnd })
    const stays = longestIncreasing(from)
    const anchor = this.#anchor!
    let before = now[end]?.first() ?? anchor
    for (let index = end; index-- > start; before = now[index]!.first()) {
      const place = from[index - start]!
      if (place === 0) now[index] = this.#make(values[index], anchor.parentNode!, before)
      else {
        keep(place - 1, index)
        if (stays.at(-1) === index - start) stays.pop()
        else now[index]!.move(anchor.parentNode!, before)
      }
    }
    this.#items = now
    this.#keys = keys
    return true
  }
  /** The old place of each item between both ends, counted from 1; 0 for new ones. Takes out those that are gone. */
  #match(keys: readonly unknown[], middle: { start: number; end: number; oldEnd: number }): Int32Array {
    const { start, end, oldEnd } = middle
    const from = new Int32Array(end - start)
    if (start === oldEnd) return from
    const places = new Map<unknown, number>()
    for (let index = start; index < end; index++) {
      if (development && places.has(keys[index]))
        reportError(problem('LIST_KEY_TWICE', { key: keys[index], component: '' }))
      places.set(keys[index], index - start)
    }
    const gone: View[] = []
    for (let index = start; index < oldEnd; index++) {
      const place = places.get(this.#keys[index])
      // Of two old items with one key the first stays.
      if (place === undefined || from[place]) gone.push(this.#items[index]!)
      else from[place] = index + 1
    }
    this.#remove(gone)
    return from
  }
  /** Takes items out: all at once if nothing else is in their parent. */
  #remove(gone: readonly View[]): void {
    const anchor = this.#anchor!
    const parent = anchor.parentNode!
    const alone = gone.length === this.#items.length && !anchor.nextSibling && this.first() === parent.firstChild
    for (const view of gone) view.end(!alone)
    if (alone) {
      parent.textContent = ''
      parent.appendChild(anchor)
    }
  }
  move(parent: Node, before: Node | null): void {
    for (const item of this.#items) item.move(parent, before)
    parent.insertBefore(this.#anchor!, before)
  }
  end(detach: boolean): void {
    for (const item of this.#items) item.end(detach)
    if (detach && this.#ownsAnchor) this.#anchor!.remove()
  }
}

/**
 * Indices into `from` of a longest increasing subsequence; zeros are left out. Patience sorting, n log n; linear when
 * nothing moved.
 *
 * @example
 * longestIncreasing(Int32Array.of(4, 2, 0, 3)) // [1, 3]: the run 2, 3
 */
export function longestIncreasing(from: Int32Array): number[] {
  // ends[length - 1]: where the best run of that length ends; before[i]: what comes before i in its run.
  const ends: number[] = []
  const before: number[] = []
  from.forEach((value, index) => {
    if (value === 0) return
    let low = 0
    let high = ends.length
    // The usual case first: it continues the longest run.
    if (high > 0 && from[ends[high - 1]!]! < value) low = high
    while (low < high) {
      const half = (low + high) >> 1
      if (from[ends[half]!]! < value) low = half + 1
      else high = half
    }
    before[index] = ends[low - 1]!
    ends[low] = index
  })
  for (let at = ends.length - 1, index = ends[at]!; at >= 0; at--) {
    ends[at] = index
    index = before[index]!
  }
  return ends
}
