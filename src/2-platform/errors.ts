import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

/** A variable that is missing or wrong. What it holds is not told: it may be a password. */
export interface EnvProblem {
  readonly name: string
  readonly state: 'missing' | 'wrong'
  /** What the field takes, in words. */
  readonly expected: string
}

type PlatformErrors = {
  NO_REQUEST: ErrorEntry<{ what: string }>
  RESPONSE_STARTED: ErrorEntry<{ header: string }>
  ENV_INVALID: ErrorEntry<{ problems: readonly EnvProblem[] }>
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
  ENV_INVALID: {
    message: ({ problems }) => {
      const lines = problems.map(({ name, state, expected }) => `\n    ${name} is ${state}: it takes ${expected}`)
      const count = problems.length === 1 ? '1 environment variable is' : `${problems.length} environment variables are`
      return `${count} missing or wrong:${lines.join('')}`
    },
    fix: ({ problems }) =>
      `Set ${problems.map(({ name }) => name).join(', ')} where the process is started, and start it again.`,
  },
}

/** The errors of the platform. */
export const errors: ErrorCatalogue<PlatformErrors> = defineErrors(entries)
