import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type PlatformErrors = {
  NO_REQUEST: ErrorEntry<{ what: string }>
  RESPONSE_STARTED: ErrorEntry<{ header: string }>
}

const entries: PlatformErrors = {
  NO_REQUEST: {
    message: ({ what }) => `${what} was used outside of a request.`,
    fix: () => 'Call it from a handler, loader or guard, not at module scope or in a timer that outlives the request.',
  },
  RESPONSE_STARTED: {
    message: ({ header }) => `The header "${header}" was set after the answer had begun.`,
    fix: () => 'Set it before the handler returns, not in a deferred value or a stream.',
  },
}

/** The errors of the platform. */
export const errors: ErrorCatalogue<PlatformErrors> = defineErrors(entries)
