// Development: a component's newer version takes the place of the older one on the page.
import type { AnyComponent } from '../element.ts'
import { forgetHooks } from '../owner.ts'
import { refreshing } from './component.ts'
import { portals, type Shown } from './portal.ts'

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
  portals.note ??= notePortal
  const version = type as AnyComponent
  const family = families.get(id) ?? { latest: version, signature }
  const keeps = family.signature === signature
  families.set(id, family)
  familyOf.set(version, family)
  Object.assign(family, { latest: version, signature })
  for (const view of [...refreshing.shown]) {
    const { element } = view
    if (familyOf.get(element.type) !== family || element.type === version) continue
    element.type = version
    if (!keeps) {
      view.close()
      forgetHooks(view)
      refreshing.shown.add(view)
    }
    // Rendered in a microtask: the module runs to its end first, with what the component uses further down.
    view.invalidate()
  }
}

/** Known to the container, so that the inspector finds from what it shows there back to the component. */
function notePortal(container: Node & { l9portals?: readonly Shown[] }, portal: Shown): void {
  container.l9portals = [...(container.l9portals ?? []).filter(({ place }) => place.isConnected), portal]
}
