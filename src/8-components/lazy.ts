// Components whose module is loaded when they are first shown. Where the server wrote one in a root, its nodes are
// adopted once its module is there, and the root with them.
import { component } from './dom/component.ts'
import { adopting, closingOf } from './dom/cursor.ts'
import type { AnyComponent, Child, Component, Element } from './element.ts'
import { UncompiledElement } from './html/uncompiled.ts'
import { owner, type Scope } from './owner.ts'

/** What the server still loads: a page waits for it, so that what it shows is complete. */
const pending: Set<Promise<void>> = new Set()

/** Waits until all lazy components are loaded; undefined when they are. For the server, before it writes a page. */
export function settleLazy(): Promise<void> | undefined {
  // A module that came may have lazy components of its own.
  return pending.size > 0 ? Promise.all(pending).then(settleLazy) : undefined
}

/**
 * A component whose module is loaded when it is first shown in the browser, with `fallback` in its place until then. The
 * server loads it at once and writes it like any other. What fails to load is thrown to the error boundary around, and
 * tried again when that shows it again.
 *
 * @param load a function, so that nothing is loaded before
 * @example
 * const Chart = lazy(() => import('~/components/Chart'), <p>Loading…</p>)
 */
export function lazy<Props>(
  load: () => Promise<{ readonly default: Component<Props> }>,
  fallback?: Child,
): Component<Props> {
  let found: AnyComponent | undefined
  let failure: { error: unknown } | undefined
  let loading: Promise<void> | undefined
  const start = (): Promise<void> => {
    loading ??= load().then(
      (module) => {
        found = module.default as AnyComponent
      },
      (error: unknown) => {
        failure = { error }
      },
    )
    return loading
  }
  if (onServer()) {
    const begun = start()
    pending.add(begun)
    begun.then(() => pending.delete(begun))
  }
  return function Lazy(props: Props): Child {
    if (found) return elementOf(found, props)
    if (failure) {
      const { error } = failure
      failure = loading = undefined
      throw error
    }
    const self = owner()
    // A root that cannot be adopted yet: whoever adopts it tries again after this.
    if (adopting()) throw start().then(() => tidy(self))
    start().then(() => self.invalidate())
    return fallback
  }
}

function onServer(): boolean {
  return typeof document === 'undefined'
}

function elementOf<Props>(type: AnyComponent, props: Props): Element {
  if (!onServer()) return component(type, props)
  // Elements are opaque to users; inside, they are what writes itself.
  return new UncompiledElement(type, props as Record<string, unknown>, undefined) as unknown as Element
}

/** Undoes what an adoption that was broken off did to texts: split them, and added empty ones. */
function tidy({ top }: Scope): void {
  // What is adopted has a beginning.
  const begin = top!.begin!
  const end = closingOf(begin)
  for (let at = begin.nextSibling!, next: ChildNode; at !== end; at = next) {
    next = at.nextSibling!
    if (at.nodeType !== 3) at.normalize()
    else if (!(at as Text).data || next.nodeType === 3) {
      if (next.nodeType === 3) (next as Text).data = (at as Text).data + (next as Text).data
      at.remove()
    }
  }
}
