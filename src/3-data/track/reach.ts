// Which tables a write reaches besides its own: by references with CASCADE or SET NULL, over any number of steps, and by
// triggers and views, which nobody sees from here and which `database({ depends })` tells of.
import { nearest } from '../../1-contracts/server.ts'
import type { Model } from '../model.ts'
import { tableErrors } from '../table-errors.ts'

/** What the database does by itself. */
export interface Depends<Name extends string = string> {
  /** What is read where a view, a function or a table without an entity is read, by its name. */
  readonly reads?: Readonly<Record<string, readonly Name[]>>
  /** What triggers write when a table is written, by the name of that table. */
  readonly writes?: { readonly [Table in Name]?: readonly Name[] }
}

/** What a write does to rows that are there. */
export interface Effect {
  readonly isDelete: boolean
  /** It changes what other rows refer to. */
  readonly changesKey: boolean
}

/** What is not known to do less does all of it. */
const anyEffect: Effect = { isDelete: true, changesKey: true }

/** Follows what the database does by itself. */
export class Reach {
  readonly #model: Model
  readonly #depends: Depends
  /** References by the table that they name. */
  readonly #referring = new Map<string, Referring[]>()

  /** @throws DATA_TABLE_UNKNOWN */
  constructor(model: Model, depends: Depends = {}) {
    this.#model = model
    this.#depends = depends
    for (const { name: table, references, key } of model.values()) {
      for (const { to, column, onDelete } of references) {
        const known = this.#referring.get(to) ?? []
        this.#referring.set(to, [...known, { table, onDelete, isKey: key.includes(column) }])
      }
    }
    const { reads = {}, writes = {} } = depends
    const named = [...Object.values(reads), ...Object.entries(writes)].flat(2)
    for (const name of named) checkTable(String(name), this.names)
  }

  /** All that has a name: tables, and what `depends` tells of. */
  get names(): string[] {
    return [...this.#model.keys(), ...Object.keys(this.#depends.reads ?? {})]
  }

  isKnown(name: string): boolean {
    return this.#model.has(name) || Object.hasOwn(this.#depends.reads ?? {}, name)
  }

  /** What is read with a table, a view or a function: itself, and what it is made of. */
  readBy(name: string): ReadonlySet<string> {
    const found = new Set<string>()
    const visit = (one: string): void => {
      if (found.has(one)) return
      found.add(one)
      const views = this.#depends.reads ?? {}
      if (Object.hasOwn(views, one)) for (const inner of views[one]!) visit(inner)
    }
    visit(name)
    return found
  }

  /** What is written with a table besides itself. */
  writtenBy(name: string, effect: Effect = anyEffect): ReadonlySet<string> {
    const found = new Set<string>()
    const done = new Set<string>()
    const reach = (one: string, how: Effect): void => {
      found.add(one)
      visit(one, how)
    }
    const visit = (one: string, how: Effect): void => {
      const seen = `${one} ${how.isDelete} ${how.changesKey}`
      if (done.has(seen)) return
      done.add(seen)
      for (const { table, onDelete, isKey } of this.#referring.get(one) ?? []) {
        if (how.isDelete && onDelete === 'cascade') reach(table, { isDelete: true, changesKey: false })
        if (how.isDelete && onDelete === 'set null') reach(table, { isDelete: false, changesKey: isKey })
        // The tables of entities refuse that; one that was made by hand may say ON UPDATE CASCADE.
        if (how.changesKey) reach(table, { isDelete: false, changesKey: isKey })
      }
      for (const other of this.#triggered(one)) reach(other, anyEffect)
      // A view that is written writes the tables under it.
      for (const inner of this.readBy(one)) if (inner !== one) reach(inner, anyEffect)
    }
    visit(name, effect)
    return found
  }

  #triggered(name: string): readonly string[] {
    const writes: Readonly<Record<string, readonly string[] | undefined>> = this.#depends.writes ?? {}
    return (Object.hasOwn(writes, name) && writes[name]) || []
  }
}

interface Referring {
  readonly table: string
  readonly onDelete: 'cascade' | 'restrict' | 'set null'
  /** The column that refers is a part of the row's own key. */
  readonly isKey: boolean
}

/** @throws DATA_TABLE_UNKNOWN */
export function checkTable(name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw tableErrors.DATA_TABLE_UNKNOWN({ table: name, nearest: nearest(name, [...known]) })
}
