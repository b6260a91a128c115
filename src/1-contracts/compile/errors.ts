// What the build finds wrong with contracts when it evaluates them; apart from the others, since it runs in builds alone.
import { defineErrors, type ErrorEntry } from '../catalogue.ts'

type BuildErrors = {
  CONTRACT_IMPURE: ErrorEntry<{ what: string }>
  CONTRACT_BROKEN: ErrorEntry<{ problem: string }>
}

const entries: BuildErrors = {
  CONTRACT_IMPURE: {
    message: ({ what }) =>
      `A contract depends on ${what}, but the build evaluates contracts: browsers would keep what it was at that moment.`,
    fix: () => 'Make contracts of constants alone, and look at what changes in a guard, an action or a service.',
  },
  CONTRACT_BROKEN: {
    message: ({ problem }) => `A contract cannot be evaluated: ${problem}`,
    fix: () => 'Correct it at the marked place: the server would not start with it either.',
  },
}

/** @see BuildErrors */
export const contractBuildErrors: ReturnType<typeof defineErrors<BuildErrors>> = defineErrors(entries)
