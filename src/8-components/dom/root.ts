// Where a tree of components begins: in a container, or in nodes that the server wrote.
import type { AnyComponent, Child } from '../element.ts'
import { type Cell, type Owner, raise } from '../owner.ts'
import { development } from '../problem.ts'
import { component } from './component.ts'
import type { Rendering, View } from './contract.ts'
import { type Cursor, Mismatch, settleAdoption, withCursor } from './cursor.ts'
import { checkpoint, flush } from './schedule.ts'
import { holdSlots, holdTemplates, type SlotHolder, surroundingOwner } from './slot.ts'
import { viewOf } from './view.ts'

/** What `adopt` returns. */
export interface RootHandle {
  /** Renders the root with other props; it keeps its state. */
  update(props: object): void
  /** Ends its effects, listeners to signals and refs. Its nodes stay where they are. */
  stop(): void
}

/** The owner of all components of a root. */
class Root implements Owner, SlotHolder {
  readonly parent: Owner | undefined
  readonly depth: number
  readonly cells: Cell[] = []
  readonly held: Map<number, DocumentFragment> = new Map()
  cursor = 0
  again = false
  /** An error that no boundary took. */
  failure: { error: unknown } | undefined
  onFailure: (() => void) | undefined
  readonly #prefix: string
  #ids = 0

  constructor(prefix: string, parent?: Owner) {
    this.#prefix = prefix
    this.parent = parent
    this.depth = parent ? parent.depth + 1 : 0
  }
  catch(error: unknown): void {
    if (this.failure) return
    this.failure = { error }
    // Later than the render that it happened in, whose views are not complete yet.
    queueMicrotask(() => this.onFailure?.())
  }
  invalidate(): void {}
  schedule(): void {}
  id(): string {
    return `${this.#prefix}${this.#ids++}`
  }
}

let mounts = 0

/**
 * Shows an element at the end of a container. Returns the function that takes it away again.
 *
 * @throws what a component throws in its first render and no error boundary takes
 * @example
 * const unmount = mount(<App />, document.getElementById('app')!)
 */
export function mount(element: Child, container: Node): () => void {
  const root = new Root(`l9-m${mounts++}-`)
  const view = viewOf(element, root)
  const detached = document.createDocumentFragment()
  view.mount(detached, null)
  if (root.failure) {
    view.end(true)
    throw root.failure.error
  }
  let mounted = true
  const unmount = () => {
    if (mounted) view.end(true)
    mounted = false
  }
  root.onFailure = () => {
    unmount()
    reportError(root.failure?.error)
  }
  container.appendChild(detached)
  flush()
  return unmount
}

/**
 * Takes over the nodes between two comments, which the server wrote for this component with these props. No node is made
 * anew. Where they differ from what the component shows, development reports ADOPT_MISMATCH; the root is mounted anew.
 * An error that no boundary takes stops the root: its nodes stay, marked `data-layer9-failed`.
 *
 * @example
 * const handle = adopt(Counter, { start: 1 }, begin, end)
 */
export function adopt(type: AnyComponent, props: object, begin: Comment, end: Comment): RootHandle {
  const root = new Root(`l9-${begin.data.slice(1)}-`, surroundingOwner(begin))
  // An element is opaque to users; inside, it is what makes views.
  const element = (given: object) => component(type, given) as unknown as Rendering
  let view: View | undefined = claimBetween(element(props), { root, begin, end, name: type.name })
  const stop = () => {
    view?.end(false)
    view = undefined
  }
  root.onFailure = () => {
    stop()
    for (let at: Node | null = begin; at && at !== end; at = at.nextSibling) {
      if (at.nodeType === 1) (at as Element).setAttribute('data-layer9-failed', '')
    }
    reportError(root.failure?.error)
  }
  flush()
  return {
    stop,
    update(given) {
      view?.patch(element(given))
      flush()
    },
  }
}

interface Range {
  root: Root
  begin: Comment
  end: Comment
  name: string
}

/** Adopts; where that fails, mounts anew and puts the result in place of the server's nodes. */
function claimBetween(element: Rendering, range: Range): View {
  const { root, begin, end } = range
  const parent = begin.parentNode!
  const view = element.view(root)
  const forget = checkpoint()
  const cursor: Cursor = { parent, next: begin.nextSibling }
  try {
    withCursor(cursor, () => view.mount(parent, end))
    holdTemplates(root, cursor)
    if (cursor.next !== end) throw new Mismatch(cursor.next, 'the end of the root')
    settleAdoption(false)
    return view
  } catch (error) {
    settleAdoption(true)
    forget()
    if (!(error instanceof Mismatch)) raise(root, error)
    else if (development && error.error) reportError(Object.assign(error.error, { component: range.name }))
    return mountBetween(element, range)
  }
}

function mountBetween(element: Rendering, { root, begin, end }: Range): View {
  holdSlots(root, begin, end)
  const view = element.view(root)
  const detached = document.createDocumentFragment()
  view.mount(detached, null)
  // The server's nodes are better than those of a component that failed.
  if (root.failure) return view
  while (begin.nextSibling && begin.nextSibling !== end) begin.nextSibling.remove()
  end.parentNode!.insertBefore(detached, end)
  return view
}
