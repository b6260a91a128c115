// Escaping: one scan that usually finds nothing, then the text as it is.

/** Finds what text between tags may not hold. Made once: a literal in a function is a new object at each call. */
export const needsEscape: RegExp = /[&<>\r]/
const attributeNeedsEscape = /[&"<>\r]/

/**
 * Text between tags (HTML §13.1.2). `\r` is written as a reference, because parsers turn it into a line feed.
 *
 * @example
 * escapeText('1 < 2') // '1 &lt; 2'
 */
export function escapeText(text: string): string {
  return needsEscape.test(text) ? text.replace(/[&<>\r]/g, reference) : text
}

/**
 * Text of an attribute between double quotes.
 *
 * @example
 * escapeAttribute('"') // '&quot;'
 */
export function escapeAttribute(text: string): string {
  return attributeNeedsEscape.test(text) ? text.replace(/[&"<>\r]/g, reference) : text
}

function reference(character: string): string {
  switch (character) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&quot;'
    default:
      return '&#13;'
  }
}

/**
 * Content of a `script` or `style`: the `<` of what would end it, or begin a comment in it, is written as an escape of its
 * language, which means the same in strings (of JSON too). There alone such a text makes sense.
 *
 * @example
 * escapeRaw('"</script>"', 'script') // '"\\u003c/script>"'
 */
export function escapeRaw(text: string, tag: string): string {
  return text.replace(/<(?=\/(?:script|style)|!--|script)/gi, tag === 'style' ? '\\3c ' : '\\u003c')
}
