// Replacing a stretch of the source by a list of parts, in place: only the gaps between the parts are overwritten, so
// that every part keeps its mapping to the line it came from.
import type MagicString from 'magic-string'
import type { Part } from './children.ts'
import type { Span } from './syntax.ts'

/**
 * Writes `parts` in place of `span`. Parts from the source lie within it; one that comes later in the output than a part
 * behind it in the source is moved.
 *
 * @example
 * const text = new MagicString('<b key={k}>{x}</b>')
 * const [k, x] = [{ start: 8, end: 9 }, { start: 12, end: 13 }]
 * replaceSpan(text, { start: 0, end: 18 }, ['block(t, [', x, '], ', k, ')'])
 * text.toString() // 'block(t, [x], k)' (k is moved behind x)
 */
export function replaceSpan(text: MagicString, span: Span, parts: readonly Part[]): void {
  const moved = movedParts(parts)
  let cursor = span.start
  let pending = ''
  let waiting: Span[] = []
  const fill = (end: number): void => {
    const last = waiting.at(-1)
    if (cursor === end) {
      // Nothing lies between: what is to be written hangs on the end of what was before.
      if (pending !== '') text.appendLeft(last ? last.end : cursor, pending)
    } else
      for (const gap of gapsAround(moved, { start: cursor, end })) {
        text.update(gap.start, gap.end, pending)
        pending = ''
      }
    for (const part of waiting) text.move(part.start, part.end, cursor)
    waiting = []
    pending = ''
  }
  for (const part of parts) {
    if (typeof part === 'string') pending += part
    else if (moved.includes(part)) {
      text.prependRight(part.start, pending)
      pending = ''
      waiting.push(part)
    } else {
      fill(part.start)
      cursor = part.end
    }
  }
  fill(span.end)
}

/** Parts that stand behind, in the output, something that follows them in the source. */
function movedParts(parts: readonly Part[]): Span[] {
  const moved: Span[] = []
  let cursor = -1
  for (const part of parts) {
    if (typeof part === 'string') continue
    if (part.start < cursor) moved.push(part)
    else cursor = part.end
  }
  return moved
}

/** What remains of a gap when the parts in it that will be moved away are left as they are. */
function gapsAround(moved: readonly Span[], gap: Span): Span[] {
  const gaps: Span[] = []
  let { start } = gap
  for (const part of moved.toSorted((a, b) => a.start - b.start)) {
    if (part.start < gap.start || part.end > gap.end) continue
    if (start < part.start) gaps.push({ start, end: part.start })
    start = part.end
  }
  return start < gap.end ? [...gaps, { start, end: gap.end }] : gaps
}
