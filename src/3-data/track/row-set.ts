// Which rows something is about: whole tables, rows by their keys, or everything.

/** Keys of one table, in the form of `keyText()`; undefined for all of its rows. */
type Keys = Set<string> | undefined

/** As JSON: 0 is everything; of a table its keys, or 0 for all of its rows. */
export type RowSetJson = 0 | Readonly<Record<string, 0 | readonly string[]>>

/** More keys of one table than anybody wants to look through are all of its rows. */
export const MOST_KEYS = 100

/** Rows of tables. */
export class RowSet {
  #isEverything = false
  readonly #tables = new Map<string, Keys>()

  /** All rows of all tables. */
  static everything(): RowSet {
    const all = new RowSet()
    all.addEverything()
    return all
  }

  static fromJson(json: RowSetJson): RowSet {
    if (json === 0) return RowSet.everything()
    const rows = new RowSet()
    for (const [table, keys] of Object.entries(json)) rows.addTable(table, keys === 0 ? undefined : keys)
    return rows
  }

  get isEverything(): boolean {
    return this.#isEverything
  }

  get isEmpty(): boolean {
    return !this.#isEverything && this.#tables.size === 0
  }

  /** The tables, when it is not everything. */
  get tables(): string[] {
    return [...this.#tables.keys()]
  }

  addEverything(): void {
    this.#isEverything = true
    this.#tables.clear()
  }

  /** Adds rows of a table: all of them, or those of some keys. */
  addTable(table: string, keys?: Iterable<string>): void {
    if (this.#isEverything) return
    const known = this.#tables.get(table)
    if (!keys || (known === undefined && this.#tables.has(table))) {
      this.#tables.set(table, undefined)
      return
    }
    const all = known ?? new Set<string>()
    for (const key of keys) all.add(key)
    this.#tables.set(table, all.size > MOST_KEYS ? undefined : all)
  }

  add(other: RowSet): void {
    if (other.#isEverything) this.addEverything()
    for (const [table, keys] of other.#tables) this.addTable(table, keys)
  }

  /** Whether some row is, or may be, in both. */
  meets(other: RowSet): boolean {
    if (this.#isEverything) return !other.isEmpty
    if (other.#isEverything) return !this.isEmpty
    for (const [table, keys] of this.#tables) {
      if (!other.#tables.has(table)) continue
      const others = other.#tables.get(table)
      if (!keys || !others || !keys.isDisjointFrom(others)) return true
    }
    return false
  }

  toJSON(): RowSetJson {
    if (this.#isEverything) return 0
    return Object.fromEntries([...this.#tables].map(([table, keys]) => [table, keys ? [...keys] : 0]))
  }
}

/** The key of a row as text, from what its columns hold in the database; undefined where a part of it is null. */
export function keyText(values: readonly unknown[]): string | undefined {
  if (values.some((value) => value === null || value === undefined)) return undefined
  return values.length === 1 ? String(values[0]) : JSON.stringify(values.map(String))
}
