// Leaving the page: asking who guards unsaved work, and the full loads that end everything else.
import { placeOf } from './listen.ts'

/** What guards are asked with (`useLeaveGuard` of the components, which listens to `layer9:leave`). */
interface Leave {
  readonly url: URL
  /** Whether each lets the visitor go. */
  readonly answers: (boolean | Promise<boolean>)[]
  /** They did, and what follows is a full load: the browser need not ask a second time. */
  left?: boolean
}

/** The last one to which every guard agreed. */
let agreed: Leave | undefined

/** Asks the guards of the page. */
export async function mayLeave(url: URL): Promise<boolean> {
  const detail: Leave = { url, answers: [] }
  dispatchEvent(new CustomEvent('layer9:leave', { detail }))
  const may = !(await Promise.all(detail.answers)).includes(false)
  agreed = may ? detail : undefined
  return may
}

/** Lets the browser show an address, from the start. */
export function loadInFull(url: URL): void {
  if (agreed) agreed.left = true
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
