// How a server ends: what it began is finished, what is idle is closed, and all of it in a limited time.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { log } from '../../2-platform/index.ts'

const { Server: NetServer } = process.getBuiltinModule('node:net')

/** In milliseconds. */
export interface DrainTimes {
  /** After this what still runs is cut off. */
  readonly limit: number
  /** How long connections without a request are kept. */
  readonly grace: number
}

/**
 * Makes the function that ends a server: no new connections, running requests finish, idle connections are closed.
 *
 * Closed at once, a kept connection takes with it the request that its client is just sending: the client thinks it open.
 * So idle ones get some grace, in which the next request on them is answered, with `connection: close`.
 */
export function createDrain(http: Server): (times: DrainTimes) => Promise<void> {
  const open = new Set<Socket>()
  let onEmpty = () => {}
  http.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      if (open.size === 0) onEmpty()
    })
  })
  const closeIdle = () => {
    http.closeIdleConnections()
    // Node takes a connection that never sent anything for one whose request is on its way.
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  }
  return async ({ limit, grace }) => {
    const hard = setTimeout(() => {
      log.warn('Requests were still running when the time to end was over', { connections: open.size, limit })
      http.closeAllConnections()
    }, limit)
    let idle: NodeJS.Timeout | undefined
    // Connections become idle one by one as their answers end.
    const sweep = () => {
      closeIdle()
      idle = setTimeout(sweep, 100)
    }
    // That of `http` would close idle connections, and no longer look after those that stall.
    if (http.listening) NetServer.prototype.close.call(http)
    if (grace > 0) idle = setTimeout(sweep, grace)
    else sweep()
    if (open.size > 0)
      await new Promise<void>((resolve) => {
        onEmpty = resolve
      })
    clearTimeout(hard)
    clearTimeout(idle)
    http.close()
  }
}
