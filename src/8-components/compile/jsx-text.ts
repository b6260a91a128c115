import { decodeEntities } from './entities.ts'

/**
 * The text that a stretch of JSX text stands for. Lines are trimmed of spaces and tabs where they touch a line break,
 * empty lines vanish, what is left is joined by one space; only then are references decoded, so that `&#32;` stays.
 *
 * @example
 * jsxText('\n  Hello\n  world ') // 'Hello world '
 */
export function jsxText(raw: string): string {
  if (!/[\r\n]/.test(raw)) return decodeEntities(raw)
  const lines = raw.split(/\r\n|\n|\r/)
  const kept: string[] = []
  for (const [index, line] of lines.entries()) {
    let text = line
    if (index > 0) text = text.replace(/^[ \t]+/, '')
    if (index < lines.length - 1) text = text.replace(/[ \t]+$/, '')
    if (text !== '') kept.push(text)
  }
  return decodeEntities(kept.join(' '))
}

/** The value of an attribute's string: no escapes but references; a line break is one character however it is stored. */
export function jsxString(raw: string): string {
  return decodeEntities(raw.slice(1, -1).replace(/\r\n?/g, '\n'))
}
