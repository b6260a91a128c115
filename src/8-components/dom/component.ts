import { tracking } from '../../7-state/index.ts'
import type { AnyComponent, Child, Element, Key } from '../element.ts'
import type { Memoised } from '../memo.ts'
import { type Cell, type Effect, type Owner, type Provided, raise, renderAs } from '../owner.ts'
import { development } from '../problem.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, Mismatch, onAbandon } from './cursor.ts'
import { attempt, enqueue, type Renderable, scheduleEffect } from './schedule.ts'
import { replace, viewOf } from './view.ts'

/** Where development puts newer versions of components; empty in production. */
export const refreshing: { latest?: (type: AnyComponent) => AnyComponent; shown?: Set<ComponentView> } = {}

/** The newest version of a component. */
function latest(type: AnyComponent): AnyComponent {
  return development && refreshing.latest ? refreshing.latest(type) : type
}

class ComponentElement implements Rendering {
  readonly type: AnyComponent
  readonly props: unknown
  readonly key: Key | undefined

  constructor(type: AnyComponent, props: unknown, key: Key | undefined) {
    this.type = type
    this.props = props
    this.key = key
  }
  view(owner: Owner): View {
    return new ComponentView(this, owner)
  }
}

/** The element of a component. Written by the compiler: `<Counter start={1} />` is `component(Counter, { start: 1 })`. */
export function component(type: AnyComponent, props: unknown, key?: Key): Element {
  // Elements are opaque to users; inside, they are what makes views.
  return new ComponentElement(type, props, key) as unknown as Element
}

/** A component on the page: its state, and the view of what it returned last. */
export class ComponentView implements View, Owner, Renderable {
  key: unknown
  readonly parent: Owner
  readonly depth: number
  readonly cells: Cell[] = []
  cursor = 0
  again = false
  dirty = false
  provided?: Provided
  catch?: (error: unknown) => void
  #element: ComponentElement
  #out!: View
  #stop: (() => void) | undefined
  #effects: Effect[] = []
  #ended = false

  constructor(element: ComponentElement, parent: Owner) {
    this.#element = element
    this.parent = parent
    this.depth = parent.depth + 1
  }
  get type(): AnyComponent {
    return this.#element.type
  }
  first(): Node {
    return this.#out.first()
  }
  mount(parent: Node, before: Node | null): void {
    if (development) refreshing.shown?.add(this)
    onAbandon(() => this.#close())
    this.#out = viewOf(this.#first(), this)
    this.#out.mount(parent, before)
    this.#commit()
  }
  patch(value: unknown): boolean {
    const element = this.#element
    if (!(value instanceof ComponentElement) || value.key !== element.key) return false
    if (latest(value.type) !== latest(element.type)) return false
    this.#element = value
    if (value !== element && !(value.type as Memoised).same?.(element.props as never, value.props as never))
      this.refresh()
    return true
  }
  move(parent: Node, before: Node | null): void {
    this.#out.move(parent, before)
  }
  end(detach: boolean): void {
    this.#close()
    this.#out.end(detach)
  }
  /** Ends what its hooks hold open. */
  #close(): void {
    this.#ended = true
    if (development) refreshing.shown?.delete(this)
    this.#stop?.()
    for (const kept of this.cells) attempt(() => kept.end?.())
  }
  /**
   * Renders it with its present props and state. If it throws, what it showed stays: its boundary puts the fallback there
   * before anybody sees it, and without one the root's nodes stay as they are.
   */
  refresh(): void {
    this.dirty = false
    try {
      this.#out = replace(this.#out, this.#render(), this)
    } catch (error) {
      raise(this.parent, error)
    }
    this.#commit()
  }
  /** Renders it as if for the first time: development, when its hooks are others now. */
  restart(): void {
    this.#close()
    this.#ended = false
    refreshing.shown?.add(this)
    this.cells.length = 0
    const fresh = viewOf(this.#first(), this)
    const before = this.first()
    fresh.mount(before.parentNode!, before)
    this.#out.end(true)
    this.#out = fresh
    this.#commit()
  }
  /** The first render. A component that throws in it shows nothing until its boundary shows the fallback. */
  #first(): Child {
    try {
      return this.#render()
    } catch (error) {
      // Half a component cannot be adopted: its root mounts anew, and the error comes again there.
      if (adopting()) throw new Mismatch()
      raise(this.parent, error)
      return null
    }
  }
  #render(): Child {
    this.#stop?.()
    this.#stop = undefined
    const call = () => renderAs(this, latest(this.type), this.#element.props)
    if (!tracking.watch) return call()
    const { value, stop } = tracking.watch(call, () => this.invalidate())
    this.#stop = stop
    return value
  }
  /** Effects wait until all inside is there, so that those of children come first. */
  #commit(): void {
    const effects = this.#effects
    if (effects.length === 0) return
    this.#effects = []
    effects.forEach(scheduleEffect)
  }
  invalidate(): void {
    if (!this.#ended) enqueue(this)
  }
  schedule(effect: Effect): void {
    this.#effects.push(effect)
  }
  id(): string {
    return this.parent.id()
  }
}
