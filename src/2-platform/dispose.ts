// Ends of what modules opened, so that hot reload leaks nothing and a shutdown leaves nothing half written.

const disposers = new Set<() => unknown>()

/**
 * Registers the end of something a module opened (a connection, a timer): run when its code is reloaded in development
 * and when the server stops. The returned function takes it back.
 *
 * @example
 * const timer = setInterval(() => log.info('still here'), 60_000)
 * onDispose(() => clearInterval(timer))
 */
export function onDispose(dispose: () => unknown): () => void {
  disposers.add(dispose)
  return () => void disposers.delete(dispose)
}

/**
 * Runs all registered ends, the newest first, each once. One that throws does not stop the others; their errors come
 * back for the log.
 */
export async function disposeAll(): Promise<unknown[]> {
  const all = [...disposers].reverse()
  disposers.clear()
  const failures: unknown[] = []
  for (const dispose of all) {
    try {
      await dispose()
    } catch (error) {
      failures.push(error)
    }
  }
  return failures
}
