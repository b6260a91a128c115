// The pages that are shown when an app has none of its own: plain, readable in light and dark, without a style sheet
// (the policy allows style attributes alone). In development they tell what happened.
import { drawFrame, Layer9Error } from '../1-contracts/index.ts'
import { escapeHtml } from './head.ts'
import type { PageError } from './types.ts'

const styles = {
  // Over whatever margins the page has: nothing is said of <body>, whose attributes no page of the app changes.
  page: 'position:fixed;inset:0;overflow:auto;box-sizing:border-box;padding:12vh 1.5rem 3rem;background:Canvas;color:CanvasText;font:1rem/1.6 system-ui,sans-serif',
  main: 'max-width:44rem;margin:0 auto',
  status: 'margin:0;font-size:.875rem;letter-spacing:.08em;opacity:.65',
  title: 'margin:.25rem 0 1rem;font-size:1.75rem;line-height:1.25;font-weight:600',
  quiet: 'opacity:.75',
  block:
    'overflow:auto;padding:1rem;border-radius:.5rem;background:color-mix(in srgb,CanvasText 7%,Canvas);font:.8125rem/1.6 ui-monospace,monospace;white-space:pre;tab-size:2',
} as const

/** What the built-in page says. */
export interface PlainPage {
  readonly title: string
  /** Content of the body, a segment of its own. */
  readonly html: string
}

const titles: Readonly<Record<number, string>> = {
  400: 'This request makes no sense',
  401: 'Please sign in first',
  403: 'This is not for you',
  404: 'There is nothing here',
  405: 'This page cannot do that',
  409: 'Somebody was faster',
  413: 'That was too much',
  422: 'Something in there is not right',
  429: 'Too many requests',
}

/** What an error is called, by its status. */
export const titleOf = (status: number): string => titles[status] ?? 'Something went wrong'

/**
 * The page of an error. `cause`, what was thrown, is given in development alone: strangers get code and id.
 *
 * @example
 * plainErrorPage({ code: 'NOT_FOUND', status: 404, message: 'There is no such page.' }).title // 'There is nothing here'
 */
export function plainErrorPage(error: PageError, cause?: unknown): PlainPage {
  const title = titleOf(error.status)
  const message = error.message ?? 'It is not your fault. Try again in a moment.'
  const id =
    error.id === undefined ? '' : paragraph(`If you report it, give this number: <code>${escapeHtml(error.id)}</code>`)
  const html =
    `<p style="${styles.status}">${error.status} ${escapeHtml(error.code)}</p>` +
    `<h1 style="${styles.title}">${escapeHtml(title)}</h1>` +
    `<p>${escapeHtml(message)}</p>${id}${cause === undefined ? '' : drawCause(cause)}`
  return {
    title,
    html: `<!--{!${error.status}--><div style="${styles.page}"><main style="${styles.main}">${html}</main></div><!--}-->`,
  }
}

/** Stands in the place of a part that failed when the page around it was already sent. */
export function plainPart({ code, message, id }: PageError): string {
  const text = message ?? 'This part could not be shown.'
  return `<p role="alert">${escapeHtml(text)} <code>${escapeHtml(id ?? code)}</code></p>`
}

/** A page that sends the visitor to another origin, which a form or a script could not follow (see `away`). */
export function plainAwayPage(url: string): string {
  const to = escapeHtml(url)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="0;url=${to}"><title>Going on</title></head><body><p style="${styles.page}">Going on to <a id="layer9" href="${to}">${to}</a></p></body></html>`
}

function drawCause(cause: unknown): string {
  if (!(cause instanceof Error)) return block(String(cause))
  const own = cause instanceof Layer9Error ? cause : undefined
  const places = own?.places.filter((place) => place.source !== undefined) ?? []
  const frames = places.map((place) => `${place.file}:${place.line}:${place.column}\n${drawFrame(place)}`)
  const fix = own === undefined ? '' : paragraph(`<strong>Fix:</strong> ${escapeHtml(own.fix)}`)
  const inner = cause.cause === undefined ? '' : `${paragraph('Caused by')}${drawCause(cause.cause)}`
  const head = own === undefined ? '' : `<p><strong>${escapeHtml(own.code)}</strong></p>`
  return `${head}${fix}${frames.map(block).join('')}${block(cause.stack ?? String(cause))}${inner}`
}

function block(text: string): string {
  return `<pre style="${styles.block}">${escapeHtml(text)}</pre>`
}

function paragraph(html: string): string {
  return `<p style="${styles.quiet}">${html}</p>`
}
