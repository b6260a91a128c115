// Errors that a call from the browser can end with, apart from the server's: their own catalogue, for the bytes' sake.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type CallErrors = {
  API_UNREACHABLE: ErrorEntry<{ id: string }>
  API_ANSWER_UNREADABLE: ErrorEntry<{ id: string; status: number }>
}

const entries: CallErrors = {
  API_UNREACHABLE: {
    message: ({ id }) => `${id} could not be reached.`,
    fix: () => 'Check the connection and try again.',
  },
  API_ANSWER_UNREADABLE: {
    message: ({ id, status }) =>
      `${id} was answered with status ${status} and something that is no answer of this app.`,
    fix: () => 'See what stands between browser and server: a proxy, an expired deployment.',
  },
}

/** @see CallErrors */
export const errors: ErrorCatalogue<CallErrors> = /*#__PURE__*/ defineErrors(entries)
