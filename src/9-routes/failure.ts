// What goes wrong on the way to a page, and who shows it.
import { Invalid, isOutcome, type Outcome, Redirect } from '../1-contracts/index.ts'
import type { Incoming } from '../2-platform/index.ts'
import type { AppOptions } from './definition.ts'
import type { Part } from './part.ts'
import type { Folder } from './tree.ts'
import type { PageError } from './types.ts'

/** A fault with what strangers may know of it. */
export interface Failure {
  readonly page: PageError
  /** What was thrown, for development. */
  readonly cause: unknown
}

/** Whether a thrown value sends the visitor elsewhere. */
export function isRedirect(error: unknown): error is Redirect {
  return isOutcome(error) && (error instanceof Redirect || error.code === 'REDIRECT')
}

/**
 * What strangers may know: all of an outcome, of anything else a new id, under which it is reported.
 */
export function readFailure(error: unknown, options: AppOptions, incoming: Incoming): Failure {
  if (isOutcome(error)) {
    if (error instanceof Invalid) options.reportInput?.(error, incoming)
    return { page: describeOutcome(error), cause: error }
  }
  const id = crypto.randomUUID()
  options.report(error, id, incoming)
  return { page: { code: 'INTERNAL', status: 500, id }, cause: error }
}

/** All of an outcome: it is made for strangers. */
export function describeOutcome({ code, message, status }: Outcome): PageError {
  return { code, message, status }
}

/** Who shows what a part threw. */
export interface Boundary {
  readonly kind: 'error' | 'not-found'
  readonly folder: Folder
}

/**
 * The nearest page for an error that a part threw: from the part's folder outwards. What a layout throws is shown
 * outside of it, for it cannot show itself.
 */
export function findBoundary(part: Part, error: PageError): Boundary | undefined {
  const outside = part.kind === 'layout' || part.kind === 'error'
  let folder = outside ? part.folder.parent : part.folder
  for (; folder !== null; folder = folder.parent) {
    const fits = error.code === 'NOT_FOUND' && part.kind !== 'not-found' && folder.notFound !== undefined
    if (fits) return { kind: 'not-found', folder }
    if (folder.error !== undefined) return { kind: 'error', folder }
  }
  return undefined
}
