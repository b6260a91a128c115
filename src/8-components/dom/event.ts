// Events: one native listener per element and type, which calls the handler of the moment.
import type { Hole } from './contract.ts'

type Handler = (event: Event) => unknown

/** The handlers of an element: one record of its own, by type. */
interface Listening extends EventTarget {
  l9?: Record<string, Handler | undefined>
}

/** A hole for an event handler: `onClick` is `click`; a trailing `capture` listens in the capture phase. */
export function on(at: number, type: string): Hole {
  const put: Hole['put'] = (target, index, value) => listen(target.nodes[index]!, type, value)
  return { at, put, adopt: put }
}

/** Sets the handler of an element for a type. Anything but a function takes it away. */
export function listen(element: Listening, type: string, handler: unknown): void {
  element.l9 ??= {}
  const handlers = element.l9
  const before = handlers[type]
  handlers[type] = typeof handler === 'function' ? (handler as Handler) : undefined
  if (before || !handlers[type]) return
  const name = nativeType(type)
  // The browser ignores the same listener added again, so a handler that comes back is heard once.
  element.addEventListener(name, name === type ? bubbled : captured, name !== type)
}

/** `gotpointercapture` and its twin are types of their own, not the capture phase of another. */
function nativeType(type: string): string {
  return type.replace(/(?<!pointer)capture$/, '')
}

function bubbled(this: Listening, event: Event): void {
  this.l9?.[event.type]?.call(this, event)
}

function captured(this: Listening, event: Event): void {
  this.l9?.[`${event.type}capture`]?.call(this, event)
}
