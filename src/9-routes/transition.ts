// View transitions, where they were asked for: by the configuration, or by a link.

/**
 * Runs what changes the page: in a view transition if `navigation: { viewTransitions: true }` or the link's
 * `data-layer9-transition` asks for one, the browser has them, and nobody wants less motion.
 */
export async function inTransition(by: Element | null | undefined, change: () => void): Promise<void> {
  const asked = by?.matches('[data-layer9-transition]') || document.querySelector('[data-transitions]')
  // Older browsers have none.
  const start = document.startViewTransition as typeof document.startViewTransition | undefined
  if (!asked || !start || matchMedia('(prefers-reduced-motion: reduce)').matches) change()
  else await start.call(document, change).updateCallbackDone
}
