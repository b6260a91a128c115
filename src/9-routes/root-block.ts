// What a document says of its roots, as the browser reads it. Types alone: root-table.ts writes it, roots.ts and tagged.ts
// read it.
import type { Json } from '../1-contracts/index.ts'
import type { RootComment } from '../8-components/browser.ts'

/** A table of roots, at the end of a document and with each deferred part: what its text says, once it was read. */
export interface Block extends HTMLElement {
  l9?: Table
  /** All that its roots need at once is loaded. */
  ready?: boolean
}

/** What its text says. */
export interface Table {
  readonly modules: readonly string[]
  /** How many of the modules are loaded with the page; all of them where it is left out. */
  readonly now?: number
  readonly roots: Readonly<Record<number, TableRoot>>
  readonly contexts?: ContextRows
}

/** The contexts that reach roots: id and value; without a value (development) one that was not read on the server. */
type ContextRows = readonly (readonly [id: string, value?: Json])[]

/** A row of the table. */
interface TableRoot {
  /** Place of its module in the table. */
  readonly module: number
  readonly name: string
  /** As the codec wrote them. */
  readonly props: Json
  readonly key?: string | number
  /** What it waits for. */
  readonly start?: 'idle' | 'visible'
  /** Places of its contexts in the table. */
  readonly contexts?: readonly number[]
}

/** A root as a document describes it. */
export interface Described extends TableRoot {
  /** URL of its module. */
  readonly url: string
  /** The table that it is in. */
  readonly block: Block
}

/** The comment before a root: what the latest document said of it. Numbers are those of one document alone. */
export interface Begin extends RootComment {
  described?: Described
  /** Of one that does not start with the page: whether it may. Set while it waits, false then; see `later.ts`. */
  due?: boolean
}
