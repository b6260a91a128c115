// What a worker and the primary tell each other, besides what drivers are asked (2-platform/primary.ts).
import type { CloseOptions } from '../server/index.ts'

/** From a worker. */
export interface FromWorker {
  /** The app is loaded; it can answer. */
  readonly ready?: true
  /** It could not start; drawn for a terminal. */
  readonly failed?: string
  /** It has a connection that it was handed, by its number. */
  readonly took?: number
  /** It was told to end by somebody else: hand it nothing more. */
  readonly leaving?: true
}

/** To a worker. */
export interface ToWorker {
  /** The number of the connection that comes with the message. */
  readonly connection?: number
  /** Finish what runs, and end. No connection comes after this. */
  readonly end?: CloseOptions
}
