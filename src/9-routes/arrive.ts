// What a full load does besides showing the page: scroll, focus, and say the title to who cannot see it.

let announcer: HTMLElement | undefined

/**
 * Arrives at a page.
 *
 * @param y where it stood, when the browser went back or forward
 */
export function arrive(hash: string, y?: number): void {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)))
  const place =
    document.querySelector<HTMLElement>('[autofocus]') || target || document.querySelector('main') || document.body
  // What has no place in the tab order can have the focus only if it says so itself.
  place.tabIndex += 0
  place.focus({ preventScroll: true })
  if (y == null && target) target.scrollIntoView()
  // No number at all is the top (CSSOM View, "normalize non-finite values").
  else scrollTo(0, y as number)
  announcer ??= document.createElement('p')
  announcer.style = 'position:fixed;scale:0'
  announcer.role = 'status'
  document.body.append(announcer)
  announcer.textContent = document.title
}
