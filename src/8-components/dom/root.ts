// Where a tree of components begins: in a container, or in nodes that the server wrote.
import { type ReadonlySignal, tracking } from '../../7-state/index.ts'
import type { AnyComponent, Child } from '../element.ts'
import type { Root, Scope } from '../owner.ts'
import { development, problem } from '../problem.ts'
import { component } from './component.ts'
import type { Rendering, View } from './contract.ts'
import { type Cursor, Mismatch, mismatch, settleAdoption, withCursor } from './cursor.ts'
import { flush, forgetRuns } from './schedule.ts'
import { signals, viewOf } from './view.ts'

/** What `adopt` returns. */
export interface RootHandle {
  /** What is around its components. */
  readonly root: Root
  /** Renders the root with other props; it keeps its state. */
  update(props: object): void
  /** Ends its effects, subscriptions and refs. Its nodes stay where they are. */
  stop(): void
}

/** Finds the component around a place in a slot; filled by slot.ts, so that pages without slots ship none. */
export const surroundings: { around?: (place: Node) => Scope | undefined } = {}

/** `onFailure` is called after the render in which an error came, whose views are not complete before. */
function createRoot(parent: Scope | undefined, onFailure: (error: unknown) => void): Root {
  const root: Root & { top: Root } = {
    parent,
    depth: parent ? parent.depth + 1 : 0,
    effects: new Set(),
    get top() {
      return root
    },
    catch(error) {
      if (!root.failure) queueMicrotask(() => onFailure(error))
      root.failure ??= { error }
    },
  }
  return root
}

/** Shows what a signal holds: rendered again alone when it changes. */
function SignalValue(source: ReadonlySignal<Child>): Child {
  return source.value
}

signals.element = (source) => component(SignalValue, source) as unknown as Rendering

/**
 * Shows an element at the end of a container. Returns the function that takes it away again.
 *
 * @throws what a component throws in its first render and no error boundary takes
 * @example
 * const unmount = mount(<App />, document.getElementById('app')!)
 */
export function mount(element: Child, container: Node): () => void {
  let mounted = false
  const unmount = () => {
    if (mounted) view.end(true)
    mounted = false
  }
  const root = createRoot(undefined, (error) => {
    // One of the first render was thrown.
    if (mounted) reportError(error)
    unmount()
  })
  const view = viewOf(element, root)
  const detached = new DocumentFragment()
  const runs = forgetRuns()
  view.mount(detached, null)
  if (root.failure) {
    forgetRuns(runs)
    view.end(true)
    throw root.failure.error
  }
  mounted = true
  container.appendChild(detached)
  flush()
  return unmount
}

/**
 * Takes over the nodes between two comments, which the server wrote for this component with these props. No node is made
 * anew. Where they differ from what the component shows, development reports ADOPT_MISMATCH; the root is mounted anew.
 * An error that no boundary takes stops the root: its nodes stay, marked `data-layer9-failed`.
 *
 * @throws a promise, when a part of it is being loaded (see `lazy`): adopt it again once that is there
 * @example
 * const [begin, end] = [document.createComment('[0'), document.createComment(']0')]
 * const handle = adopt(Counter, { start: 1 }, begin, end)
 */
export function adopt(type: AnyComponent, props: object, begin: Comment, end: Comment): RootHandle {
  // An element is opaque to users; inside, it is what makes views.
  const element = (given: object) => component(type, given) as unknown as Rendering
  const fail = (error: unknown) => {
    stop()
    for (let at: Node = begin; at !== end; at = at.nextSibling!) {
      if (at.nodeType === 1) (at as Element).setAttribute('data-layer9-failed', '')
    }
    reportError(error)
  }
  const root = createRoot(surroundings.around?.(begin), fail)
  root.begin = begin
  const stop = () => {
    root.over = true
    view?.end(false)
    view = undefined
  }
  let view: View | undefined
  const runs = forgetRuns()
  const cursor: Cursor = { parent: begin.parentNode!, next: begin.nextSibling }
  const reads = development ? noteReads() : undefined
  try {
    view = element(props).view(root)
    withCursor(cursor, () => view?.mount(cursor.parent, end))
    // Slots that are not placed wait there.
    while (cursor.next?.nodeName === 'TEMPLATE') cursor.next = cursor.next.nextSibling
    if (cursor.next !== end) mismatch(cursor.next, development ? 'the end of the root' : '')
    settleAdoption(false)
    if (development) reads!.end()
  } catch (error) {
    settleAdoption(true)
    forgetRuns(runs)
    const known = development && reads!.end()
    // A part of it is loaded lazily.
    if ((error as Partial<Promise<void>> | undefined)?.then) throw error
    if (known && error instanceof Mismatch)
      reportError(problem('ADOPT_MISMATCH', { component: type.name, server: error.server, browser: error.browser }))
    try {
      view = element(props).view(root)
      mountBetween(view, root, [begin, end])
    } catch (again) {
      fail(again)
    }
  }
  flush()
  return {
    root,
    stop,
    update(given) {
      root.ids?.renew()
      view?.patch(element(given))
      flush()
    },
  }
}

/** In development: whether a signal was written since the page's first root runs. */
let written = false

/**
 * In development: notes whether signals are read from now on. `end` ends that, and tells if the server knew what they
 * hold: where it did not, as on a page that came after a click, another content is no mistake.
 */
function noteReads(): { end(): boolean } {
  const { read } = tracking
  let any = false
  tracking.read = () => {
    any = true
  }
  tracking.write ??= () => {
    written = true
  }
  return {
    end() {
      if (read) tracking.read = read
      else delete tracking.read
      return !(any && written)
    },
  }
}

/** Mounts in place of the server's nodes, which are better than those of a component that failed. */
function mountBetween(view: View, root: Root, [begin, end]: readonly [Comment, Comment]): void {
  const detached = new DocumentFragment()
  view.mount(detached, null)
  if (root.failure) return
  for (let next = begin.nextSibling!; next !== end; ) {
    const at = next
    next = at.nextSibling!
    // A slot that is not placed still waits there.
    if (at.nodeName !== 'TEMPLATE') at.remove()
  }
  end.before(detached)
}
