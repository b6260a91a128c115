// Tables: an entity as it is stored, with what only the server may see of it.
import type {
  AnyColumn,
  ColumnType,
  DeleteResult,
  DrainOuterGeneric,
  InsertResult,
  SelectType,
  UpdateResult,
} from 'kysely'
import type { Entity, Fields, StoredValue } from '../1-contracts/index.ts'

/** No private columns. */
// biome-ignore lint/complexity/noBannedTypes: the empty set of fields, which more fields may be added to
export type NoFields = {}

/** What a table has besides its entity's fields. */
export interface TableOptions<Names extends string = string, Private extends Fields = Fields> {
  /** Columns that are searched or sorted by, one list an index. */
  readonly index?: readonly (readonly [Names, ...Names[]])[]
  /** Columns that together are unique. One column alone is unique by `unique()` of its field. */
  readonly unique?: readonly (readonly [Names, ...Names[]])[]
  /**
   * Columns that are searched by words: texts, the one that matters most first. See `search()`. On SQLite rows are then
   * written by this package alone: other programs have not the function that finds the words.
   */
  readonly search?: readonly [Names, ...Names[]]
  /** Columns that only the server may see: no part of `Row`, selected by name alone. */
  readonly private?: Private
}

/** An entity as it is stored. Made by `table()`. */
export class Table<Name extends string = string, Public extends Fields = Fields, Private extends Fields = Fields> {
  readonly entity: Entity<Name, Public>
  readonly private: Private
  readonly index: readonly (readonly string[])[]
  readonly unique: readonly (readonly string[])[]
  readonly search: readonly string[]

  constructor(entity: Entity<Name, Public>, options: TableOptions<string, Private>) {
    this.entity = entity
    // Without private columns the type says that there are none.
    this.private = options.private ?? ({} as Private)
    this.index = options.index ?? []
    this.unique = options.unique ?? []
    this.search = options.search ?? []
  }
}

/**
 * Stores an entity: each of its fields is a column of that name.
 *
 * @example
 * table(Post, { index: [['status', 'createdAt']], private: { moderationNote: text().optional() } })
 */
export function table<Name extends string, Public extends Fields, const Private extends Fields = NoFields>(
  entity: Entity<Name, Public>,
  options: TableOptions<(keyof Public | keyof NoInfer<Private>) & string, Private> = {},
): Table<Name, Public, Private> {
  return new Table(entity, options)
}

declare const privacy: unique symbol

type AnyField = Fields[string]
type FlagsOf<Field extends AnyField> = Field['~types']['flags']

/** What a field is in a row, in an insert and in an update. */
type ColumnOf<Field extends AnyField> = ColumnType<
  StoredValue<Field>,
  StoredValue<Field> | (FlagsOf<Field> & ('absent' | 'default' | 'made') extends never ? never : undefined),
  'made' extends FlagsOf<Field> ? never : StoredValue<Field>
>

/** The names of fields that are columns: many to many is none. */
type ColumnNames<Given extends Fields> = {
  [Name in keyof Given]: 'join' extends FlagsOf<Given[Name]> ? never : Name
}[keyof Given]

/** A table as Kysely knows it. */
export type TableColumns<One extends Table> =
  One extends Table<string, infer Public, infer Private>
    ? { [Name in ColumnNames<Public>]: ColumnOf<Public[Name]> } & {
        [Name in ColumnNames<Private>]: ColumnOf<Private[Name]> & { readonly [privacy]: true }
      }
    : never

/** The kind of an entity's own key, as far as types know it: an id is a text. */
type OwnKey<Public extends Fields> = true extends {
  [Name in keyof Public]: 'made' extends FlagsOf<Public[Name]> ? true : never
}[keyof Public]
  ? string
  : string | number

type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never

/** The tables between two entities of which one has `references()`: `posts_tags` with the columns `posts` and `tags`. */
type JoinTables<One extends Table> =
  One extends Table<infer Name, infer Public, Fields>
    ? {
        [Field in keyof Public & string as Field extends ColumnNames<Public> ? never : `${Name}_${Field}`]: Record<
          Name,
          OwnKey<Public>
        > &
          Record<Field, ItemOf<StoredValue<Public[Field]>>>
      }
    : never

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** All tables of a database as Kysely knows them. */
export type DatabaseTables<Tables extends Readonly<Record<string, Table>>> = {
  [Name in keyof Tables]: TableColumns<Tables[Name]>
} & Together<{ [Name in keyof Tables]: JoinTables<Tables[Name]> }[keyof Tables]>

type PublicNames<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends { readonly [privacy]: true } ? never : Name
}[keyof Columns]

/** All columns of some tables but the private ones. */
export type PublicSelection<Tables, Names extends keyof Tables> = DrainOuterGeneric<{
  [Column in { [Name in Names]: PublicNames<Tables[Name]> }[Names] & AnyColumn<Tables, Names>]: {
    [Name in Names]: SelectType<Column extends keyof Tables[Name] ? Tables[Name][Column] : never>
  }[Names]
}>

/** The same, with what was returned before. */
type PublicReturned<Tables, Names extends keyof Tables, Before> = Before extends
  | InsertResult
  | UpdateResult
  | DeleteResult
  ? PublicSelection<Tables, Names>
  : Before & PublicSelection<Tables, Names>

// Kysely's own types of these methods know no private columns. What is declared later comes first among overloads, so
// these are taken; for tables without private columns they say the same as Kysely's.
declare module 'kysely' {
  interface SelectQueryBuilder<DB, TB extends keyof DB, O> {
    selectAll(): SelectQueryBuilder<DB, TB, O & PublicSelection<DB, TB>>
    selectAll<T extends TB>(table: readonly T[] | T): SelectQueryBuilder<DB, TB, O & PublicSelection<DB, T>>
  }
  interface InsertQueryBuilder<DB, TB extends keyof DB, O> {
    returningAll(): InsertQueryBuilder<DB, TB, PublicSelection<DB, TB>>
  }
  interface UpdateQueryBuilder<DB, UT extends keyof DB, TB extends keyof DB, O> {
    returningAll(): UpdateQueryBuilder<DB, UT, TB, PublicReturned<DB, TB, O>>
    returningAll<T extends TB>(table: readonly T[] | T): UpdateQueryBuilder<DB, UT, TB, PublicReturned<DB, T, O>>
  }
  interface DeleteQueryBuilder<DB, TB extends keyof DB, O> {
    returningAll(): DeleteQueryBuilder<DB, TB, PublicReturned<DB, TB, O>>
    returningAll<T extends TB>(table: readonly T[] | T): DeleteQueryBuilder<DB, TB, PublicReturned<DB, T, O>>
  }
}
