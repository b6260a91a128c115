import type { StandardSchema } from 'layer9/contracts'

/** A code of the framework's errors, as `layer9 explain` tells it. */
export interface ErrorCode {
  code: string
  /** The layer, or the part of the host, that throws it. */
  layer: string
  /** In the words of the error; a value of the case stands as ‹its name›. */
  message: string
  fix: string
}

/** What names an error. */
export const CodeName: StandardSchema<{ code: string }> = {
  '~standard': {
    version: 1,
    vendor: 'docs',
    validate: (value) => {
      const { code } = Object(value) as { code?: unknown }
      return typeof code === 'string' ? { value: { code } } : { issues: [{ message: 'Name a code.', path: ['code'] }] }
    },
  },
}
