// Where signals and the UI meet without importing each other's weight: signal.ts fills this slot when an app loads it,
// the components' runtime asks it. A page without signals ships the empty slot alone.

/** What the runtime needs of signals, and who listens to their reads and writes. Empty until somebody fills it. */
export interface Tracking {
  /** Runs `read` and calls `changed` once, the first time a signal that was read changes. `stop` forgets it. */
  watch?: <Value>(read: () => Value, changed: () => void) => { value: Value; stop: () => void }
  /** Calls `apply` with a signal's value, now and whenever it changes, until the returned function is called. */
  bind?: (source: ReadonlySignal<unknown>, apply: (value: unknown) => void) => () => void
  /** Called at each read of a signal: the server verifies that the reader is live, development notes it while adopting. */
  read?: () => void
  /** Called at each write of a signal: development listens, to know that what the server wrote is out of date. */
  write?: () => void
}

/** The one slot of a process or page. */
export const tracking: Tracking = {}

/** The brand by which a signal is known. */
export const signalBrand: unique symbol = Symbol.for('layer9.signal')

/**
 * A value that can be watched: `.value` reads it and subscribes the reader, `.peek()` reads it alone.
 * As a child or an attribute value in JSX it updates that text or attribute, not the component.
 */
export interface ReadonlySignal<Value> {
  readonly [signalBrand]: true
  readonly value: Value
  peek(): Value
}

/**
 * Whether `value` is a signal, writable or computed.
 *
 * @example
 * isSignal(signal(1)) // true
 */
export function isSignal(value: unknown): value is ReadonlySignal<unknown> {
  return typeof value === 'object' && value !== null && signalBrand in value
}
