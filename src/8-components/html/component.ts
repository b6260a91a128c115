// Components on the server, roots and slots.
import { isOutcome } from '../../1-contracts/index.ts'
import { isSignal } from '../../7-state/index.ts'
import type { AnyComponent, Child, Element, Key } from '../element.ts'
import { errors } from '../errors.ts'
import { isLive, nameOf, startOf } from '../mark.ts'
import { renderAs } from '../owner.ts'
import { kindOf } from '../value.ts'
import { ServerElement } from './element.ts'
import { keyAround } from './key.ts'
import { broken, currentPlace, currentWriting, type RootWriting, report, ServerOwner, writeAt } from './place.ts'
import { child } from './write.ts'

/** The element of a component. Written by the compiler. */
export function component(type: AnyComponent, props: unknown, key?: Key): Element {
  if (typeof type !== 'function') throw errors.COMPONENT_INVALID({ kind: kindOf(type) })
  // Elements are opaque to users; inside, they are what writes itself.
  return new ComponentElement(type, props, key) as unknown as Element
}

class ComponentElement extends ServerElement {
  readonly type: AnyComponent
  readonly props: unknown
  readonly key: Key | undefined

  constructor(type: AnyComponent, props: unknown, key: Key | undefined) {
    super()
    this.key = key
    this.type = type
    this.props = props
  }
  write(): string {
    const place = currentPlace()
    if (!place?.root && isLive(this.type)) return writeRoot(this, place)
    return keyAround(writeOwner(new ServerOwner(this, place, place?.root)), this.key)
  }
}

/** Calls a component and writes what it shows; a boundary takes what is thrown inside. */
function writeOwner(owner: ServerOwner): string {
  return writeAt(owner, () => {
    const undo = snapshot(owner.root)
    try {
      return child(renderAs(owner, owner.type, owner.props))
    } catch (error) {
      // "Not found" and the like are answers to the request, not failures of a part of the page.
      if (!owner.catch || isOutcome(error)) throw error
      undo()
      owner.catch(error)
      report(error)
      const fallback = child(renderAs(owner, owner.type, owner.props))
      // The browser adopts no fallback: it tries the children first.
      return owner.root ? `<!--!-->${fallback}` : fallback
    }
  })
}

/** What a part that failed added to the document is taken back. */
export function snapshot(root: RootWriting | undefined): () => void {
  const writing = currentWriting()
  const roots = writing?.roots.length ?? 0
  const deferred = writing?.deferred.length ?? 0
  const placed = root?.slots.map((slot) => slot.placed)
  return () => {
    if (writing) {
      writing.roots.length = roots
      writing.deferred.length = deferred
    }
    placed?.forEach((was, index) => {
      root!.slots[index]!.placed = was
    })
  }
}

function writeRoot(element: ComponentElement, place: ServerOwner | undefined): string {
  const writing = currentWriting()
  const name = nameOf(element.type)
  if (!name) broken(errors.ROOT_WITHOUT_NAME({ component: element.type.name }))
  const index = writing?.roots.length ?? 0
  const slots: Slot[] = []
  const sent = sendable(element, slots)
  const root: RootWriting = { index, ids: 0, slots, starts: !!(name && sent) }
  // In production what cannot be sent is left to the server: whole, but without behaviour.
  if (!sent) return writeOwner(new ServerOwner(element, place, root))
  const start = startOf(element.type)
  const entry = { module: name?.module ?? '', name: name?.name ?? '', props: sent, key: element.key }
  if (name) writing?.roots.push(start === 'load' ? entry : { ...entry, start })
  const html = writeOwner(new ServerOwner({ type: element.type, props: sent }, place, root))
  const held = slots.map((slot) => (slot.placed ? '' : slot.writeHeld())).join('')
  return name ? `<!--[${index}-->${html}${held}<!--]${index}-->` : html
}

/** An element that crosses into a root. */
class Slot extends ServerElement {
  readonly number: number
  placed = false
  readonly #content: Child

  constructor(content: Child) {
    super()
    const writing = currentWriting()
    this.number = writing ? writing.slots++ : 0
    this.#content = content
  }
  write(): string {
    const place = currentPlace()
    if (this.placed) throw errors.SLOT_PLACED_TWICE({ component: place?.type.name ?? '' })
    this.placed = true
    return `<!--(${this.number}-->${this.#inside(place)}<!--)${this.number}-->`
  }
  /** Sent inert, for a root that places it later. */
  writeHeld(): string {
    return `<template data-slot="${this.number}">${this.#inside(currentPlace())}</template>`
  }
  /** Inside a slot everything is plain again, with the contexts of the place. */
  #inside(place: ServerOwner | undefined): string {
    return writeAt(new ServerOwner({ type: inSlot, props: undefined }, place), () => child(this.#content))
  }
}

/** Stands for a slot among the components around. */
function inSlot(): null {
  return null
}

/** The number of a slot among a root's props, or undefined for anything else: how the props' encoder knows them. */
export function slotNumber(value: unknown): number | undefined {
  return value instanceof Slot ? value.number : undefined
}

/** A root's props as they are sent: each element becomes a slot. What cannot be sent is a broken promise: undefined. */
function sendable(element: ComponentElement, slots: Slot[]): Record<string, unknown> | undefined {
  let refused = false
  const isSendable = currentWriting()?.options.isSendable
  const refuse = (path: string, kind: string): undefined => {
    broken(errors.ROOT_PROP_NOT_DATA({ component: element.type.name, path, kind }))
    refused = true
    return undefined
  }
  const toSlot = (content: Child): Slot => {
    const slot = new Slot(content)
    slots.push(slot)
    return slot
  }
  const send = (value: unknown, path: string): unknown => {
    if (typeof value === 'function' || typeof value === 'symbol') {
      return isSendable?.(value) ? value : refuse(path, kindOf(value))
    }
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof ServerElement) return toSlot(value as unknown as Child)
    if (isSignal(value)) return refuse(path, 'a signal')
    if (typeof (value as { then?: unknown }).then === 'function') return refuse(path, kindOf(value))
    if (Array.isArray(value)) return value.map((item, index) => send(item, `${path}[${index}]`))
    return isRecord(value) ? sendRecord(value, path) : value
  }
  const sendRecord = (record: Record<string, unknown>, path: string): Record<string, unknown> => {
    const sent: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(record)) {
      // A prop that is not there reads the same, and JSON alone can leave it out.
      if (!path && value === undefined) continue
      const at = path ? `${path}.${name}` : name
      // Children are one thing, whatever they are made of: nobody counts them.
      sent[name] = !path && name === 'children' && holdsElement(value) ? toSlot(value as Child) : send(value, at)
    }
    return sent
  }
  const sent = sendRecord((element.props ?? {}) as Record<string, unknown>, '')
  return refused ? undefined : sent
}

function isRecord(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function holdsElement(value: unknown): boolean {
  return value instanceof ServerElement || (Array.isArray(value) && value.some(holdsElement))
}
