// A violation as text, for terminals, builds and the overlay.
import type { ImportPlace } from './checker.ts'
import type { Violation } from './violation.ts'

/**
 * Draws one violation: code and message, the line with what is meant underlined, the way out.
 *
 * @example
 * const text = "import { total } from '~/components/Price'"
 * const place = { file: 'app/services/posts.ts', line: 3, column: 23, length: 20, text }
 * const facts = { ...place, specifier: '~/components/Price', names: ['total'], typeOnly: false }
 * const said = { message: 'It leads up.', fix: 'Move total.' }
 * drawViolation({ ...facts, ...said, code: 'LAYER_UPWARD' }) // `LAYER_UPWARD  It leads up.
 * //   3 | import { total } from '~/components/Price'
 * //     |                       ^^^^^^^^^^^^^^^^^^^^
 * //   Move total.`
 */
export function drawViolation(violation: Violation): string {
  const { code, message, fix } = violation
  return [`${code}  ${message}`, drawLine(violation), `  ${fix}`].filter(Boolean).join('\n')
}

/** The line of source with what is meant underlined; empty for what concerns a whole file or folder. */
export function drawLine({ line, column, length, text }: Omit<ImportPlace, 'file'>): string {
  if (length === 0) return ''
  const margin = ' '.repeat(String(line).length)
  const { shown, before } = cut(text, column - 1)
  // A literal over several lines is underlined to the end of the first.
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - before.length)))
  return `  ${line} | ${shown}\n  ${margin} | ${before.replace(/[^\t]/g, ' ')}${carets}`
}

/** A line of a thousand columns would push what is meant off the screen: only what is around it is shown. */
function cut(text: string, at: number): { shown: string; before: string } {
  if (text.length <= 160) return { shown: text, before: text.slice(0, at) }
  const first = Math.max(0, at - 80)
  const prefix = first > 0 ? '…' : ''
  const shown = prefix + text.slice(first, first + 160)
  return { shown, before: prefix + text.slice(first, at) }
}
