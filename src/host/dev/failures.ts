import type { Incoming } from '../../2-platform/index.ts'

/** What went wrong in requests, until their replies are made; and that something did, until a change is told of. */
export class Failures {
  readonly #errors = new WeakMap<Incoming, unknown>()
  #any = false

  add(incoming: Incoming, error: unknown): void {
    this.#errors.set(incoming, error)
    this.#any = true
  }
  of(incoming: Incoming): unknown {
    return this.#errors.get(incoming)
  }
  /** Whether any request failed since this was last called. */
  take(): boolean {
    const any = this.#any
    this.#any = false
    return any
  }
}
