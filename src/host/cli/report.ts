// Says on the terminal what went wrong, and which exit code that is.
import { drawError, Layer9Error } from '../../1-contracts/index.ts'

/** Errors in how a command was called: exit code 2, as is the custom of Unix. */
const usage = new Set(['COMMAND_UNKNOWN', 'OPTION_UNKNOWN', 'ERROR_CODE_UNKNOWN', 'PORT_INVALID'])

/** Writes an error to standard error and gives the exit code: 2 for a wrong call, 1 for everything else. */
export function report(error: unknown): number {
  console.error(drawAnyError(error))
  return error instanceof Layer9Error && usage.has(error.code) ? 2 : 1
}

/** Text for any thrown value: ours drawn with its frame and fix, others with their stack. */
export function drawAnyError(error: unknown): string {
  if (error instanceof Layer9Error) return drawError(error)
  if (error instanceof AggregateError) return [error.message, ...error.errors.map(drawAnyError)].join('\n\n')
  if (!(error instanceof Error)) return String(error)
  // Vite and Rolldown put a drawn frame beside the message.
  const { frame } = error as { frame?: unknown }
  const text = error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack ?? ''}`
  return typeof frame === 'string' && !text.includes(frame) ? `${text}\n${frame}` : text
}
