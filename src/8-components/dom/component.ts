import { tracking } from '../../7-state/index.ts'
import type { AnyComponent, Child, Element, Key } from '../element.ts'
import type { Memoised } from '../memo.ts'
import { type Cell, type Owner, type Provided, type Root, raise, renderAs, type Scope } from '../owner.ts'
import { development, problem } from '../problem.ts'
import { kindOf } from '../value.ts'
import type { Rendering, View } from './contract.ts'
import { adopting, onAbandon } from './cursor.ts'
import { attempt, enqueue, onCommit, type Renderable } from './schedule.ts'
import { replace, viewOf } from './view.ts'

/** Where development puts newer versions of components; empty in production. */
export const refreshing: { latest?: (type: AnyComponent) => AnyComponent; shown?: Set<ComponentView> } = {}

class ComponentElement implements Rendering {
  // Declared alone: the constructor is what makes them, once.
  declare type: AnyComponent
  declare readonly props: unknown
  declare readonly key: Key | undefined

  constructor(type: AnyComponent, props: unknown, key: Key | undefined) {
    this.type = type
    this.props = props
    this.key = key
  }
  view(owner: Scope): View {
    return new ComponentView(this, owner)
  }
}

/** The element of a component. Written by the compiler: `<Counter start={1} />` is `component(Counter, { start: 1 })`. */
export function component(type: AnyComponent, props: unknown, key?: Key): Element {
  if (development && typeof type !== 'function') throw problem('COMPONENT_INVALID', { kind: kindOf(type) })
  const latest = (development && refreshing.latest?.(type)) || type
  // Elements are opaque to users; inside, they are what makes views.
  return new ComponentElement(latest, props, key) as unknown as Element
}

/** A component on the page: its state, and the view of what it returned last. */
export class ComponentView implements View, Owner, Renderable {
  declare readonly parent: Scope
  declare readonly depth: number
  declare readonly top?: Root
  readonly cells: Cell[] = []
  cursor = 0
  again = false
  dirty = false
  declare provided?: Provided
  declare catch?: (error: unknown) => void
  /** What is called to render it, and with what. Development sets newer versions of its type. */
  declare element: ComponentElement
  #out!: View
  #stop: (() => void) | undefined
  #runs: [() => void, (() => void)?][] = []
  #ended = false

  constructor(element: ComponentElement, parent: Scope) {
    this.element = element
    this.parent = parent
    this.depth = parent.depth + 1
    this.top = parent.top!
  }
  first(): Node {
    return this.#out.first()
  }
  mount(parent: Node, before: Node | null): void {
    if (development) refreshing.shown?.add(this)
    onAbandon(() => this.close())
    let shown: Child
    try {
      shown = this.#render()
    } catch (error) {
      // Half a component cannot be adopted: its root mounts anew, and the error comes again there.
      if (adopting()) throw error
      // Nothing is shown until the boundary shows its fallback, before anybody sees it.
      raise(this.parent, error)
    }
    this.#out = viewOf(shown, this)
    this.#out.mount(parent, before)
    this.#commit()
  }
  patch(value: unknown): boolean {
    const { type, props, key } = this.element
    if (!(value instanceof ComponentElement) || value.key !== key || value.type !== type) return false
    this.element = value
    if (value.props !== props && !(type as Memoised).same?.(props as never, value.props as never)) this.refresh()
    return true
  }
  move(parent: Node, before: Node | null): void {
    this.#out.move(parent, before)
  }
  end(detach: boolean): void {
    this.#ended = true
    this.close()
    this.#out.end(detach)
  }
  /** Ends what its hooks hold open. */
  close(): void {
    if (development) refreshing.shown?.delete(this)
    this.dirty = false
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
  #render(): Child {
    this.#stop?.()
    const call = () => renderAs(this, this.element.type, this.element.props)
    if (!tracking.watch) return call()
    const { value, stop } = tracking.watch(call, () => this.invalidate())
    this.#stop = stop
    return value
  }
  /** What is scheduled waits until all inside is there, so that effects of children come first. */
  #commit(): void {
    for (const [run, cleanup] of this.#runs) onCommit(run, cleanup)
    this.#runs = []
  }
  invalidate(): void {
    if (!this.#ended) enqueue(this)
  }
  schedule(run: () => void, cleanup?: () => void): void {
    this.#runs.push([run, cleanup])
  }
}
