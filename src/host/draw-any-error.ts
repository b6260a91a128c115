// Text for whatever was thrown: ours, the bundler's, anybody's.
import { drawError, Layer9Error } from '../1-contracts/index.ts'

/** What Vite's and Rolldown's errors carry besides a message. */
interface BundlerError extends Error {
  /** The lines around the place, drawn. */
  frame?: string
}

/** Ours, also when another copy of the class made it: a server bundle that `start` loads has its own. */
function isOurs(error: unknown): error is Layer9Error {
  if (error instanceof Layer9Error) return true
  return (
    error instanceof Error && error.name === 'Layer9Error' && 'code' in error && 'fix' in error && 'places' in error
  )
}

/** Text for any thrown value: ours drawn with its frame and fix, the bundler's with its frame, others with their stack. */
export function drawAnyError(error: unknown): string {
  if (isOurs(error)) return drawError(error)
  if (error instanceof AggregateError) return [error.message, ...error.errors.map(drawAnyError)].join('\n\n')
  if (!(error instanceof Error)) return String(error)
  completeStack(error)
  return error.stack ?? error.message
}

/**
 * Gives an error the stack that it lacks. Those of Rolldown have an empty one: whoever prints only stacks, as logs and
 * error pages do, would print nothing.
 */
export function completeStack(error: unknown): void {
  if (!(error instanceof Error)) return
  const { frame } = error as BundlerError
  const stack = error.stack ?? ''
  const missing = [stack.includes(error.message) ? '' : error.message, frame && !stack.includes(frame) ? frame : '']
  const lines = [...missing, stack].filter((part) => part.trim() !== '')
  if (lines.length > 1 || stack.trim() === '') error.stack = lines.join('\n')
}
