// Components on the server, roots and slots.
import { isOutcome } from '../../1-contracts/index.ts'
import type { AnyComponent, Child, Element, Key } from '../element.ts'
import { errors } from '../errors.ts'
import { type ComponentName, isLive, nameOf, startOf, wantedOf, writtenAt } from '../mark.ts'
import { renderAs } from '../owner.ts'
import { kindOf } from '../value.ts'
import { addTravelling } from './contexts.ts'
import { Crossing } from './crossing.ts'
import { ServerElement } from './element.ts'
import { keyAround } from './key.ts'
import {
  broken,
  currentPlace,
  currentWriting,
  placesOf,
  type RootWriting,
  report,
  ServerOwner,
  writeAt,
} from './place.ts'
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
      return child(call(owner))
    } catch (error) {
      // "Not found" and the like are answers to the request, not failures of a part of the page.
      if (!owner.catch || isOutcome(error)) throw error
      undo()
      owner.catch(error)
      report(error)
      const fallback = child(call(owner))
      // The browser adopts no fallback: it tries the children first.
      return owner.root ? `<!--!-->${fallback}` : fallback
    }
  })
}

/** Calls a component. @throws COMPONENT_ASYNCHRONOUS for one that promises what it shows */
function call(owner: ServerOwner): Child {
  const { type, props } = owner
  const shown = renderAs(owner, type, props)
  if (typeof (shown as { then?: unknown } | null | undefined)?.then !== 'function') return shown
  // What it throws later would end the process.
  Promise.resolve(shown).catch(() => {})
  throw errors.COMPONENT_ASYNCHRONOUS({ component: type.name }, placesOf(type))
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

/**
 * Writes a live component outside of any other. What the browser cannot start as it was promised is written without
 * behaviour: nothing of it is in the table, and live components inside are roots of their own.
 */
function writeRoot(element: ComponentElement, place: ServerOwner | undefined): string {
  const undo = snapshot(undefined)
  const name = nameOf(element.type)
  if (!name) broken(errors.ROOT_WITHOUT_NAME({ component: element.type.name }, placesOf(element.type)))
  const html = name && writeNamed(element, name, place)
  if (html !== undefined) return html
  undo()
  return writeOwner(new ServerOwner(element, place, 'inert'))
}

/** A root with its place in the table; undefined if something that it needs cannot cross. */
function writeNamed(
  element: ComponentElement,
  { module, name }: ComponentName,
  place: ServerOwner | undefined,
): string | undefined {
  const writing = currentWriting()
  const index = writing?.roots.length ?? 0
  const root: RootWriting = { index, ids: 0, slots: [], contexts: new Map(), isBroken: false }
  const props = sendable(element, root)
  const owner = new ServerOwner({ type: element.type, props }, place, root)
  addTravelling(owner)
  if (root.isBroken) return undefined
  const start = startOf(element.type)
  const entry = { module, name, props, key: element.key, contexts: root.contexts }
  writing?.roots.push(start === 'load' ? entry : { ...entry, start })
  const html = writeOwner(owner)
  const held = root.slots.map((slot) => (slot.placed ? '' : slot.writeHeld())).join('')
  return root.isBroken ? undefined : `<!--[${index}-->${html}${held}<!--]${index}-->`
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

/** A root's props as they are sent: each element becomes a slot; what cannot be sent breaks the root. */
function sendable(element: ComponentElement, root: RootWriting): Record<string, unknown> {
  const { type, props } = element
  const crossing = new Crossing({
    isSendable: currentWriting()?.options.isSendable,
    toSlot(content) {
      const slot = new Slot(content as Child)
      root.slots.push(slot)
      return slot
    },
    refuse(path, kind) {
      root.isBroken = true
      // Where the prop is handed over; else where the component is written.
      const places = placesOf(element, writtenAt(element) ?? writtenAt(type))
      broken(errors.ROOT_PROP_NOT_DATA({ component: type.name, path, kind }, places))
    },
  })
  return crossing.props((props ?? {}) as Record<string, unknown>, wantedOf(type))
}
