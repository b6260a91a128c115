// Keys in a document: by them a merge tells the items of a list from each other. Inside roots nobody needs them, for
// there the browser has the elements themselves.
import type { Key } from '../element.ts'
import { escapeAttribute } from './escape.ts'
import { currentPlace, currentWriting } from './place.ts'

/**
 * The key of an element as its attribute, where a merge may ask for it; else nothing.
 *
 * @example
 * key(7) // ' data-layer9-key="7"'
 */
export function key(value: Key | undefined): string {
  return isAsked(value) ? ` data-layer9-key="${escapeAttribute(String(value))}"` : ''
}

/**
 * The same for a component or fragment, which may be anything: between comments, like a segment of the page. What would
 * end the comment is encoded; keys are compared, never decoded.
 *
 * @example
 * keyAround('<dt>A</dt><dd>a</dd>', 7) // '<!--{=7--><dt>A</dt><dd>a</dd><!--}-->'
 */
export function keyAround(html: string, value: Key | undefined): string {
  if (!isAsked(value)) return html
  const name = String(value).replace(/--|>/g, (found) => (found === '>' ? '%3E' : '-%2D'))
  return `<!--{=${name}-->${html}<!--}-->`
}

function isAsked(value: Key | undefined): boolean {
  return value !== undefined && currentWriting()?.options.keys === true && !currentPlace()?.root
}
