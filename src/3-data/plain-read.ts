// Whether a statement can be sent twice: one that only reads, which whoever sees its parts can tell.
import type { OperationNode } from 'kysely'

/**
 * Parts whose effect cannot be told: raw SQL, functions (`nextval`), writes inside a `with`, and locks, which are worth
 * nothing on another connection.
 */
const UNKNOWN =
  /^(RawNode|FunctionNode|InsertQueryNode|UpdateQueryNode|DeleteQueryNode|MergeQueryNode|SelectModifierNode)$/

/** Whether it is a select of the query builder without such parts. */
export const isPlainRead = (query: OperationNode): boolean => query.kind === 'SelectQueryNode' && isPlain(query)

function isPlain(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return true
  if ('kind' in part && typeof part.kind === 'string' && UNKNOWN.test(part.kind)) return false
  return Object.values(part).every(isPlain)
}
