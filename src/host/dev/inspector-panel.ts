// What the inspector shows: the outline of an element, and the panel beside it. In the top layer, where no dialog of the
// page covers it, and in a shadow root, where no style of the page reaches it.
import { inspectorSheet } from './inspector-sheet.ts'
import type { InspectorAnswer } from './inspector-words.ts'

/** The panel, while the inspector is on. */
export interface Panel {
  tell(answer: InspectorAnswer): void
  /**
   * Outlines what is at `target`, and stands beside it, away from the pointer where there is no room beside it. Only one
   * that is fixed takes the pointer: under another there may be what is to be pointed at next.
   */
  place(target: DOMRect, pointer: { readonly y: number; readonly isFixed: boolean }): void
  /** A line for who listens or looks: what was copied. */
  say(text: string): void
  /** Whether something happened in the panel. */
  has(event: Event): boolean
  /** Whether an element is the panel's own. */
  is(element: Element): boolean
  close(): void
}

/** Pixels between the panel and what is beside it. */
const gap = 8

/** Shows it, still empty. */
export function openPanel(buttons: { copy(): void; close(): void }): Panel {
  const host = document.createElement('layer9-inspector')
  // Inside, what only looks is closed to nobody: tests and people may look into it.
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(inspectorSheet)
  shadow.adoptedStyleSheets = [sheet]
  const box = make('div', { className: 'box' })
  const title = make('h2', { textContent: 'Asking the development server …' })
  const list = make('dl')
  const said = make('output')
  const keys = make('p', {
    className: 'keys',
    textContent: 'Click or Enter: copy the place. Arrows: walk. Esc: close.',
  })
  keys.style.margin = '0'
  const copy = make('button', { type: 'button', textContent: 'Copy place', onclick: buttons.copy })
  const close = make('button', { type: 'button', textContent: 'Close', onclick: buttons.close })
  const foot = make('div', { className: 'foot' }, [copy, close, said, keys])
  const panel = make('section', { className: 'panel', ariaLabel: 'Layer9 inspector', ariaLive: 'polite' }, [
    title,
    list,
    foot,
  ])
  shadow.append(box, panel)
  // Behind the body, which a navigation merges with that of the next page.
  document.documentElement.append(host)
  host.popover = 'manual'
  host.showPopover()
  return {
    tell({ title: name, rows }) {
      title.textContent = name
      list.replaceChildren(
        ...rows.flatMap(([label, text]) => [make('dt', { textContent: label }), make('dd', { textContent: text })]),
      )
    },
    place(target, pointer) {
      moveTo(box, target)
      panel.classList.toggle('fixed', pointer.isFixed)
      Object.assign(box.style, { width: `${target.width}px`, height: `${target.height}px` })
      const { width, height } = panel.getBoundingClientRect()
      moveTo(panel, findRoom(target, { width, height }, pointer))
    },
    say(text) {
      said.textContent = text
    },
    has: (event) => event.composedPath().includes(host),
    is: (element) => element === host,
    close: () => host.remove(),
  }
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

interface Corner {
  readonly left: number
  readonly top: number
}

/** By the object model, not by an attribute: a policy without inline styles allows that (CSP 3, §6.7.3.3). */
function moveTo(element: HTMLElement, { left, top }: Corner): void {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px` })
}

/** Below what is outlined, above it, or beside it; where it fills the page, at the end that the pointer is not at. */
function findRoom(
  target: DOMRect,
  { width, height }: { width: number; height: number },
  pointer: { y: number },
): Corner {
  const within = (at: number, size: number, room: number) => Math.max(gap, Math.min(at, room - size - gap))
  const left = within(target.left, width, innerWidth)
  const top = within(target.top, height, innerHeight)
  if (target.bottom + gap + height <= innerHeight - gap) return { left, top: Math.max(gap, target.bottom + gap) }
  if (target.top - gap - height >= gap) return { left, top: Math.min(target.top, innerHeight) - gap - height }
  if (target.right + gap + width <= innerWidth) return { left: target.right + gap, top }
  if (target.left - gap - width >= 0) return { left: target.left - gap - width, top }
  return { left, top: pointer.y < innerHeight / 2 ? innerHeight - height - gap : gap }
}
