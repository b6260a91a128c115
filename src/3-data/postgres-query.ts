// What a query says otherwise to Postgres, so that it means what it does on SQLite.
import {
  BinaryOperationNode,
  type FunctionNode,
  type OperationNode,
  PrimitiveValueListNode,
  RawNode,
  ValueListNode,
  ValueNode,
} from 'kysely'
import { isTextual, operatorOf } from './expression-type.ts'
import { Slot } from './slot.ts'

/** Whether it is `in ()`, which SQLite takes for what it means, and Postgres for a mistake. */
export function isInNothing(node: OperationNode): node is BinaryOperationNode {
  if (!BinaryOperationNode.is(node) || !/^(?:not )?in$/.test(operatorOf(node.operator))) return false
  const { rightOperand: list } = node
  return (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) && list.values.length === 0
}

/** What it means: nothing is in there, null neither. */
export function inNothing({ operator }: BinaryOperationNode): RawNode {
  return RawNode.createWithSql(operatorOf(operator) === 'in' ? '(1 = 0)' : '(1 = 1)')
}

/**
 * Texts that are given to functions of texts as those of columns, which are compared by their bytes: `lower($1)` would
 * know the letters of the server's language, and of `concat($1)` Postgres would not know that it is a text.
 */
export function collateGiven(asked: FunctionNode, rewritten: FunctionNode): FunctionNode {
  if (!isTextual(asked.func)) return rewritten
  const collate = (one: OperationNode, at: number): OperationNode =>
    isGivenText(asked.arguments[at]!) ? RawNode.create(['cast(', ' as text) collate "C"'], [one]) : one
  return { ...rewritten, arguments: rewritten.arguments.map(collate) }
}

function isGivenText(node: OperationNode): boolean {
  return ValueNode.is(node) && node.value instanceof Slot && typeof node.value.value === 'string'
}
