// When a worker ends. Part of the bundle: it imports nothing that only a build needs.
import type { Layer9Server } from '../server/index.ts'
import { endProcess } from '../server/signals.ts'
import type { ToWorker } from './messages.ts'

/**
 * Ends this worker in order when the primary says so, and on a SIGTERM of its own, after which the primary starts another.
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
  process.on('message', ({ end: options }: ToWorker) => options && end(options))
  process.on('SIGTERM', () => end({ grace: 1000, replaced: true }))
  // A terminal sends these to the primary too, which decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
}
