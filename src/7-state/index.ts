// layer9/state: what the browser remembers.
export { batch, computed, effect, type Signal, signal, untracked } from './signal.ts'
export { isSignal, type ReadonlySignal, type Tracking, tracking } from './tracking.ts'
