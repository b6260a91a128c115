// What the compiler of stubs can find wrong with an api module; apart from the others, since it runs in builds alone.
import { defineErrors, type ErrorEntry } from '../1-contracts/index.ts'

type BuildErrors = {
  API_DEFAULT_EXPORT: ErrorEntry<{ file: string }>
  API_SYNTAX: ErrorEntry<{ problem: string }>
}

const entries: BuildErrors = {
  API_DEFAULT_EXPORT: {
    message: ({ file }) => `${file} has a default export, and what crosses the wire needs a name.`,
    fix: () => 'Export it by name: export const createPost = action({ … }).',
  },
  API_SYNTAX: {
    message: ({ problem }) => `This api module cannot be read: ${problem}`,
    fix: () => 'Correct the syntax at the marked place.',
  },
}

/** @see BuildErrors */
export const buildErrors: ReturnType<typeof defineErrors<BuildErrors>> = defineErrors(entries)
