// What the navigation of a page may ask for: pages. Everything else is the browser's to fetch, once.
import type { Incoming, Reply } from './exchange.ts'

const NO_PAGE: Reply = Object.freeze({
  status: 204,
  headers: Object.freeze({ 'cache-control': 'no-store' }),
  body: null,
})

/**
 * The answer to the navigation of a page where there is no page: nothing runs, and the browser, which asks again by
 * itself, gets what is there. `undefined` for every other request.
 *
 * @example
 * const handler: Handler = (incoming) => noPageReply(incoming) ?? answer(incoming)
 */
export function noPageReply({ method, headers }: Pick<Incoming, 'method' | 'headers'>): Reply | undefined {
  return method === 'GET' && headers['layer9-navigation'] !== undefined ? NO_PAGE : undefined
}
