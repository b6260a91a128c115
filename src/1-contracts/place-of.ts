import type { Place } from './catalogue.ts'

/**
 * The place of a span of a source as errors show it: line and column from 1, the underline no longer than its first line.
 *
 * @param source its file as messages name it, and its text
 * @param span offsets in UTF-16 code units, the end not included
 * @example
 * placeOf({ file: 'a.ts', code: 'let a\nlet b' }, { start: 10, end: 11 }) // { file: 'a.ts', line: 2, column: 5, length: 1, … }
 */
export function placeOf(source: { file: string; code: string }, span: { start: number; end: number }): Place {
  const before = source.code.slice(0, span.start)
  const lineEnd = source.code.indexOf('\n', span.start)
  const end = Math.min(span.end, lineEnd < 0 ? source.code.length : lineEnd)
  return {
    file: source.file,
    line: before.split('\n').length,
    column: span.start - before.lastIndexOf('\n'),
    length: Math.max(1, end - span.start),
    source: source.code,
  }
}
