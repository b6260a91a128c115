import { log } from '../../2-platform/index.ts'
import type { RequestEntry } from './options.ts'

/**
 * Writes a request to the log: an error where the server failed, a warning where the request was wrong.
 *
 * @example
 * 12:30:05 GET /posts 200 1.2ms
 */
export function logRequest({ method, path, status, milliseconds, address }: RequestEntry): void {
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'
  log[level](`${method} ${path} ${status} ${milliseconds.toFixed(1)}ms`, level === 'info' ? undefined : { address })
}
