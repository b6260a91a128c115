// What raw SQL inside a query may do besides calculating. Only a statement of its own reads or writes other tables, and
// it begins with one of a few words; SQLite alone also knows `id in banned`, where `banned` is a table. Where such words
// stand in a text or a name, more is recorded than is done.
import { type OperationNode, RawNode, TableNode } from 'kysely'

const reading = /\b(?:select|table|values)\b|\bin\s+["`[\w]/i
const writing = /\b(?:insert|delete|merge)\b|\breplace\s+into\b|(?<!\bfor\s+)(?<!\bkey\s+)\bupdate\b/i

/** Whether a fragment may read tables, and whether it may write them. */
export function effectsOf({ sqlFragments }: RawNode): { readonly mayRead: boolean; readonly mayWrite: boolean } {
  const text = sqlFragments.join(' ')
  const mayWrite = writing.test(text)
  return { mayRead: mayWrite || reading.test(text), mayWrite }
}

/** The names in a fragment, those of functions among them, as an unquoted name means them. */
export function namesIn({ sqlFragments }: RawNode): ReadonlySet<string> {
  return new Set(sqlFragments.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []).flatMap(asMeant))
}

/** Postgres takes what stands in no quotes for lower case. */
const asMeant = (name: string): string[] => [name, name.toLowerCase()]

/** What `sql.table(…)` names, without anything around it. */
export function tableIn(node: OperationNode): TableNode | undefined {
  if (!RawNode.is(node) || node.sqlFragments.some((part) => part.trim() !== '')) return undefined
  const [only, ...more] = node.parameters
  if (!only || more.length > 0) return undefined
  return TableNode.is(only) ? only : tableIn(only)
}
