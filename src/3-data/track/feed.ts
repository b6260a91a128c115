// What a database lets its processes hear of: the contract of the two below.
import type { RowSet } from './row-set.ts'

/** Who hears of writes that are committed. */
export interface Hearing {
  /** Rows have changed. Those of an own commit come at once, before whoever wrote goes on. */
  moved(rows: RowSet): void
  /** The same in the order of commits, one call for each, own ones among them. */
  told(rows: RowSet): void
}

/** Tells of writes that are committed: those of this process, and those of all others that use the database. */
export interface Feed {
  /** Whether all that is committed is heard, sooner or later. */
  readonly isOpen: boolean
  /** Begins to hear. What is committed after that is not missed. */
  open(hearing: Hearing): Promise<void>
  /** Hears at once of what is committed, as far as the database can be asked. */
  refresh(): void
  /** Has what other processes commit heard without being asked, until the function that it gives is called. */
  watch(): () => void
}

/** Tells one after the other what is told twice: to move, and in order. */
export function hearBoth({ moved, told }: Hearing, rows: RowSet): void {
  moved(rows)
  told(rows)
}
