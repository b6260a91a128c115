// Faults that belong to no request any more: a promise that nobody waits for, a timer's callback. Node ends the process
// for one of these; a server has other visitors.

/**
 * Reports such faults, and lets the process live. Called once the server listens: what fails before that ends the start.
 *
 * @param report must not throw
 * @example
 * outliveFaults((error) => log.error('a fault outside of any request', { error }))
 */
export function outliveFaults(report: (error: unknown) => void): void {
  // Whoever reads what we write may go away. Without a listener that is a fault too, and its report would be the next.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  process.on('unhandledRejection', report)
  process.on('uncaughtException', report)
}
