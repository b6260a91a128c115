// What is read while something runs, gathered by whatever queries it asks.
import { RowSet } from './row-set.ts'

/** A transaction in the eyes of what is read in it. */
export interface ReadPlace {
  /** What was followed when it was begun. */
  readonly followedBy: Reading | undefined
  /** Whether it, or one around it, has written already. */
  readonly hasWritten: boolean
}

/** Gathers reads, for itself and for those around it. */
export class Reading {
  readonly rows: RowSet = new RowSet()
  readonly #outer: Reading | undefined
  #isSettled = true

  constructor(outer?: Reading) {
    this.#outer = outer
  }

  /** Whether nothing was read that only one transaction sees: what it wrote itself, or what was before this began. */
  get isSettled(): boolean {
    return this.#isSettled
  }

  read(rows: RowSet, transaction?: ReadPlace): void {
    this.rows.add(rows)
    if (transaction && (transaction.hasWritten || !transaction.followedBy?.isWithin(this))) this.#isSettled = false
    this.#outer?.read(rows, transaction)
  }

  isWithin(other: Reading): boolean {
    return this === other || (this.#outer?.isWithin(other) ?? false)
  }
}
