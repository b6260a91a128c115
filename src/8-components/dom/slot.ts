// Slots: elements that a plain component handed to a root. The server wrote them; the root places and moves their nodes,
// never looks inside. Taken out, they are kept until they are placed again.
import type { Element } from '../element.ts'
import type { Owner } from '../owner.ts'
import { development, problem } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, type Cursor, Mismatch } from './cursor.ts'

/** The owner of a root: keeps the slots that are not placed. */
export interface SlotHolder {
  readonly held: Map<number, DocumentFragment>
}

/** Hears of slots that are placed again (their roots are to be started) or taken out (stopped). */
export type SlotWatcher = (begin: Comment, end: Comment, placed: boolean) => void

let watcher: SlotWatcher | undefined

/** Sets who hears of slots that are placed again or taken out after their root was adopted. */
export function watchSlots(watch: SlotWatcher): void {
  watcher = watch
}

/** The comment before a slot's nodes knows where in the component tree they are. */
interface Begin extends Comment {
  l9?: Owner | undefined
}

/** An element that the server rendered: what `{ "$slot": 3 }` in a root's props stands for. */
export class Slot implements Rendering {
  readonly key: undefined
  readonly number: number
  /** The comments around its nodes, once it was placed. */
  begin: Comment | undefined
  end: Comment | undefined
  placed = false

  constructor(number: number) {
    this.number = number
  }
  view(owner: Owner): View {
    return new SlotView(this, owner)
  }
}

/** The element for a slot's number, to be put into a root's props. One per slot: it is what keeps its nodes. */
export function slot(number: number): Slot & Element {
  return new Slot(number) as Slot & Element
}

class SlotView implements View {
  key: unknown
  readonly #slot: Slot
  readonly #owner: Owner
  /** Shows nothing: the slot is in another place already. */
  #stray: Comment | undefined

  constructor(slot: Slot, owner: Owner) {
    this.#slot = slot
    this.#owner = owner
  }
  first(): Node {
    return this.#stray ?? this.#slot.begin!
  }
  mount(parent: Node, before: Node | null): void {
    const cursor = adopting()
    const own = this.#slot
    if (own.placed) {
      reportError(problem('SLOT_PLACED_TWICE', { component: '' }))
      this.#stray = parent.insertBefore(document.createComment(''), cursor ? cursor.next : before)
      return
    }
    if (cursor) claimSlot(own, cursor)
    else parent.insertBefore(takeHeld(own, holderOf(this.#owner)), before)
    own.placed = true
    ;(own.begin as Begin).l9 = this.#owner
    // While a root is adopted, whoever adopts it starts the roots inside as well.
    if (!cursor && parent.isConnected) watcher?.(own.begin!, own.end!, true)
  }
  patch(value: unknown): boolean {
    return value === this.#slot && !this.#stray
  }
  move(parent: Node, before: Node | null): void {
    if (this.#stray) parent.insertBefore(this.#stray, before)
    else parent.insertBefore(takeOut(this.#slot.begin!, this.#slot.end!), before)
  }
  end(detach: boolean): void {
    const { begin, end, number } = this.#slot
    if (this.#stray) this.#stray.remove()
    else if (begin && end) {
      this.#slot.placed = false
      ;(begin as Begin).l9 = undefined
      watcher?.(begin, end, false)
      // A parent that goes would take the nodes with it: they are kept in any case, unless the whole root goes.
      if (detach || begin.parentNode) holderOf(this.#owner).held.set(number, takeOut(begin, end))
    }
  }
}

function holderOf(owner: Owner): SlotHolder {
  let at: Owner | undefined = owner
  while (at && !('held' in at)) at = at.parent
  // The loop ends at the root, which holds slots.
  return at as Owner & SlotHolder
}

function claimSlot(own: Slot, cursor: Cursor): void {
  const begin = cursor.next
  if (!isComment(begin, `(${own.number}`)) throw new Mismatch(begin, development ? `the slot ${own.number}` : 'slot')
  const end = findEnd(begin)
  own.begin = begin
  own.end = end
  cursor.next = end.nextSibling
}

function isComment(node: Node | null, data: string): node is Comment {
  return node?.nodeType === 8 && (node as Comment).data === data
}

function findEnd(begin: Comment): Comment {
  let at = begin.nextSibling
  while (at && !isComment(at, begin.data.replace('(', ')'))) at = at.nextSibling
  if (!at) throw new Mismatch(begin, 'the end of a slot')
  return at
}

/** The nodes from `begin` to `end`, both included, taken out of the page. */
function takeOut(begin: Node, end: Node): DocumentFragment {
  const range = document.createRange()
  range.setStartBefore(begin)
  range.setEndAfter(end)
  return range.extractContents()
}

/** The kept nodes of a slot, with comments around them. */
function takeHeld(own: Slot, holder: SlotHolder): DocumentFragment {
  const fragment = holder.held.get(own.number) ?? document.createDocumentFragment()
  holder.held.delete(own.number)
  own.begin = isComment(fragment.firstChild, `(${own.number}`)
    ? fragment.firstChild
    : fragment.insertBefore(document.createComment(`(${own.number}`), fragment.firstChild)
  own.end = isComment(fragment.lastChild, `)${own.number}`)
    ? fragment.lastChild
    : fragment.appendChild(document.createComment(`)${own.number}`))
  return fragment
}

/** Keeps the slots that the server sent unplaced, in templates behind a root's nodes. */
export function holdTemplates(holder: SlotHolder, cursor: Cursor): void {
  while (cursor.next?.nodeName === 'TEMPLATE') {
    const sent = cursor.next as HTMLTemplateElement
    if (sent.dataset['slot'] === undefined) return
    cursor.next = sent.nextSibling
    holder.held.set(Number(sent.dataset['slot']), document.importNode(sent.content, true))
    sent.remove()
  }
}

/** Keeps all slots between two comments: their root is about to be mounted anew. */
export function holdSlots(holder: SlotHolder, begin: Comment, end: Comment): void {
  const walker = document.createTreeWalker(begin.parentNode!, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_ELEMENT)
  walker.currentNode = begin
  const found: Comment[] = []
  for (let at = walker.nextNode(); at && at !== end; at = walker.nextNode()) {
    if (at.nodeName === 'TEMPLATE') holdTemplates(holder, { parent: at.parentNode!, next: at })
    else if (at.nodeType === 8 && (at as Comment).data.startsWith('(')) {
      found.push(at as Comment)
      // What is inside goes along.
      walker.currentNode = findEnd(at as Comment)
    }
  }
  for (const at of found) holder.held.set(Number(at.data.slice(1)), takeOut(at, findEnd(at)))
}

/** The component around a place that is in a slot: contexts of the root outside come from it. */
export function surroundingOwner(place: Node): Owner | undefined {
  let closed = 0
  for (let at: Node | null = place; at; at = at.previousSibling ?? at.parentNode) {
    if (at.nodeType !== 8) continue
    const { data, l9 } = at as Begin
    if (data.startsWith(')')) closed++
    else if (data.startsWith('(') && closed > 0) closed--
    else if (l9) return l9
  }
  return undefined
}
