// Clicks, and what is typed or sent, where a root will listen that has not started yet: held from the first moment that a
// script of ours runs, and made to happen again once the root listens. The server marks such elements (`l9:click`), so
// all others hear their events at once. Part of the script on every page, so every line is weighed in bytes.

/** What was held. */
const held: (Event & { submitter?: HTMLElement | null })[] = []

/** Whether no root will ever start, so that all is the browser's. */
let over = false

/** Holds events from now on. */
export function holdEvents(): void {
  for (const type of ['click', 'submit', 'input', 'change']) addEventListener(type, hold, true)
}

/** An element with handlers has them in a record (see `dom/event.ts`); one that is controlled, what was kept of it. */
interface Listening extends HTMLFormElement {
  l9?: unknown
  l9kept?: unknown
}

function hold(event: Event): void {
  const listening = (event.target as Partial<Element>).closest?.<Listening>(`[l9\\:${event.type}]`)
  if (over || !listening || listening.l9 || listening.closest('[data-layer9-failed]')) return
  // Both the handlers and what the browser does come with the second event.
  event.preventDefault()
  event.stopPropagation()
  held.push(event)
}

/** Makes what was held happen again. Where still nobody listens it is held again, unless nobody ever will. */
export function replay(never?: boolean): void {
  over = !!never
  for (const event of held.splice(0)) {
    const target = event.target as Listening
    if (event.type === 'submit') target.requestSubmit(event.submitter)
    // What is controlled was told when it was adopted. Of an event its own constructor takes all that it is (DOM §2.5).
    else if (!target.l9kept) target.dispatchEvent(new (event.constructor as typeof Event)(event.type, event))
  }
}
