// What a worker and the primary tell each other, besides what drivers are asked (2-platform/primary.ts).
import type { CloseOptions } from '../server/index.ts'

/** From a worker. */
export interface FromWorker {
  /** The app is loaded; it waits for its turn to listen. */
  readonly loaded?: true
  /** It listens, here. */
  readonly ready?: string
  /** It could not start; drawn for a terminal. */
  readonly failed?: string
}

/** To a worker. */
export interface ToWorker {
  readonly listen?: true
  /** Finish what runs, and end. */
  readonly end?: CloseOptions
}
