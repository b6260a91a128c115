// Events of the capture phase, which few pages listen to.
import type { Hole } from './contract.ts'
import { type Listening, listen, setHandler } from './event.ts'

/** A hole for a handler of the capture phase: `onFocusCapture` is `focuscapture`. */
export function onCapture(at: number, type: string): Hole {
  const put: Hole['put'] = (target, index, value) => listenAny(target.nodes[index]!, type, value)
  return { at, put, adopt: put }
}

/** Sets the handler of an element for a type, whose trailing `capture` says the phase. */
export function listenAny(element: Listening, type: string, handler: unknown): void {
  // `gotpointercapture` and its twin are types of their own, not the capture phase of another.
  const name = type.replace(/(?<!pointer)capture$/, '')
  if (name === type) listen(element, type, handler)
  else if (setHandler(element, type, handler)) element.addEventListener(name, captured, true)
}

function captured(this: Listening, event: Event): void {
  this.l9?.[`${event.type}capture`]?.call(this, event)
}
