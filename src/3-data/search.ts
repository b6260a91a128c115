// Full-text search: rows by the words in them, the same rows on both databases.
import {
  type AliasableExpression,
  ExpressionWrapper,
  FunctionNode,
  type OperationNode,
  RawNode,
  type SqlBool,
  TableNode,
  ValueNode,
} from 'kysely'
import { toWords } from './words.ts'

/** The names under which a search stands in a query until it is written as its database has it. */
export const searchFunctions = { match: 'layer9_matches', rank: 'layer9_rank' } as const

/** More words make no search better. */
const mostWords = 32

/**
 * Whether a row has all words of a text in the columns that `table(…, { search })` names. Upper case, accents and
 * punctuation make no difference; of the last word the beginning is enough. Whatever someone types is a search: signs mean
 * nothing in it, and a text without any word finds every row.
 *
 * @param table the table, by the name that the query knows it by
 * @throws DATA_SEARCH_MISSING when the query is run, for a table that is not searched
 * @example
 * const found = db.selectFrom('posts').selectAll().where(search('posts', 'creme brul')).orderBy(searchRank('posts', 'creme brul'))
 */
export function search(table: string, text: string): AliasableExpression<SqlBool> {
  return expression(searchFunctions.match, table, text) ?? new ExpressionWrapper(RawNode.createWithSql('(1 = 1)'))
}

/**
 * How well a row fits a search, for `orderBy`: 0 where all words are in the first of its columns, 1 where they are in the
 * first two, and so on. Rows that fit equally well are in whatever order comes after it.
 *
 * @param table as in `search()`, and the same text
 * @throws DATA_SEARCH_MISSING when the query is run, for a table that is not searched
 * @example
 * const byTitleFirst = db.selectFrom('posts').selectAll().where(search('posts', 'tea')).orderBy(searchRank('posts', 'tea'))
 */
export function searchRank(table: string, text: string): AliasableExpression<number> {
  return expression(searchFunctions.rank, table, text) ?? new ExpressionWrapper(RawNode.createWithSql('(0 + 0)'))
}

function expression<Type>(name: string, table: string, text: string): AliasableExpression<Type> | undefined {
  const all = toWords(text).split(' ').filter(Boolean)
  // The last one counts by its beginning, also where it was a whole word before.
  const words = [...new Set(all.slice(0, -1))].slice(0, mostWords - 1).concat(all.slice(-1))
  if (words.length === 0) return undefined
  const parts: OperationNode[] = [TableNode.create(table), ValueNode.create(words.join(' '))]
  return new ExpressionWrapper(FunctionNode.create(name, parts))
}
