// When roots start that do not start with the page. Loaded with the first document that has such a root.

/** What somebody does who wants a root now. Each reaches the window before whoever holds events stops it. */
const wishes = ['pointerdown', 'focusin', 'keydown', 'click']

/**
 * Waits until a root is due: `idle`, when the browser has nothing else to do; `visible`, when one of its elements comes
 * within 200 pixels of the window. Whatever it says, who touches it makes it due.
 */
export async function wait(begin: Comment, end: Comment, start: 'idle' | 'visible'): Promise<void> {
  const elements = elementsBetween(begin, end)
  const over = new AbortController()
  await new Promise<void>((due) => {
    const wish = ({ target }: Event): void => {
      if (elements.some((element) => element.contains(target as Node))) due()
    }
    for (const type of wishes) addEventListener(type, wish, { capture: true, signal: over.signal })
    // Safari has no idle callback.
    if (start === 'idle') (globalThis.requestIdleCallback ?? setTimeout)(() => due())
    // Texts alone cannot be observed.
    else if (elements.length === 0) due()
    else over.signal.addEventListener('abort', observe(elements, due))
  })
  over.abort()
}

/** Returns what ends it. */
function observe(elements: readonly Element[], due: () => void): () => void {
  const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && due(), {
    rootMargin: '200px',
  })
  for (const element of elements) observer.observe(element)
  return () => observer.disconnect()
}

function elementsBetween(begin: Comment, end: Comment): Element[] {
  const elements: Element[] = []
  for (let at = begin.nextSibling; at && at !== end; at = at.nextSibling) {
    if (at.nodeType === 1) elements.push(at as Element)
  }
  return elements
}
