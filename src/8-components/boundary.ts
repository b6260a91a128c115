import type { Child } from './element.ts'
import { type Cell, cell, owner, raise } from './owner.ts'
import { development } from './problem.ts'

/** What the fallback of an `ErrorBoundary` gets: what was thrown, and a way to try again. */
export interface Failure {
  error: unknown
  reset: () => void
}

/** Props of `ErrorBoundary`. */
export interface ErrorBoundaryProps {
  /** Shown instead of the children once one of them failed. */
  fallback: Child | ((failure: Failure) => Child)
  /** Called with each error, to report it. */
  onCaught?: (error: unknown) => void
  children?: Child
}

/**
 * Shows `fallback` instead of its children when one of them, however deep, throws while rendering or in an effect.
 * Errors of event handlers go to the window's `error` event. In development one that `onCaught` does not take is in the
 * browser's console.
 *
 * @example
 * <ErrorBoundary fallback={({ error, reset }) => <button onClick={reset}>Again</button>}><Chart /></ErrorBoundary>
 */
export function ErrorBoundary({ fallback, onCaught, children }: ErrorBoundaryProps): Child {
  const self = owner()
  const state = cell<Cell & { failure?: { error: unknown } | undefined }>(self, () => ({}))
  self.catch = (error) => {
    // An error of the fallback itself is for the boundary around this one.
    if (state.failure) return raise(self.parent, error)
    state.failure = { error }
    onCaught?.(error)
    // The server has a log of its own.
    if (development && !onCaught && typeof document === 'object') console.error(error)
    self.invalidate()
  }
  if (!state.failure) return children
  if (typeof fallback !== 'function') return fallback
  const reset = () => {
    state.failure = undefined
    self.invalidate()
  }
  return fallback({ error: state.failure.error, reset })
}
