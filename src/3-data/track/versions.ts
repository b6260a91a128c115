// A version for each table, which moves with each commit that wrote to it, as far as this process has heard.
import { randomUUID } from 'node:crypto'
import type { RowSet } from './row-set.ts'

/** Commits of which the rows are kept. Of what was noted before them only tables are compared. */
const MOST_RECENT = 1000

interface Move {
  readonly at: number
  readonly rows: RowSet
}

/** Counts the commits, and knows the last one of each table. */
export class Versions {
  /** Versions are of one process: those of another one are others. */
  readonly #epoch = randomUUID().slice(0, 8)
  readonly #tables = new Map<string, number>()
  readonly #recent: Move[] = []
  #now = 0
  #everything = 0

  /** How many commits there were. */
  get now(): number {
    return this.#now
  }

  move(rows: RowSet): void {
    if (rows.isEmpty) return
    const at = ++this.#now
    if (rows.isEverything) this.#everything = at
    for (const table of rows.tables) this.#tables.set(table, at)
    this.#recent.push({ at, rows })
    // Half of them at once, so that it is seldom done.
    if (this.#recent.length > 2 * MOST_RECENT) this.#recent.splice(0, MOST_RECENT)
  }

  /** The version of a table: equal to another one when nothing was written in between. */
  of(table: string): string {
    return `${this.#epoch}.${this.#at(table)}`
  }

  /** Whether some of these rows were written after a moment. */
  hasMoved(rows: RowSet, since: number): boolean {
    if (since === this.#now || rows.isEmpty) return false
    if (this.#everything > since) return true
    if (!rows.isEverything && rows.tables.every((table) => this.#at(table) <= since)) return false
    const oldest = this.#recent[0]?.at ?? 0
    if (since + 1 < oldest) return true
    return this.#recent.slice(since + 1 - oldest).some((move) => move.rows.meets(rows))
  }

  #at(table: string): number {
    return Math.max(this.#tables.get(table) ?? 0, this.#everything)
  }
}
