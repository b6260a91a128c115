import { log } from '../../2-platform/index.ts'
import type { RequestEntry } from './options.ts'

/**
 * Writes a request to the log: an error where the server failed, a warning where the request was wrong, for which it says
 * by whom. The parts are data beside the message, so that a machine can count what people can read.
 *
 * @example
 * // {"level":30,"time":1767225600000,"method":"GET","path":"/posts", … ,"msg":"GET /posts 200 1.2ms"}
 * logRequest({ method: 'GET', path: '/posts', status: 200, milliseconds: 1.234, address: '127.0.0.1' })
 */
export function logRequest({ method, path, status, milliseconds, address }: RequestEntry): void {
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'
  const time = milliseconds.toFixed(1)
  const data = { method, path, status, milliseconds: Number(time) }
  log[level](`${method} ${path} ${status} ${time}ms`, level === 'info' ? data : { ...data, address })
}
