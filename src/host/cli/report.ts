// Says on the terminal what went wrong, and which exit code that is.
import { drawAnyError, isOurs } from '../draw-any-error.ts'

/** Errors in how a command was called: exit code 2, as is the custom of Unix. */
const usage = new Set([
  'COMMAND_UNKNOWN',
  'OPTION_UNKNOWN',
  'OPTION_VALUE_MISSING',
  'ARGUMENT_UNKNOWN',
  'ARGUMENT_MISSING',
  'GIT_MISSING',
  'REPOSITORY_MISSING',
  'REVISION_UNKNOWN',
  'OPTIONS_EXCLUSIVE',
  'FILE_UNKNOWN',
  'ERROR_CODE_UNKNOWN',
  'PORT_INVALID',
  'WORKERS_INVALID',
])

/** Writes an error to standard error and gives the exit code: 2 for a wrong call, 1 for everything else. */
export function report(error: unknown): number {
  console.error(drawAnyError(error))
  return isOurs(error) && usage.has(error.code) ? 2 : 1
}
