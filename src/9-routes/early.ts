// Clicks, and what is typed or sent, where a root will listen that has not started yet: held from the moment that the
// starter runs, and made to happen again once the root listens. The server marks such elements (`l9:click`), so all others
// hear their events at once.

/** What is held. */
export const held: (Event & { submitter?: HTMLElement | null })[] = []

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
  // Who listens to a root that failed would wait for ever: its links and forms are the browser's.
  if (!listening || listening.l9 || listening.closest('[data-layer9-failed]')) return
  // Both the handlers and what the browser does come with the second event.
  event.preventDefault()
  event.stopPropagation()
  held.push(event)
}

/** Makes what was held happen again. Where still nobody listens it is held again. */
export function replay(): void {
  for (const event of held.splice(0)) {
    const target = event.target as Listening
    if (event.type === 'submit') target.requestSubmit(event.submitter)
    // What is controlled was told when it was adopted. Of an event its own constructor takes all that it is (DOM §2.5).
    else if (!target.l9kept) target.dispatchEvent(new (event.constructor as typeof Event)(event.type, event))
  }
}
