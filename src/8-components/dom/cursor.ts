// Adoption: while a root takes over the server's nodes, views claim nodes in document order instead of creating them.
import { development } from '../problem.ts'

/** The next node to claim: `next` inside `parent`, or its end. One per root: it goes in and out of elements. */
export interface Cursor {
  parent: Node
  next: Node | null
}

let cursor: Cursor | undefined

/** The cursor while nodes are being adopted, else undefined: nodes are created. */
export function adopting(): Cursor | undefined {
  return cursor
}

/** Runs `run` with another cursor (undefined: nodes are created), then restores the one before. */
export function withCursor(inner: Cursor | undefined, run: () => void): void {
  const outer = cursor
  cursor = inner
  try {
    run()
  } finally {
    cursor = outer
  }
}

/** Thrown in development where the server's nodes are not what the browser shows. */
export class Mismatch {
  readonly server: string
  readonly browser: string

  constructor(found: Node | null | undefined, expected: string) {
    this.server = describe(found)
    this.browser = expected
  }
}

/** Gives up an adoption: its root, which mounts anew for whatever is thrown, says in development what differed. */
export function mismatch(found: Node | null | undefined, expected: string): never {
  // The server's boundary caught an error and says so (`<!--!-->`): no mistake, there just is nothing to adopt.
  if (development && !(found?.nodeType === 8 && (found as Comment).data === '!')) throw new Mismatch(found, expected)
  throw expected
}

/** A node in a few words, for the message. */
function describe(node: Node | null | undefined): string {
  if (!node) return 'nothing more'
  if (node.nodeType === 1) return `<${(node as Element).localName}>`
  if (node.nodeType === 3) return `the text ${quote((node as Text).data)}`
  return `a comment ${quote((node as Comment).data)}`
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}

/** Claims a text. What the parser merged with the text after it is split off. */
export function claimText(at: Cursor, text: string): Text {
  const found = at.next as Text | null
  if (!text) return at.parent.insertBefore(new Text(), found)
  if (found?.nodeType !== 3 || !found.data.startsWith(text))
    mismatch(found, development ? `the text ${quote(text)}` : '')
  if (found.data !== text) found.splitText(text.length)
  at.next = found.nextSibling
  return found
}

/** Claims an element like `own`; `claimInside` claims its children, if `own` has any. */
export function claimElement(at: Cursor, own: Element, claimInside: () => void): Node {
  const found = at.next
  if (found?.nodeName !== own.nodeName) mismatch(found, development ? `<${own.localName}>` : '')
  // Without own children its content is a hole's: text of a textarea, trusted HTML.
  if (own.firstChild) {
    at.parent = found
    at.next = found.firstChild
    claimInside()
    if (at.next) mismatch(at.next, development ? `the end of <${own.localName}>` : '')
    at.parent = found.parentNode!
  }
  at.next = found.nextSibling
  return found
}

/**
 * The comment that closes the range which `begin` opens: a root `[` or a slot `(`. They are nested, so they are counted,
 * not compared: after a merge two may have the same number.
 */
export function closingOf(begin: Comment): Comment {
  let open = 0
  let at: Node = begin
  for (;;) {
    if (at.nodeType === 8) {
      const mark = (at as Comment).data[0]!
      open += +'[('.includes(mark) - +'])'.includes(mark)
      // Only a comment closes a range.
      if (open === 0) return at as Comment
    }
    at = at.nextSibling!
  }
}

let undo: (() => void)[] = []

/** While adopting: what to undo if the server's nodes turn out to be others. */
export function onAbandon(run: () => void): void {
  if (cursor) undo.push(run)
}

/** Ends an adoption, and calls what was to be undone if it failed. */
export function settleAdoption(failed: boolean): void {
  if (failed) for (const run of undo) run()
  undo = []
}
