// Adoption: while a root takes over the server's nodes, views claim nodes in document order instead of creating them.
import { development } from '../problem.ts'

/** The next node to claim: `next` inside `parent`, or its end. */
export interface Cursor {
  readonly parent: Node
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

/** Thrown where the server's nodes are not what the browser shows. Caught by the root, which then mounts anew. */
export class Mismatch {
  /** What the server wrote and what was expected: development. */
  declare readonly sides?: { server: string; browser: string }

  /** Without `expected` it is no mistake: there just is nothing to adopt. */
  constructor(found?: Node | null, expected?: string) {
    // The server's boundary caught an error and says so (`<!--!-->`): nothing to adopt either.
    if (development && expected && !(found?.nodeType === 8 && (found as Comment).data === '!')) {
      this.sides = { server: describe(found), browser: expected }
    }
  }
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
  const found = at.next
  if (!text) return at.parent.insertBefore(new Text(), found)
  if (found?.nodeType !== 3 || !(found as Text).data.startsWith(text)) {
    throw new Mismatch(found, development ? `the text ${quote(text)}` : '')
  }
  if ((found as Text).data.length > text.length) (found as Text).splitText(text.length)
  at.next = found.nextSibling
  return found as Text
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
