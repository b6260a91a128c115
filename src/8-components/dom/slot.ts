// Slots: elements that a plain component handed to a root. The server wrote them; the root places and moves their nodes,
// never looks inside. Taken out, they are kept until they are placed again.
import type { Element } from '../element.ts'
import type { Root, Scope } from '../owner.ts'
import { development, problem } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, type Cursor, closingOf, mismatch } from './cursor.ts'
import { surroundings } from './root.ts'
import { onCommit } from './schedule.ts'

/** Hears of slots that are placed again (their roots are to be started) or taken out (stopped). */
export type SlotWatcher = (begin: Comment, end: Comment, placed: boolean) => void

let watcher: SlotWatcher | undefined

/** Sets who hears of slots that are placed again or taken out after their root was adopted. */
export function watchSlots(watch: SlotWatcher): void {
  watcher = watch
}

/** The comment before a slot's nodes knows where in the component tree they are. */
interface Begin extends Comment {
  l9?: Scope | undefined
}

/** An element that the server rendered: what `{ "$slot": 3 }` in a root's props stands for. */
export class Slot implements Rendering {
  declare readonly key: undefined
  readonly number: number
  /** The comments around its nodes, once it was placed. */
  declare begin?: Comment
  declare end?: Comment
  /** Where it is placed. */
  declare shownBy?: View

  constructor(number: number) {
    this.number = number
  }
  view(owner: Scope): View {
    return new SlotView(this, owner)
  }
}

/** The element for a slot's number, to be put into a root's props. One per slot: it is what keeps its nodes. */
export function slot(number: number): Slot & Element {
  return new Slot(number) as Slot & Element
}

class SlotView implements View {
  readonly #slot: Slot
  readonly #owner: Scope
  /** Stands where the slot was before another place took it. */
  #stray: Comment | undefined

  constructor(slot: Slot, owner: Scope) {
    this.#slot = slot
    this.#owner = owner
  }
  first(): Node {
    return this.#stray ?? this.#slot.begin!
  }
  mount(parent: Node, before: Node | null): void {
    const cursor = adopting()
    const own = this.#slot
    const former = own.shownBy as SlotView | undefined
    own.shownBy = this
    if (cursor) claimSlot(own, cursor)
    else if (former) this.#takeFrom(former, parent, before)
    else parent.insertBefore(fetchSlot(own, this.#owner.top!), before)
    ;(own.begin as Begin).l9 = this.#owner
    surroundings.around = surroundingOwner
    // While a root is adopted, whoever adopts it starts the roots inside as well. In the commit all is on the page.
    if (!cursor && !former) onCommit(() => own.shownBy === this && watcher?.(own.begin!, own.end!, true))
  }
  /** Within one render a slot may come to its new place before it has left the old one. Both at the end are an error. */
  #takeFrom(former: SlotView, parent: Node, before: Node | null): void {
    const { begin, end } = this.#slot
    const stray = begin!.parentNode!.insertBefore(document.createComment(''), begin!)
    former.#stray = stray
    parent.insertBefore(takeOut(begin!, end!), before === begin ? stray : before)
    onCommit(() => {
      if (former.#stray === stray) reportError(problem('SLOT_PLACED_TWICE', { component: '' }))
    })
  }
  patch(value: unknown): boolean {
    return value === this.#slot && !this.#stray
  }
  move(parent: Node, before: Node | null): void {
    parent.insertBefore(this.#stray ?? takeOut(this.#slot.begin!, this.#slot.end!), before)
  }
  end(detach: boolean): void {
    const own = this.#slot
    const { begin, end } = own
    const root = this.#owner.top!
    if (this.#stray) {
      if (detach) this.#stray.remove()
      this.#stray = undefined
    } else if (begin && end && !root.over) {
      own.shownBy = undefined
      ;(begin as Begin).l9 = undefined
      watcher?.(begin, end, false)
      // Also when a parent goes, which would take them along.
      root.held ??= []
      root.held[own.number] = takeOut(begin, end)
    }
  }
}

function claimSlot(own: Slot, cursor: Cursor): void {
  const begin = cursor.next
  if (!isComment(begin, `(${own.number}`)) mismatch(begin, development ? `the slot ${own.number}` : '')
  own.begin = begin
  own.end = closingOf(begin)
  cursor.next = own.end.nextSibling
}

function isComment(node: Node | null, data: string): node is Comment {
  return node?.nodeType === 8 && (node as Comment).data === data
}

/** The nodes from `begin` to `end`, both included, taken out of the page. */
function takeOut(begin: Node, end: Node): DocumentFragment {
  const range = new Range()
  range.setStartBefore(begin)
  range.setEndAfter(end)
  return range.extractContents()
}

/** The nodes of a slot that is not placed: kept before, sent in a template, or among nodes that were not adopted. */
function fetchSlot(own: Slot, { held, begin }: Root): DocumentFragment {
  const { number } = own
  const known = held?.[number]
  delete held?.[number]
  if (known) return known
  const start = begin ?? document.body
  const walker = document.createTreeWalker(start.parentNode!)
  walker.currentNode = start
  let at = walker.nextNode()
  while (at && !isComment(at, `(${number}`) && (at as HTMLElement).dataset?.['slot'] !== `${number}`)
    at = walker.nextNode()
  if (at?.nodeType === 8) {
    own.begin = at as Comment
    own.end = closingOf(own.begin)
    return takeOut(own.begin, own.end)
  }
  const fragment = at ? document.importNode((at as HTMLTemplateElement).content, true) : new DocumentFragment()
  ;(at as HTMLTemplateElement | null)?.remove()
  own.begin = document.createComment(`(${number}`)
  own.end = document.createComment(`)${number}`)
  fragment.prepend(own.begin)
  fragment.append(own.end)
  return fragment
}

/** The component around a place that is in a slot: contexts of the root outside come from it. */
export function surroundingOwner(place: Node): Scope | undefined {
  let closed = 0
  for (let at: Node | null = place; at; at = at.previousSibling ?? at.parentNode) {
    if (at.nodeType !== 8) continue
    const { data, l9 } = at as Begin
    if (data[0] === ')') closed++
    else if (data[0] === '(' && closed > 0) closed--
    else if (l9) return l9
  }
  return undefined
}
