// What operators and functions ask of the kinds they meet.
import { type OperationNode, type PrimitiveValueListNode, ValueNode } from 'kysely'
import type { Codec } from './codec.ts'
import { tableErrors } from './table-errors.ts'

const ordering = new Set(['<', '<=', '>', '>=', 'between', 'between symmetric'])
const equality = new Set([
  '=',
  '==',
  '!=',
  '<>',
  'in',
  'not in',
  'is',
  'is not',
  'is distinct from',
  'is not distinct from',
])
const matching = new Set(['like', 'not like', 'ilike', 'not ilike'])
const inexact = new Set(['/', '%', '^'])
const rounding = new Set(['round', 'ceil', 'ceiling', 'floor', 'trunc', 'sqrt', 'power', 'exp', 'ln', 'log'])

/** Whether two values are the same, or are not. */
export const isEquality = (operator: string): boolean => equality.has(operator)

/** Whether a text has the form of a pattern. */
export const isMatching = (operator: string): boolean => matching.has(operator)

/** @throws DATA_NOT_ORDERED, DATA_DECIMAL_ARITHMETIC for what the two databases would not do alike */
export function checkOperator(operator: string, codec: Codec | undefined): void {
  if (ordering.has(operator)) checkOrdered(codec)
  if (codec?.kind === 'decimal' && inexact.has(operator)) throw tableErrors.DATA_DECIMAL_ARITHMETIC({ operator })
}

/** @throws DATA_NOT_ORDERED */
export function checkOrdered(codec: Codec | undefined): void {
  if (codec?.isOrdered === false) throw tableErrors.DATA_NOT_ORDERED({ kind: codec.kind })
}

/** @throws DATA_DECIMAL_ARITHMETIC for what rounds: on SQLite it would round units */
export function checkFunction(name: string, codec: Codec | undefined): void {
  if (codec?.kind === 'decimal' && rounding.has(name.toLowerCase()))
    throw tableErrors.DATA_DECIMAL_ARITHMETIC({ operator: name })
}

/** Kysely takes a list for several values: for a column that holds a list it is one. */
export function asOne(node: OperationNode): OperationNode {
  return node.kind === 'PrimitiveValueListNode' ? ValueNode.create((node as PrimitiveValueListNode).values) : node
}
