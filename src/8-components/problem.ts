// Errors without the weight of their texts: production builds for the browser ship the code alone.
import { errors } from './errors.ts'

/** Replaced by the bundler. Node has no such object: there the texts cost nothing. */
export const development: boolean = process.env.NODE_ENV !== 'production'

/** What the text of an error takes. */
type Data<Code extends keyof typeof errors> = (typeof errors)[Code] extends (data: infer Taken, ...rest: never) => Error
  ? Taken
  : never

/** The error with that code: with text and fix in development, in production its code alone. */
export function problem<Code extends keyof typeof errors>(code: Code, data: Data<Code>): Error {
  if (process.env.NODE_ENV === 'production') return new Error(String(code))
  // The mapped type ties `data` to its code, which a union of functions cannot show.
  return (errors[code] as (data: unknown) => Error)(data)
}
