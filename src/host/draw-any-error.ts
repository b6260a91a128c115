// Text for whatever was thrown: ours, the bundler's, anybody's.
import { drawError, Layer9Error } from '../1-contracts/index.ts'

/** What Vite's and Rolldown's errors carry besides a message. */
interface BundlerError extends Error {
  /** The lines around the place, drawn. */
  frame?: string
}

/**
 * Whether an error is one of the framework's. By its name too: a server bundle has the framework in it, and with it a
 * class of its own.
 */
export const isOurs = (error: unknown): error is Layer9Error =>
  error instanceof Layer9Error || (error instanceof Error && error.name === 'Layer9Error')

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
  // Ours are drawn from their parts; what Vite makes of one of ours has its words alone.
  if (!(error instanceof Error) || error instanceof Layer9Error) return
  const { frame } = error as BundlerError
  const stack = error.stack ?? ''
  const [calls = ''] = /^ +at .*/ms.exec(stack) ?? []
  const head = stack.slice(0, stack.length - calls.length).trimEnd()
  const missing = [head.includes(error.message) ? '' : error.message, frame && !stack.includes(frame) ? frame : '']
  // What happened, then where, then by which way: as errors of the framework are drawn.
  const parts = [head, ...missing, calls].filter((part) => part.trim() !== '')
  if (missing.some((part) => part !== '') || stack.trim() === '') error.stack = parts.join('\n')
}
