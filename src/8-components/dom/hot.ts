// Development: a component's newer version takes the place of the older one on the page.
import type { AnyComponent } from '../element.ts'
import { type ComponentView, refreshing } from './component.ts'
import { flush } from './schedule.ts'

/** All versions of one component. */
interface Family {
  latest: AnyComponent
  signature: string
}

const families = new Map<string, Family>()
const familyOf = new WeakMap<AnyComponent, Family>()

/**
 * Registers a component's version. Written by the compiler in development. With the same signature of hooks the shown
 * components render with the newer version and keep their state; with another they start anew.
 */
export function hot(type: unknown, id: string, signature: string): void {
  if (typeof type !== 'function') return
  refreshing.latest = (version) => familyOf.get(version)?.latest ?? version
  refreshing.shown ??= new Set()
  const version = type as AnyComponent
  const family = families.get(id) ?? { latest: version, signature }
  const keeps = family.signature === signature
  families.set(id, family)
  familyOf.set(version, family)
  if (family.latest === version) return
  Object.assign(family, { latest: version, signature })
  const shown = [...refreshing.shown].filter((view) => familyOf.get(view.type) === family)
  // After the module has run to its end: the component may use what is declared further down.
  queueMicrotask(() => refresh(shown, keeps))
}

function refresh(shown: readonly ComponentView[], keeps: boolean): void {
  for (const view of shown) {
    if (keeps) view.invalidate()
    // One that was inside another which started anew is gone.
    else if (refreshing.shown?.has(view)) view.restart()
  }
  flush()
}
