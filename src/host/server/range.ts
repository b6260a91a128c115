// Ranges of bytes (RFC 9110 §14).

/** A part of a file; both ends are in it. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * Reads a Range header for a file of `size` bytes: a range, `unsatisfiable` (416), or undefined, when the whole file is
 * the answer: no header, another unit, several ranges, or one that is none (`bytes=5-2`), all of which §14.2 lets a
 * server ignore. Numbers may be of any length (§14.1.2).
 *
 * @example
 * readRange('bytes=-3', 10)   // { first: 7, last: 9 }
 */
export function readRange(
  header: string | string[] | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  if (typeof header !== 'string') return undefined
  const match = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header)
  if (!match) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  if (from === '') {
    const length = Number(to)
    if (length === 0) return 'unsatisfiable'
    // The last bytes of nothing are all of it, for which a Content-Range has no writing.
    if (size === 0) return undefined
    return { first: Math.max(0, size - length), last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  if (first >= size) return 'unsatisfiable'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
