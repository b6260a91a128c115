// The recorder: what `change` in a migration is. It does nothing to a database; it notes the steps.
import type { Fields } from '../../1-contracts/index.ts'
import { distinct, isSameList, pairsTable, type StoredField, toColumns, toStored } from './shape.ts'
import type { DataRun, Step } from './step.ts'

/** A field as migrations take it: of any kind. */
type Field = Fields[string]

/** What a table has besides its columns. */
export interface CreateTableOptions {
  /** The columns that tell a row from all others. Default: the one made by `id()`. */
  readonly key?: readonly string[]
  readonly index?: readonly (readonly string[])[]
  /** Columns that together are unique. One alone is unique by `unique()` of its field. */
  readonly unique?: readonly (readonly string[])[]
}

/** What is said of a step that loses data, so that nobody overlooks it. */
export interface LosesData {
  readonly losesData: true
}

/** What stands in rows that have no value. */
export interface FillOptions {
  /** A value of the field. */
  readonly fill?: unknown
}

/** How a relation of many to many is kept. */
export interface JoinOptions {
  /** The entity that the field refers to. Default: the one called like the field. */
  readonly to?: string
  /** The fields of both keys, where these are not made by `id()`. */
  readonly keys?: readonly [Field, Field]
}

/** What a migration changes, step by step, in the order in which it is written. */
export class Change {
  readonly #steps: Step[] = []

  /** What has been noted. */
  get steps(): readonly Step[] {
    return this.#steps
  }

  /** A new table. */
  createTable(table: string, fields: Fields, { key, index = [], unique = [] }: CreateTableOptions = {}): void {
    const columns = toColumns(fields)
    const keys = key ?? [...columns].filter(([, field]) => field.kind === 'id').map(([name]) => name)
    const alone = Object.keys(fields).filter((name) => isUnique(fields[name]!) && !isSameList(keys, [name]))
    const all = distinct([...alone.map((name) => [name]), ...unique])
    this.#steps.push({
      kind: 'createTable',
      table,
      shape: { columns, key: keys, index: distinct(index), unique: all, search: [] },
    })
  }

  /** A table and all its rows go. */
  dropTable(table: string, { losesData }: LosesData): void {
    this.#steps.push({ kind: 'dropTable', table, losesData })
  }

  /** A table gets another name. What refers to it goes on doing so. */
  renameTable(table: string, to: string): void {
    this.#steps.push({ kind: 'renameTable', table, to })
  }

  /** A new column. Rows that are there get `fill`, or the field's default, or `null`. */
  addColumn(table: string, column: string, field: Field, options: FillOptions = {}): void {
    this.#steps.push({ kind: 'addColumn', table, column, field: toStored(field.description), ...fillOf(options) })
    if (isUnique(field)) this.addUnique(table, [column])
  }

  /** A column and what it holds goes, with the indexes that it is part of. */
  dropColumn(table: string, column: string, { losesData }: LosesData): void {
    this.#steps.push({ kind: 'dropColumn', table, column, losesData })
  }

  /** A column gets another name. */
  renameColumn(table: string, column: string, to: string): void {
    this.#steps.push({ kind: 'renameColumn', table, column, to })
  }

  /**
   * A column becomes one of this field: its type, default, reference, and whether it may be `null`. Values are converted;
   * what cannot be gets `fill`, or the default, or `null`.
   */
  changeColumn(table: string, column: string, field: Field, options: FillOptions & Partial<LosesData> = {}): void {
    const { losesData } = options
    const marked = losesData ? { losesData } : {}
    this.#steps.push({
      kind: 'changeColumn',
      table,
      column,
      field: toStored(field.description),
      ...fillOf(options),
      ...marked,
    })
  }

  /** Other columns tell the rows of a table apart. */
  changeKey(table: string, key: readonly string[]): void {
    this.#steps.push({ kind: 'changeKey', table, key })
  }

  /** Columns are searched or sorted by. */
  addIndex(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'addIndex', table, columns })
  }

  /** The index over these columns goes. */
  dropIndex(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'dropIndex', table, columns })
  }

  /** No two rows have the same in these columns from now on. */
  addUnique(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'addUnique', table, columns })
  }

  /** Rows may have the same in these columns. */
  dropUnique(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'dropUnique', table, columns })
  }

  /** Rows are searched by the words of these columns from now on: see `search()`. */
  addSearch(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'addSearch', table, columns })
  }

  /** Rows are searched by words no more. */
  dropSearch(table: string, columns: readonly string[]): void {
    this.#steps.push({ kind: 'dropSearch', table, columns })
  }

  /** The table of pairs of a field made by `references()`: many to many. */
  createJoin(owner: string, field: string, { to = field, keys }: JoinOptions = {}): void {
    const [here = id, there = id] = keys?.map((key) => toStored(key.description)) ?? []
    const shape = pairsTable({ owner, field, to }, [here, there])
    this.#steps.push({ kind: 'createTable', table: `${owner}_${field}`, shape })
  }

  /** The table of pairs goes. */
  dropJoin(owner: string, field: string, options: LosesData): void {
    this.dropTable(`${owner}_${field}`, options)
  }

  /**
   * A step of your own, in the same transaction: what it reads and writes is the database as it is at this moment.
   * Foreign keys are looked at when the whole migration is done: nothing is deleted by `cascade` meanwhile.
   *
   * @example
   * new Change().data(async (db) => await db.updateTable('users').set({ name: 'nobody' }).execute())
   */
  data(run: DataRun): void {
    this.#steps.push({ kind: 'data', run })
  }
}

const id: StoredField = { kind: 'id' }

/** An id that is the key is unique without being told, and one that is not is told like all others. */
function isUnique({ description }: Field): boolean {
  return description.unique === true && description.kind !== 'id'
}

function fillOf(options: FillOptions): FillOptions {
  return 'fill' in options ? { fill: options.fill } : {}
}
