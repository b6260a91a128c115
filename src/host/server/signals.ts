import { disposeAll, log } from '../../2-platform/index.ts'
import type { Layer9Server } from './server.ts'

/** The signals that end a server, and the exit codes that shells give for them. */
export const endingSignals = { SIGTERM: 143, SIGINT: 130 } as const

/** Milliseconds. Who sends SIGINT is a person who waits; who sends SIGTERM has clients that are told to go elsewhere. */
export const graces = { SIGTERM: 1000, SIGINT: 0 } as const

/** Milliseconds for what modules opened to be closed, once no request runs any more. */
export const disposeLimit = 5_000

/**
 * Ends the process in order on SIGTERM and SIGINT: the server drains, what modules opened is closed (`onDispose`), exit
 * code 0. A second signal ends it at once, with the code that shells give for that signal.
 *
 * @example
 * endOnSignals(createServer({ handler: answer }))
 */
export function endOnSignals(server: Layer9Server): void {
  let ending = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(endingSignals[signal])
      ending = true
      void endProcess(server, { grace: graces[signal] })
    })
  }
}

/** Ends the server and then the process: code 0, or 1 where a module does not come to its end. */
export async function endProcess(server: Layer9Server, options: Parameters<Layer9Server['close']>[0]): Promise<void> {
  await server.close(options)
  setTimeout(() => {
    log.error(`What modules opened was not closed within ${disposeLimit} ms`)
    process.exit(1)
  }, disposeLimit)
  for (const error of await disposeAll()) log.error('a module could not be closed', { error })
  process.exit(0)
}
