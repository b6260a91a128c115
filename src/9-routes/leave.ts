// Leaving the page: asking who guards unsaved work, and the full loads that end everything else.
import { placeOf } from './listen.ts'

/** Whether somebody was asked and agreed: then the browser need not ask a second time. */
let agreed = false

/**
 * Asks the guards of the page (`useLeaveGuard`). They listen to `layer9:leave`, and add their answers to its `answers`.
 */
export async function mayLeave(url: URL): Promise<boolean> {
  const answers: (boolean | Promise<boolean>)[] = []
  dispatchEvent(new CustomEvent('layer9:leave', { detail: { url, answers } }))
  const given = await Promise.all(answers)
  const may = !given.includes(false)
  agreed = may && given.length > 0
  return may
}

/** Lets the browser show an address, from the start. */
export function loadInFull(url: URL): void {
  if (agreed)
    addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true, once: true })
  agreed = false
  // Going back, the address is there already: assigning it would only scroll.
  if (placeOf(url) !== placeOf(location)) location.href = url.href
  else {
    history.replaceState(history.state, '', url)
    location.reload()
  }
}

/**
 * Tells the other tabs of this app that the visitor is another one now. By a change of the storage: an open channel would
 * keep every page out of the browser's back/forward cache.
 */
export function tellOtherTabs(): void {
  try {
    localStorage.setItem('layer9', String(Date.now()))
  } catch {
    // Without storage there is nobody to tell.
  }
}
