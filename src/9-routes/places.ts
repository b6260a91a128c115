// Where deferred parts stand in the markup of a document, and which of them may come later, at the end of its body. The
// markup is our own: every `<` in it begins a tag or a comment, so one look from left to right is enough.

/** An element that is open: what the parser makes of a `<div>` inside it. */
interface Level {
  readonly name: string
  /** Nothing inside it may be written elsewhere: it is parsed by other rules, or not at all. */
  readonly sealed: boolean
}

/** The elements that are open somewhere. */
export type Around = readonly Level[]

/** A deferred part's place. */
export interface Place {
  readonly id: number
  readonly fallback: string
  readonly around: Around
  /**
   * Whether its content, parsed as the content of a `<div>`, would be the same. Rows of a table would not: without
   * `<table>` around them the parser drops their tags (HTML, "in body" and "in table" insertion modes).
   */
  readonly movable: boolean
}

const sealing = new Set(['svg', 'math', 'select', 'template', 'noscript'])
/** Elements that hold parts of a table. A cell, inside them, holds anything again. */
const tabular = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup'])
const unclosed = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/
/** Elements whose content is text, whatever it looks like. */
const textual = /^(?:script|style|textarea|title|iframe|xmp|noembed|noframes)$/

const token = /<!--(?:\?(\d+)-->)?|<(\/?)([a-z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>/gi

/**
 * Splits markup at the places of its deferred parts.
 *
 * @param around the elements that are open where the markup begins
 * @example
 * splitAtPlaces('<ul><!--?0-->wait<!--/?0--></ul>') // ['<ul>', { id: 0, fallback: 'wait', … }, '</ul>']
 */
export function splitAtPlaces(html: string, around: Around = []): (string | Place)[] {
  const pieces: (string | Place)[] = []
  const open = [...around]
  let written = 0
  token.lastIndex = 0
  for (let found = token.exec(html); found; found = token.exec(html)) {
    const [text, id, slash, tag] = found
    if (tag !== undefined)
      token.lastIndex = passTag(open, { html, tag: tag.toLowerCase(), slash, after: token.lastIndex })
    else if (id === undefined) token.lastIndex = after(html, '-->', found.index + text.length)
    else {
      const closing = `<!--/?${id}-->`
      const begin = token.lastIndex
      const end = html.indexOf(closing, begin)
      // In trusted markup of an app anything may stand.
      if (end < 0) continue
      pieces.push(html.slice(written, found.index), {
        id: Number(id),
        fallback: html.slice(begin, end),
        around: [...open],
        movable: isMovable(open.at(-1)),
      })
      written = end + closing.length
      token.lastIndex = written
    }
  }
  pieces.push(html.slice(written))
  return pieces
}

const isMovable = (level: Level | undefined): boolean => !level?.sealed && !tabular.has(level?.name ?? '')

/** Opens or closes an element. Returns where to go on: behind the content of one that holds text. */
function passTag(
  open: Level[],
  { html, tag, slash, after: at }: { html: string; tag: string; slash: string | undefined; after: number },
): number {
  if (slash) {
    const index = open.findLastIndex(({ name }) => name === tag)
    if (index >= 0) open.length = index
  } else if (textual.test(tag)) return after(html, `</${tag}>`, at)
  else if (!unclosed.test(tag) && html[at - 2] !== '/')
    open.push({ name: tag, sealed: Boolean(open.at(-1)?.sealed) || sealing.has(tag) })
  return at
}

/** Behind a text, or the end where it is missing. */
function after(html: string, text: string, from: number): number {
  const at = html.indexOf(text, from)
  return at < 0 ? html.length : at + text.length
}
