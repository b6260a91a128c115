// All that is known of a database's changes: what is read right now, the versions of its tables, and who listens.
import { AsyncLocalStorage } from 'node:async_hooks'
import { log } from '../../2-platform/index.ts'
import type { Access } from './access.ts'
import type { Feed } from './feed.ts'
import type { Reach } from './reach.ts'
import { Reading, type ReadPlace } from './reading.ts'
import type { RowSet } from './row-set.ts'
import { Versions } from './versions.ts'

/** Hears which rows a commit has written. */
export type WriteListener = (rows: RowSet) => void

/** The changes of a database. */
export class Changes {
  readonly reach: Reach
  readonly versions: Versions = new Versions()
  readonly #feed: Feed
  readonly #readings = new AsyncLocalStorage<Reading>()
  readonly #listeners = new Set<WriteListener>()
  #opening: Promise<void> | undefined

  constructor(feed: Feed, reach: Reach) {
    this.#feed = feed
    this.reach = reach
  }

  /** What gathers reads where the caller runs. */
  get reading(): Reading | undefined {
    return this.#readings.getStore()
  }

  /** Notes what a query reads, if somebody wants to know. */
  read(access: Access, transaction?: ReadPlace): void {
    const reading = this.#readings.getStore()
    if (reading) reading.read(access.reads, transaction)
  }

  /** Runs something whose reads are gathered. */
  async gather<Value>(run: (reading: Reading) => Promise<Value>): Promise<Value> {
    const reading = new Reading(this.reading)
    return await this.#readings.run(reading, () => run(reading))
  }

  /** Has what is committed from now on heard. One that failed is tried again by the next who asks. */
  async open(): Promise<void> {
    this.#opening ??= this.#feed
      .open({ moved: (rows) => this.versions.move(rows), told: (rows) => this.#tell(rows) })
      .catch((error: unknown) => {
        this.#opening = undefined
        throw error
      })
    await this.#opening
    this.#feed.refresh()
  }

  /** Whether some of these rows may have been written after a moment. Asks the database, where it can be asked. */
  hasMoved(rows: RowSet, since: number): boolean {
    this.#feed.refresh()
    return !this.#feed.isOpen || this.versions.hasMoved(rows, since)
  }

  listen(listener: WriteListener): () => void {
    // A function that listens twice hears twice.
    const own: WriteListener = (rows) => listener(rows)
    const stopWatching = this.#feed.watch()
    this.#listeners.add(own)
    return () => {
      this.#listeners.delete(own)
      stopWatching()
    }
  }

  #tell(rows: RowSet): void {
    if (rows.isEmpty) return
    for (const listener of this.#listeners) {
      try {
        listener(rows)
      } catch (error) {
        log.error('What listens to writes failed.', { error })
      }
    }
  }
}
