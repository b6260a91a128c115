// Events: one native listener per element and type, which calls the handler of the moment.
import type { Hole } from './contract.ts'

type Handler = (event: Event) => unknown

/** The handlers of an element: one record of its own, by type. */
export interface Listening extends EventTarget {
  l9?: Record<string, Handler | undefined>
}

/** A hole for an event handler: `onClick` is `click`. */
export function on(at: number, type: string): Hole {
  const put: Hole['put'] = (target, index, value) => listen(target.nodes[index]!, type, value)
  return { at, put, adopt: put }
}

/** Sets the handler of an element for a type. Anything but a function takes it away. */
export function listen(element: Listening, type: string, handler: unknown): void {
  // The browser ignores the same listener added again, so a handler that comes back is heard once.
  if (setHandler(element, type, handler)) element.addEventListener(type, bubbled)
}

/** Notes a handler. Returns whether the element does not listen yet. */
export function setHandler(element: Listening, type: string, handler: unknown): boolean {
  element.l9 ??= {}
  const handlers = element.l9
  const before = handlers[type]
  handlers[type] = typeof handler === 'function' ? (handler as Handler) : undefined
  return !before && !!handlers[type]
}

function bubbled(this: Listening, event: Event): void {
  this.l9?.[event.type]?.call(this, event)
}
