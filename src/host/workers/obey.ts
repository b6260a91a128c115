// A worker's life: the primary hands it connections and says when it ends. Part of the bundle: it imports nothing that
// only a build needs.
import type { Socket } from 'node:net'
import type { Layer9Server } from '../server/index.ts'
import { endProcess } from '../server/signals.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/**
 * Takes connections from the primary, and ends in order when it says so, when it is gone, and on a SIGTERM of this
 * worker's own, after which the primary starts another.
 *
 * @param onReplaced called when others serve in its place
 */
export function obeyPrimary(server: Layer9Server, onReplaced: () => void): void {
  let ending = false
  const end = (options: NonNullable<ToWorker['end']>): void => {
    // A supervisor may send the signal to all processes at once: that is no second request to end.
    if (ending) return
    ending = true
    if (options.replaced) onReplaced()
    void endProcess(server, options)
  }
  // It does not listen itself; what node:http does when it begins to, it does for connections that are handed to it too:
  // the time limits of requests.
  server.http.emit('listening')
  process.on('message', ({ connection, end: options }: ToWorker, socket?: Socket) => {
    if (connection !== undefined) take(server, connection, socket)
    if (options) end(options)
  })
  process.on('disconnect', () => end({}))
  process.on('SIGTERM', () => {
    process.send?.({ leaving: true } satisfies FromWorker)
    end({ grace: 1000, replaced: true })
  })
  // A terminal sends these to the primary too, which decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
}

/** Its client may have left on the way: then there is a number and no socket. */
function take({ http }: Layer9Server, connection: number, socket: Socket | undefined): void {
  process.send?.({ took: connection } satisfies FromWorker)
  if (!socket) return
  // As of connections that node:http takes itself: who has sent all it wanted may still read.
  socket.allowHalfOpen = true
  http.emit('connection', socket)
}
