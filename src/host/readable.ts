/** Most causes looked at: the cause of an error may be the error itself. */
const MOST_CAUSES = 8

/**
 * What was thrown, if it can be reported; else an error that says what is wrong with it. Anything can be thrown: a proxy
 * whose traps throw, an error with a getter for its stack, a frozen one. Whoever reports asks here first, because a
 * report that fails hides the fault, and breaks off what could still be answered.
 *
 * @example
 * log.error('request failed', { error: readable(error) })
 */
export function readable(thrown: unknown): unknown {
  try {
    let current = thrown
    for (let depth = 0; current instanceof Error && depth < MOST_CAUSES; depth++) {
      const { name, message, stack, cause } = current
      if ([name, message, stack ?? ''].some((part) => typeof part !== 'string'))
        return new Error(`What was thrown is an error whose parts are no text: ${String(message)}`)
      // Stacks are led back to the sources in place, which a frozen error does not allow: one with the same words does.
      if (current === thrown && Object.isFrozen(current))
        return Object.assign(new Error(message, { cause }), { name, stack })
      current = cause
    }
    // Symbols have text, objects without a prototype have none.
    String(current)
    return thrown
  } catch {
    return new Error('What was thrown cannot be read: its getters, its traps or its toString throw.')
  }
}
