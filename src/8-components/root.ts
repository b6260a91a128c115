// Roots that are made by hand: of components that no compiler marked, and with a say in when they start.
import { adopting } from './dom/cursor.ts'
import type { AnyComponent, Child, Component } from './element.ts'
import { live, type RootStart, startAt } from './mark.ts'
import { type Cell, cell, forgetHooks, owner } from './owner.ts'

/** When a root made by hand starts, and what stands in the place of one that the server does not render. */
export interface RootOptions {
  /**
   * `'load'` (default): with the page. `'idle'`: once the browser has nothing else to do. `'visible'`: once it comes near
   * the window's edge. A click on it, or anything typed, starts it as well. `'client'`: with the page, and the server does
   * not render it, for what cannot run there.
   */
  start?: 'load' | 'idle' | 'visible' | 'client'
  /** With `'client'`: shown by the server, and until the component starts. */
  fallback?: Child
}

/**
 * Makes a component a root wherever a plain component shows it, whatever the compiler thinks of it: for packages that
 * were not compiled, and to say when it starts. Inside a live component it is a component as any other.
 *
 * Bind it at the top level of a `.tsx` or `.jsx` module, where the browser finds it.
 *
 * @example
 * export const Map = root(PackageMap, { start: 'visible' })
 */
export function root<Props>(type: Component<Props>, { start = 'load', fallback }: RootOptions = {}): Component<Props> {
  const shown = start === 'client' ? inBrowser(type as AnyComponent, fallback) : (props: Props): Child => type(props)
  Object.defineProperty(shown, 'name', { value: (type as AnyComponent).name })
  return startAt(live(shown as Component<Props>), start === 'client' ? 'load' : (start satisfies RootStart))
}

/** Shows the fallback on the server and while its nodes are adopted, else the component. */
function inBrowser(type: AnyComponent, fallback: Child): AnyComponent {
  return (props: never): Child => {
    const self = owner()
    const { ready } = cell<Cell & { ready: boolean }>(self, () => ({
      ready: typeof document !== 'undefined' && !adopting(),
    }))
    if (ready) return type(props)
    self.schedule(() => {
      // It begins anew: the component has hooks of its own, where the fallback had none.
      forgetHooks(self)
      self.invalidate()
    })
    return fallback
  }
}
