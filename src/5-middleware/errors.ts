import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type MiddlewareErrors = {
  GUARD_NOT_A_GUARD: ErrorEntry<{ name: string }>
  GUARD_ADDS_NO_RECORD: ErrorEntry<{ kind: string }>
  COOKIE_INVALID: ErrorEntry<{ name: string; reason: string }>
}

const entries: MiddlewareErrors = {
  GUARD_NOT_A_GUARD: {
    message: ({ name }) => `"${name}" in guards({ … }) is not a guard.`,
    fix: ({ name }) => `Make ${name} with guard(…), or take it out of the list.`,
  },
  GUARD_ADDS_NO_RECORD: {
    message: ({ kind }) => `A guard returned ${kind}; a guard returns what it adds to the context, or nothing.`,
    fix: () => 'Return a record such as { user }, or throw an outcome such as new Forbidden() to refuse.',
  },
  COOKIE_INVALID: {
    message: ({ name, reason }) => `The cookie "${name}" cannot be set: ${reason}.`,
    fix: () => 'Use letters, digits and dashes in its name, and keep name and value within 4,096 bytes.',
  },
}

/** The errors of the middleware. */
export const errors: ErrorCatalogue<MiddlewareErrors> = defineErrors(entries)
