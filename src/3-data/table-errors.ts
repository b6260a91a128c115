// What is wrong with tables, and with the values and queries that meet them.
import { defineErrors, type ErrorCatalogue, type ErrorEntry } from '../1-contracts/index.ts'

type TableErrors = {
  DATA_TABLE_NAME: ErrorEntry<{ given: string; name: string }>
  DATA_TABLE_UNKNOWN: ErrorEntry<{ table: string; nearest: string | undefined }>
  DATA_COLUMN_TWICE: ErrorEntry<{ table: string; column: string; other: string }>
  DATA_COLUMN_UNKNOWN: ErrorEntry<{ table: string; column: string; nearest: string | undefined }>
  DATA_COLUMN_UNORDERED: ErrorEntry<{ table: string; column: string; kind: string }>
  DATA_COLUMN_JOIN: ErrorEntry<{ table: string; column: string }>
  DATA_REFERENCE_UNKNOWN: ErrorEntry<{ table: string; column: string; to: string; nearest: string | undefined }>
  DATA_REFERENCE_KEY: ErrorEntry<{ table: string; column: string; to: string; key: readonly string[] }>
  DATA_REFERENCE_NULL: ErrorEntry<{ table: string; column: string }>
  DATA_SEARCH_KIND: ErrorEntry<{ table: string; column: string; kind: string }>
  DATA_SEARCH_MISSING: ErrorEntry<{ table: string; isKnown: boolean }>
  DATA_NAME_CASE: ErrorEntry<{ table: string; given: string; name: string }>
  DATA_VALUE: ErrorEntry<{ kind: string; value: string }>
  DATA_NOT_ORDERED: ErrorEntry<{ kind: string }>
  DATA_DECIMAL_ARITHMETIC: ErrorEntry<{ operator: string }>
  DATA_WRITES_NOTHING: ErrorEntry<{ table: string; lacks: 'rows' | 'columns' }>
  DATA_ROW_PRIVATE: ErrorEntry<{ table: string }>
  DATA_RELATION_LIMIT: ErrorEntry<unknown>
}

const entries: TableErrors = {
  DATA_TABLE_NAME: {
    message: ({ given, name }) => `database() has the entity "${name}" under the name "${given}".`,
    fix: ({ name }) => `Write ${name}: table(…): references name the entity, and so do queries.`,
  },
  DATA_TABLE_UNKNOWN: {
    message: ({ table, nearest }) =>
      `The database has no table "${table}"${nearest === undefined ? '' : `: "${nearest}" is near`}.`,
    fix: () => 'Name a table of database(), or say in its depends.reads what that name reads.',
  },
  DATA_COLUMN_TWICE: {
    message: ({ table, column, other }) =>
      column === other
        ? `The table "${table}" has "${column}" both as a field and as a private column.`
        : `The table "${table}" has "${column}" and "${other}", which differ in case alone.`,
    fix: () => 'Give one of them another name.',
  },
  DATA_COLUMN_UNKNOWN: {
    message: ({ table, column, nearest }) =>
      `The table "${table}" has no column "${column}"${nearest === undefined ? '' : `: "${nearest}" is near`}.`,
    fix: () => 'Name a field of the entity or a private column.',
  },
  DATA_COLUMN_UNORDERED: {
    message: ({ table, column, kind }) =>
      `"${column}" of "${table}" is ${kind}, which no database keeps unique or has an index of.`,
    fix: () => 'Keep what is unique or searched by in a field of its own, which is one value.',
  },
  DATA_COLUMN_JOIN: {
    message: ({ table, column }) => `"${column}" of "${table}" is many to many, which cannot be a private column.`,
    fix: () => 'Put it into the entity, or make the table between the two an entity of its own.',
  },
  DATA_REFERENCE_UNKNOWN: {
    message: ({ table, column, to, nearest }) =>
      `"${column}" of "${table}" refers to "${to}", which the database does not have${
        nearest === undefined ? '' : `: "${nearest}" is near`
      }.`,
    fix: ({ to }) => `Correct the name, or list ${to}: table(…) in database().`,
  },
  DATA_REFERENCE_KEY: {
    message: ({ table, column, to, key }) =>
      `"${column}" of "${table}" refers to "${to}", whose rows are known by ${key.join(' and ')}.`,
    fix: () => 'Refer to an entity with one key, and say of what kind it is: reference(to, { key: integer() }).',
  },
  DATA_REFERENCE_NULL: {
    message: ({ table, column }) => `"${column}" of "${table}" is set to null on delete, and must not be null.`,
    fix: () => 'Make it optional(), or take another onDelete.',
  },
  DATA_SEARCH_KIND: {
    message: ({ table, column, kind }) =>
      `"${column}" of "${table}" is to be searched by words, but is of the kind ${kind}.`,
    fix: () => 'Search columns that hold one text each; for others write a condition.',
  },
  DATA_SEARCH_MISSING: {
    message: ({ table, isKnown }) =>
      isKnown
        ? `The table "${table}" is not searched by words.`
        : `A query searches "${table}", which it does not have.`,
    fix: ({ table, isKnown }) =>
      isKnown
        ? `Name its columns: table(…, { search: ['title'] }), and write the migration with layer9 db generate.`
        : `Give search() a table by the name that the query knows it by, and which is none of another query: "${table}" is none.`,
  },
  DATA_NAME_CASE: {
    message: ({ table, given, name }) => `A query names "${given}" of "${table}", which is written "${name}".`,
    fix: ({ name }) => `Write "${name}": Postgres tells upper from lower case.`,
  },
  DATA_VALUE: {
    message: ({ kind, value }) => `${value} was given where a column holds ${kind}.`,
    fix: () => 'Give what the field says: validate input with its contract before it comes to the data.',
  },
  DATA_NOT_ORDERED: {
    message: ({ kind }) => `A query sorts or compares by ${kind}, which has no order.`,
    fix: () => 'Sort by another column, or keep what is to be sorted in a field of its own.',
  },
  DATA_DECIMAL_ARITHMETIC: {
    message: ({ operator }) => `A query has "${operator}" with a decimal and what is none, or has another scale.`,
    fix: () => 'Compare, add and subtract decimals of one scale, multiply by whole numbers, or calculate in code.',
  },
  DATA_WRITES_NOTHING: {
    message: ({ table, lacks }) =>
      lacks === 'rows' ? `An insert into "${table}" has no rows.` : `An update of "${table}" sets no column.`,
    fix: () => 'Run the query only where there is something to write: SQL knows none that writes nothing.',
  },
  DATA_ROW_PRIVATE: {
    message: ({ table }) => `A query takes whole rows of "${table}" for a value, with its private columns.`,
    fix: () => 'Take them from a query that selects what is to be seen, as withRelations() does.',
  },
  DATA_RELATION_LIMIT: {
    message: () => 'The query of a relation has a limit, which would count the rows of all that it is loaded for.',
    fix: () => 'Leave the limit out, or ask for these rows in a query of their own.',
  },
}

/** The errors of tables. */
export const tableErrors: ErrorCatalogue<TableErrors> = defineErrors(entries)
