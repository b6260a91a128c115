import { disposeAll, log } from '../../2-platform/index.ts'
import type { Layer9Server } from './server.ts'

/**
 * Ends the process in order on SIGTERM and SIGINT: the server drains, what modules opened is closed (`onDispose`), exit
 * code 0. A second signal ends it at once, with the code that shells give for that signal.
 *
 * @example
 * endOnSignals(server)
 */
export function endOnSignals(server: Layer9Server): void {
  let ending = false
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    process.on(signal, () => {
      if (ending) process.exit(code)
      ending = true
      void end(server)
    })
  }
}

async function end(server: Layer9Server): Promise<void> {
  await server.close()
  for (const error of await disposeAll()) log.error('a module could not be closed', { error })
  process.exit(0)
}
