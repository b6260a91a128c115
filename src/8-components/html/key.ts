// Keys in a document: by them a merge tells the items of a list from each other. Inside roots nobody needs them, for
// there the browser has the elements themselves.
import type { Key } from '../element.ts'
import { escapeAttribute } from './escape.ts'
import { currentPlace, currentWriting } from './place.ts'

const tagName = /^<\w[^\s>]*/

/**
 * The markup of one element with its key as an attribute, where a merge may ask for it.
 *
 * @example
 * keepKey('<li class="a">A</li>', 7) // '<li data-layer9-key="7" class="a">A</li>'
 */
export function keepKey(html: string, key: Key | undefined): string {
  if (!isAsked(key)) return html
  return html.replace(tagName, (tag) => `${tag} data-layer9-key="${escapeAttribute(String(key))}"`)
}

/**
 * The same for a component or fragment, which may be anything: between comments, like a segment of the page. What would
 * end the comment is encoded; keys are compared, never decoded.
 *
 * @example
 * keepKeyAround('<dt>A</dt><dd>a</dd>', 7) // '<!--{=7--><dt>A</dt><dd>a</dd><!--}-->'
 */
export function keepKeyAround(html: string, key: Key | undefined): string {
  if (!isAsked(key)) return html
  const name = String(key).replace(/--|>/g, (found) => (found === '>' ? '%3E' : '-%2D'))
  return `<!--{=${name}-->${html}<!--}-->`
}

function isAsked(key: Key | undefined): boolean {
  return key !== undefined && currentWriting()?.options.keys === true && !currentPlace()?.root
}
