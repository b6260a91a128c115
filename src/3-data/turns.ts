// Turns: what only one (or a few) may use at a time is used in the order in which it was asked for.

/** Gives turns, one after the other, or so many at a time. Whoever gets one calls `pass` when done. */
export class Turns {
  #free: number
  readonly #waiting: Array<() => void> = []

  constructor(atOnce = 1) {
    this.#free = atOnce
  }

  /** Waits for a turn. Nothing is waited for, not even a tick, where nobody has it. */
  take(): Promise<void> | undefined {
    if (this.#free === 0) return new Promise((resolve) => void this.#waiting.push(resolve))
    this.#free--
    return undefined
  }

  /** Waits at most so many milliseconds; false when the turn did not come. */
  async takeWithin(milliseconds: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--
      return true
    }
    return await new Promise((resolve) => {
      const come = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(come), 1)
        resolve(false)
      }, milliseconds)
      this.#waiting.push(come)
    })
  }

  /** Hands the turn to the next. */
  pass(): void {
    const next = this.#waiting.shift()
    // The turn stays taken where somebody waits: nobody can come between.
    if (next) next()
    else this.#free++
  }

  /** Runs something in a turn of its own. */
  async run<Value>(work: () => Promise<Value> | Value): Promise<Value> {
    await this.take()
    try {
      return await work()
    } finally {
      this.pass()
    }
  }
}
