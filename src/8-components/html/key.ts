// Keys in a document: by them a merge tells the items of a list from each other. Inside roots nobody needs them, for
// there the browser has the elements themselves; and of an item that keeps no state nobody asks which one it is.
import type { Key } from '../element.ts'
import { escapeAttribute } from './escape.ts'
import { keepsState } from './keeps-state.ts'
import { currentPlace, currentWriting } from './place.ts'

/**
 * The key of an element as its attribute, where a merge may ask for it; else nothing.
 *
 * @param keeps whether the element holds anything that keeps a state (see `keepsState`), as the compiler or markup tells
 * @example
 * const { render } = createRenderer({ keys: true })
 * render(jsx('input', { name: 'title' }, 7)) // '<input data-layer9-key="7" name="title">'
 */
export function key(value: Key | undefined, keeps: boolean): string {
  return keeps && isMerged(value) ? ` data-layer9-key="${escapeAttribute(String(value))}"` : ''
}

/**
 * The same for a component or fragment, which may be anything: between comments, like a segment of the page. What would
 * end the comment is encoded; keys are compared, never decoded.
 *
 * @example
 * const { render } = createRenderer({ keys: true })
 * render(component(() => fragment([jsx('input', { name: 'title' })], 7), {})) // '<!--{=7--><input name="title"><!--}-->'
 */
export function keyAround(html: string, value: Key | undefined): string {
  if (!isMerged(value) || !keepsState(html)) return html
  const name = String(value).replace(/--|>/g, (found) => (found === '>' ? '%3E' : '-%2D'))
  return `<!--{=${name}-->${html}<!--}-->`
}

function isMerged(value: Key | undefined): boolean {
  return value !== undefined && currentWriting()?.options.keys === true && !currentPlace()?.root
}
