// Draws a server's error for the browser's overlay, and as a page of its own when there is no app to draw one.
import { drawFrame, Layer9Error } from '../../1-contracts/index.ts'
import { frameworkFolder } from '../vite/framework.ts'
import { errorBlock, type ShownError } from './client.ts'

/** What Vite's and Rolldown's errors carry besides a message. */
interface BundlerError extends Error {
  frame?: string
  plugin?: string
  id?: string
  loc?: { file?: string; line: number; column: number }
}

/** The parts that the overlay shows, from any thrown value. */
export function toShownError(error: unknown): ShownError {
  if (error instanceof Layer9Error) return fromOurs(error)
  if (!(error instanceof Error)) return { message: String(error), stack: '' }
  const { frame, plugin, id, loc } = error as BundlerError
  return {
    message: error.message,
    stack: stackOf(error),
    ...(id !== undefined && { id }),
    ...(frame !== undefined && { frame }),
    ...(plugin !== undefined && { plugin }),
    ...(loc !== undefined && { loc: { file: loc.file ?? id ?? '', line: loc.line, column: loc.column } }),
  }
}

function fromOurs(error: Layer9Error): ShownError {
  const place = error.places[0]
  return {
    message: `${error.code}  ${error.message}\nFix: ${error.fix}`,
    stack: stackOf(error),
    ...(place && { id: place.file, loc: { file: place.file, line: place.line, column: place.column } }),
    ...(place?.source !== undefined && { frame: drawFrame(place) }),
  }
}

/** The stack without its first lines, which repeat the message, and without what is only machinery: Node, Vite, us. */
function stackOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const machinery = /\bnode:|<anonymous>|\/node_modules\/vite\//
  return lines.filter((line) => !machinery.test(line) && !line.includes(`${frameworkFolder}/`)).join('\n')
}

/** The error as a block of data that the page's development module reads: no script runs in it. */
export function errorMarkup(error: unknown): string {
  const data = JSON.stringify(toShownError(error)).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${errorBlock}">${data}</script>`
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A page for an app that could not even be loaded. `headHtml` brings the overlay, and the reload once it is mended. */
export function errorPage(error: unknown, headHtml: string): string {
  const { message, frame = '', stack } = toShownError(error)
  const text = [message, frame, stack].filter(Boolean).map(escapeText).join('\n\n')
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Error</title>${headHtml}</head>` +
    `<body><main><h1>The app could not be loaded</h1><pre>${text}</pre></main>${errorMarkup(error)}</body></html>`
  )
}
