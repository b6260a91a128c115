// A search as its database has it.
import { type FunctionNode, type OperationNode, RawNode, ValueNode } from 'kysely'
import type { Dialect } from './codec.ts'
import { quoteName } from './columns.ts'
import type { TableModel } from './model.ts'
import { searchFunctions } from './search.ts'
import { fieldName, numberColumn, rowsName, searchName, vectorOf } from './search-index.ts'
import { Bound, type Source } from './slot.ts'

/** A search of a query: the table as the query knows it, and the words as they will be given. */
export interface SearchNode extends FunctionNode {
  readonly arguments: readonly [
    OperationNode & { readonly table: { readonly identifier: { readonly name: string } } },
    ValueNode,
  ]
}

/** Whether a node is what `search()` or `searchRank()` made. */
export function isSearch(node: OperationNode): node is SearchNode {
  const { func } = node as Partial<FunctionNode>
  return node.kind === 'FunctionNode' && (func === searchFunctions.match || func === searchFunctions.rank)
}

/** Writes it as SQL. `model` is the table's, which is searched by these columns. */
export function rewriteSearch(
  { func, arguments: [table, words] }: SearchNode,
  { model, columns, dialect }: { model: TableModel; columns: readonly string[]; dialect: Dialect },
): OperationNode {
  const row = quoteName(table.table.identifier.name)
  // A query with slots has one for each value.
  const source = words.value as Source
  const matches = dialect === 'sqlite' ? matchesOnSqlite(row, model, source) : matchesOnPostgres(row, source)
  if (func === searchFunctions.match) return matches(columns)
  // All columns but the last: what is found at all is found in all of them.
  const places = columns.slice(1).map((_, at) => matches(columns.slice(0, at + 1)))
  const cases = places.map((_, at) => `${at === 0 ? '' : ` then ${at - 1}`} when `)
  return places.length === 0
    ? RawNode.createWithSql('(0 + 0)')
    : RawNode.create(
        [`(case${cases[0]}`, ...cases.slice(1), ` then ${places.length - 1} else ${places.length} end)`],
        places,
      )
}

type Matches = (columns: readonly string[]) => OperationNode

function matchesOnPostgres(row: string, source: Source): Matches {
  const given = ValueNode.create(new Bound(source, toTsquery))
  return (columns) => {
    const vector = vectorOf(columns.map((column) => `${row}.${quoteName(column)}`))
    return RawNode.create([`((${vector}) @@ cast(`, ' as tsquery))'], [given])
  }
}

function matchesOnSqlite(row: string, { name, key }: TableModel, source: Source): Matches {
  const [search, rows] = [searchName(name), rowsName(name)].map(quoteName)
  const [own, found] = [row, 'r'].map((table) => key.map((column) => `${table}.${quoteName(column)}`).join(', '))
  const from = `${search} join ${rows} r on r.${numberColumn} = ${search}.rowid`
  return (columns) => {
    const fields = columns.map((_, at) => fieldName(at)).join(' ')
    const given = ValueNode.create(new Bound(source, (words) => `{${fields}} : (${toFts(words)})`))
    return RawNode.create([`((${own}) in (select ${found} from ${from} where ${search} match `, '))'], [given])
  }
}

// Words have letters and digits alone: nothing in them means anything in quotes.

const wordsOf = (words: unknown): string[] => String(words).split(' ')

function toTsquery(words: unknown): string {
  return `${wordsOf(words)
    .map((word) => `'${word}'`)
    .join(' & ')}:*`
}

function toFts(words: unknown): string {
  return `${wordsOf(words)
    .map((word) => `"${word}"`)
    .join(' AND ')} *`
}
