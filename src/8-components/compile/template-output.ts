import type { Part } from './children.ts'
import type { Hole, ServerPiece } from './template.ts'

/** What a template is written to: markup for both sides, holes with their values, and the count of nodes. */
export class TemplateOutput {
  readonly holes: Hole[] = []
  readonly values: (readonly Part[])[] = []
  html = ''
  server: ServerPiece[] = []
  /** Nodes so far: the number of the next one. */
  count = 0
  #isTextOpen = false

  /** Adds markup to both sides; on the server another piece in its place, if one is given. */
  write(markup: string, piece: ServerPiece = markup): void {
    this.html += markup
    this.server.push(piece)
  }

  /** Counts an element, which begins or ends here, and gives the number of the next node. */
  boundary(isStart: boolean): number {
    this.#isTextOpen = false
    return isStart ? this.count++ : this.count
  }

  /** Adds text; what stands right behind other text is one node with it, as the parser makes it. */
  text(markup: string): void {
    this.write(markup)
    if (!this.#isTextOpen) this.count++
    this.#isTextOpen = true
  }

  /** Adds a hole, and returns what its value is called in the server's function. */
  hole(hole: Hole, value: readonly Part[]): string {
    this.holes.push(hole)
    this.values.push(value)
    return `v${this.values.length - 1}`
  }

  /** Adds a hole for a child: a comment in the browser's markup. */
  child(value: readonly Part[]): void {
    this.server.push({ call: 'child', args: [this.hole({ kind: 'child', node: this.count++ }, value)] })
    this.html += '<!>'
    this.#isTextOpen = false
  }

  /** Runs `write` and returns the server's pieces that it added, instead of keeping them. */
  capture(write: () => void): ServerPiece[] {
    const outer = this.server
    this.server = []
    write()
    const captured = this.server
    this.server = outer
    return captured
  }
}
