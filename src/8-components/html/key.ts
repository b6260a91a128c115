// Keys in a document: by them a merge tells the items of a list from each other. Inside roots nobody needs them, for
// there the browser has the elements themselves.
import type { Key } from '../element.ts'
import { escapeAttribute } from './escape.ts'
import { currentPlace, currentWriting } from './place.ts'

/**
 * The key of an element as its attribute, where a merge may ask for it; else nothing.
 *
 * @example
 * const { render } = createRenderer({ keys: true })
 * render(jsx('p', { children: 'Hello' }, 7)) // '<p data-layer9-key="7">Hello</p>'
 */
export function key(value: Key | undefined): string {
  return isAsked(value) ? ` data-layer9-key="${escapeAttribute(String(value))}"` : ''
}

/**
 * The same for a component or fragment, which may be anything: between comments, like a segment of the page. What would
 * end the comment is encoded; keys are compared, never decoded.
 *
 * @example
 * const { render } = createRenderer({ keys: true })
 * render(component(() => fragment(['Hello'], 7), {})) // '<!--{=7-->Hello<!--}-->'
 */
export function keyAround(html: string, value: Key | undefined): string {
  if (!isAsked(value)) return html
  const name = String(value).replace(/--|>/g, (found) => (found === '>' ? '%3E' : '-%2D'))
  return `<!--{=${name}-->${html}<!--}-->`
}

function isAsked(value: Key | undefined): boolean {
  return value !== undefined && currentWriting()?.options.keys === true && !currentPlace()?.root
}
