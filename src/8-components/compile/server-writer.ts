// The server's half of a template: one function of the hole values that joins strings.

/** A part of the markup: as it is, or what a runtime function gives for some values. */
export type ServerPiece =
  | string
  | { readonly call: string; readonly args: readonly string[] }
  /** `<select value={…}>`: its options are written first, the chosen one marked after. */
  | { readonly select: string; readonly content: readonly ServerPiece[] }

/** Joins pieces into one expression: `'<b>' + child(v[0]) + '</b>'`. */
export function writePieces(
  pieces: readonly ServerPiece[],
  call: (name: string) => string,
  quoted: (text: string) => string,
): string {
  const terms: string[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') terms.push(quoted(text))
    text = ''
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece
      continue
    }
    flush()
    if ('call' in piece) terms.push(`${call(piece.call)}(${piece.args.join(', ')})`)
    else terms.push(`${call('selectValue')}(${piece.select}, ${writePieces(piece.content, call, quoted)})`)
  }
  flush()
  return terms.length === 0 ? quoted('') : terms.join(' + ')
}
