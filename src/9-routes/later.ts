// When roots start that do not start with the page. Loaded with the first document that has such a root.
import { closingOf } from '../8-components/browser.ts'

/** What somebody does who wants a root now. Each reaches the window before whoever holds events stops it. */
const touches = ['pointerdown', 'focusin', 'keydown', 'click']

/** The comment before a root that waits. */
interface Waiting extends Comment {
  /** Whether it may start; set while it waits. */
  due?: boolean
}

/**
 * Calls `start` when a root is due, once: `idle`, when the browser has nothing else to do; `visible`, when one of its
 * elements comes within 200 pixels of the window. Whatever it says, who touches it makes it due.
 */
export function wait(begin: Waiting, when: 'idle' | 'visible', start: () => unknown): void {
  // It waits already, since another document came meanwhile.
  if (begin.due !== undefined) return
  begin.due = false
  const elements = elementsOf(begin)
  const over = new AbortController()
  const end = (): void => {
    over.abort()
    if (!begin.due) start()
    begin.due = true
  }
  const touch = ({ target }: Event): void => {
    if (elements.some((element) => element.contains(target as Node))) end()
  }
  for (const type of touches) addEventListener(type, touch, { capture: true, signal: over.signal })
  // Safari has no idle callback.
  if (when === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(() => end())
  // Texts alone cannot be observed.
  else if (elements.length === 0) end()
  else over.signal.addEventListener('abort', observe(elements, end))
}

/** Returns what ends it. */
function observe(elements: readonly Element[], seen: () => void): () => void {
  const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && seen(), {
    rootMargin: '200px',
  })
  for (const element of elements) observer.observe(element)
  return () => observer.disconnect()
}

function elementsOf(begin: Comment): Element[] {
  const elements: Element[] = []
  const end = closingOf(begin)
  for (let at = begin.nextSibling; at && at !== end; at = at.nextSibling) {
    if (at.nodeType === 1) elements.push(at as Element)
  }
  return elements
}
