// Holds README and docs to STATUS.md: who claims something names the row that proves it.
import type { JudgedRow } from './status-rows.ts'

/** A text that may carry marks, by its path from the repository's root. */
export interface Page {
  path: string
  text: string
}

/** Finds `<!-- status:ROW -->` (Markdown) and `status:ROW` in a JSX comment. */
const markPattern = /(?:<!--|\{\/\*)\s*status:([a-z0-9-]+)\s*(?:-->|\*\/\})/g

/** A number with a unit of time, size, share or rate: what a reader takes for a measurement. */
const figurePattern =
  /(?<![\w.`-])\d[\d,.]*\s?(?:µs|ms|s|seconds?|minutes?|KiB|MiB|GiB|KB|MB|GB|kB|bytes|%|x|×|times|req\/s|requests a second)(?![\w-])/

/** The headings under which every bullet is a claim. */
const featureHeading = /^#+\s+(features|what it does|what works|what you get)\b/i

/**
 * What the pages claim without proof: a mark whose row is unknown or not green, a figure with a unit without a mark in
 * its paragraph. With `strict` (README) also a bullet of the feature list without one.
 */
export function findUnproven(page: Page, rows: readonly JudgedRow[], strict: boolean): string[] {
  const faults = [...page.text.matchAll(markPattern)].flatMap(([, id = '']) => judgeMark(page.path, id, rows))
  return [...faults, ...findUnmarked(page, strict)]
}

function judgeMark(path: string, id: string, rows: readonly JudgedRow[]): string[] {
  const row = rows.find((each) => each.id === id)
  if (!row)
    return [`${path}: the mark status:${id} names no row. Add the row to status/rows.json, or correct the mark.`]
  if (row.state === 'works') return []
  return [
    `${path}: status:${id} is claimed, but its row is "${row.state}" (${row.reason}). Prove it, or take the claim back.`,
  ]
}

function findUnmarked(page: Page, strict: boolean): string[] {
  // How deep the heading of the feature list is: what lies below it belongs to the list, up to its next sibling.
  let features = 0
  return toBlocks(page.text).flatMap(({ line, text }) => {
    const depth = /^#*/.exec(text)?.[0].length ?? 0
    if (featureHeading.test(text)) features = depth
    else if (depth > 0 && depth <= features) features = 0
    if (new RegExp(markPattern).test(text)) return []
    const place = `${page.path}:${line}`
    const figure = figurePattern.exec(text)
    if (figure)
      return [`${place}: the figure "${figure[0]}" has no mark. Add <!-- status:ROW --> with the row that measures it.`]
    if (strict && features > 0 && /^\s*[-*]\s/.test(text))
      return [`${place}: this feature has no mark. Add <!-- status:ROW -->.`]
    return []
  })
}

/** The examples of the docs, which are code as much as blocks of Markdown. */
const exampleElement = /<Code\b[^>]*>\{`[\s\S]*?`\}<\/Code>/g

/** Splits Markdown into headings, bullets and paragraphs, without code blocks and inline code. */
function toBlocks(text: string): { line: number; text: string }[] {
  const blocks: { line: number; text: string }[] = []
  let fenced = false
  let open = false
  const prose = text.replaceAll(exampleElement, (code) => code.replaceAll(/.+/g, ''))
  for (const [index, raw] of prose.split('\n').entries()) {
    if (/^\s*```/.test(raw)) fenced = !fenced
    const line = fenced || /^( {4}|\s*```)/.test(raw) ? '' : raw.replaceAll(/`[^`]*`/g, '')
    const begins = /^\s*([-*]\s|#|\|)/.test(line)
    const last = blocks.at(-1)
    if (line.trim() === '') open = false
    else if (open && !begins && last) last.text += `\n${line}`
    else blocks.push({ line: index + 1, text: line })
    if (line.trim() !== '') open = !line.startsWith('#')
  }
  return blocks
}
