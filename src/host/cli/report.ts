// Says on the terminal what went wrong, and which exit code that is.
import { drawAnyError, isOurs } from '../draw-any-error.ts'
import { listErrorData } from './error-data.ts'

/** Errors in how a command was called: exit code 2, as is the custom of Unix. */
const usage = new Set([
  'APP_FOLDER_MISSING',
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
  'DATA_MISSING',
  'DATA_SOURCES_MISSING',
  'QUESTION_WITHOUT_TERMINAL',
  'RENAME_UNKNOWN',
  'RESET_IN_PRODUCTION',
])

/**
 * Says what went wrong and gives the exit code: 2 for a wrong call, 1 for everything else. People read standard error; a
 * program that asked for JSON gets it where it looks for it.
 */
export function report(error: unknown, json = false): number {
  if (json) console.log(JSON.stringify({ ok: false, errors: listErrorData(error) }, undefined, 2))
  else console.error(drawAnyError(error))
  return isOurs(error) && usage.has(error.code) ? 2 : 1
}
