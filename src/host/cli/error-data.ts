// Errors as data, for programs that read what a command says.
import type { Layer9Error, Place } from '../../1-contracts/index.ts'
import { completeStack, isOurs } from '../draw-any-error.ts'

/** An error as `--json` writes it; of its places not the sources, which the reader has. */
export interface ErrorData {
  /** Absent where the error is none of the framework's. */
  readonly code?: string
  readonly message: string
  readonly fix?: string
  readonly data?: unknown
  readonly places: readonly Omit<Place, 'source'>[]
}

/** One of the framework's errors as data. */
export const toErrorData = ({ code, message, fix, data, places }: Layer9Error): ErrorData => ({
  code,
  message,
  fix,
  data,
  places: places.map(({ source: _, ...place }) => place),
})

/** Whatever was thrown, as data: several at once, where it says so. */
export function listErrorData(error: unknown): ErrorData[] {
  if (isOurs(error)) return [toErrorData(error)]
  if (error instanceof AggregateError) return error.errors.flatMap(listErrorData)
  completeStack(error)
  return [{ message: error instanceof Error ? error.message : String(error), places: [] }]
}
