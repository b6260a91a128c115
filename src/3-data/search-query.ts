// A search as its database has it.
import { type FunctionNode, type OperationNode, RawNode, ValueNode } from 'kysely'
import type { Dialect } from './codec.ts'
import { quoteName } from './columns.ts'
import type { TableModel } from './model.ts'
import type { Scope } from './scope.ts'
import { searchFunctions } from './search.ts'
import { fieldName, numberColumn, rowsName, searchName, vectorOf } from './search-index.ts'
import { Bound, type Source } from './slot.ts'
import { tableErrors } from './table-errors.ts'

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

/** Searches as they are written: who reads a query need not ask what raw SQL does in it. */
const written = new WeakSet<OperationNode>()

/** Whether a node is a search as SQL. It reads the rows of a table that the query names anyway. */
export const isWrittenSearch = (node: OperationNode): boolean => written.has(node)

function write(fragments: readonly string[], parameters: readonly OperationNode[]): RawNode {
  const node = RawNode.create(fragments, parameters)
  written.add(node)
  return node
}

/** Writes it as SQL. @throws DATA_SEARCH_MISSING */
export function rewriteSearch(node: SearchNode, scope: Scope | undefined, dialect: Dialect): OperationNode {
  const { func, arguments: given } = node
  const { name: table } = given[0].table.identifier
  const model = scope?.visible(table)?.model
  const [columns] = model?.search ?? []
  if (!model || !columns) throw tableErrors.DATA_SEARCH_MISSING({ table, isKnown: model !== undefined })
  // A query with slots has one for each value.
  const words = given[1].value as Source
  const row = quoteName(table)
  const matches = dialect === 'sqlite' ? matchesOnSqlite(row, model, words) : matchesOnPostgres(row, words)
  return func === searchFunctions.match ? matches(columns) : rankOf(columns, matches)
}

/** All columns but the last are asked: what is found at all is found in all of them. */
function rankOf(columns: readonly string[], matches: Matches): OperationNode {
  const places = columns.slice(1).map((_, at) => matches(columns.slice(0, at + 1)))
  if (places.length === 0) return RawNode.createWithSql('(0 + 0)')
  const cases = places.map((_, at) => (at === 0 ? '(case when ' : ` then ${at - 1} when `))
  return write([...cases, ` then ${places.length - 1} else ${places.length} end)`], places)
}

type Matches = (columns: readonly string[]) => OperationNode

function matchesOnPostgres(row: string, source: Source): Matches {
  const given = ValueNode.create(new Bound(source, toTsquery))
  return (columns) => {
    const vector = vectorOf(columns.map((column) => `${row}.${quoteName(column)}`))
    return write([`((${vector}) @@ cast(`, ' as tsquery))'], [given])
  }
}

function matchesOnSqlite(row: string, { name, key }: TableModel, source: Source): Matches {
  const [search, rows] = [searchName(name), rowsName(name)].map(quoteName)
  const [own, found] = [row, 'r'].map((table) => key.map((column) => `${table}.${quoteName(column)}`).join(', '))
  const from = `${search} join ${rows} r on r.${numberColumn} = ${search}.rowid`
  return (columns) => {
    const fields = columns.map((_, at) => fieldName(at)).join(' ')
    const given = ValueNode.create(new Bound(source, (words) => `{${fields}} : (${toFts(words)})`))
    return write([`((${own}) in (select ${found} from ${from} where ${search} match `, '))'], [given])
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
