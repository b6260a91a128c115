// What a merge must not take from one item of a list to another: what the browser keeps besides the document's text.

/** Elements that keep something: what was typed or opened, the focus, what was loaded, what plays, what scripts made. */
const elements =
  'a|area|audio|button|canvas|details|dialog|embed|iframe|img|input|object|picture|select|summary|textarea|video|[a-z]+-[^\\s>]*'

/** Attributes by which any element does. */
const attributes = 'autofocus|contenteditable|data-layer9-keep|popover|tabindex'

// In markup that we wrote, `<` begins an element or a comment: of a root, or of what is awaited. An attribute's name may
// as well be text; then a key is written that nobody needed.
const keeping = new RegExp(`<(?:(?:${elements})[\\s>/]|!--[[?])|\\s(?:${attributes})\\b`, 'i')

/**
 * Whether markup holds anything that keeps a state of its own. Only then is its item of a list told from others by its
 * key: what is text alone comes to look the same whichever item a merge turns into it.
 *
 * @example
 * keepsState('<li><input name="a"></li>') // true
 */
export function keepsState(markup: string): boolean {
  return keeping.test(markup)
}
