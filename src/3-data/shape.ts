// The shape of a query: all of it but the values that are sent as parameters. Queries of one shape are one statement, so
// that what was rewritten and compiled once serves all of them.
import type { OperationNode } from 'kysely'
import { Slot } from './slot.ts'

/** A shape as text, and the values in the order in which they were met. */
export interface Shape {
  readonly key: string
  readonly values: readonly unknown[]
}

/**
 * Reads the shape of a query. Texts are written with their length before them: no name, wherever it comes from, can look
 * like another part of the tree, and make two shapes one.
 */
export function readShape(node: OperationNode): Shape {
  const values: unknown[] = []
  let key = ''
  const write = (value: unknown): void => {
    if (typeof value === 'string') key += `${value.length}"${value}`
    else if (typeof value !== 'object' || value === null) key += `${typeof value}${String(value)};`
    else if (Array.isArray(value)) {
      key += `[${value.length}`
      for (const one of value) write(one)
    } else writeNode(value as OperationNode)
  }
  const writeNode = (one: OperationNode): void => {
    const given = givenIn(one)
    if (given) {
      key += `${one.kind}${given.length}`
      for (const value of given) {
        key += typeTag(value)
        values.push(value)
      }
      return
    }
    key += '{'
    for (const name in one) {
      const part = one[name as keyof OperationNode]
      if (part === undefined) continue
      key += name
      write(part)
    }
    key += '}'
  }
  writeNode(node)
  return { key, values }
}

/** A value's type may decide what becomes of it where no column does. */
function typeTag(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'i' : 'n'
  if (typeof value === 'object') return value instanceof Date ? 'd' : Array.isArray(value) ? 'a' : 'o'
  return typeof value === 'boolean' ? 'b' : typeof value === 'bigint' ? 'i' : 's'
}

/** The values that a node holds, when they are sent as parameters. */
function givenIn(node: OperationNode): readonly unknown[] | undefined {
  if (node.kind === 'ValueNode') {
    const { value, immediate } = node as OperationNode & { value: unknown; immediate?: boolean }
    return immediate ? undefined : [value]
  }
  return node.kind === 'PrimitiveValueListNode'
    ? (node as OperationNode & { values: readonly unknown[] }).values
    : undefined
}

/** A query with a slot in the place of each value, in the order of `readShape`. */
export function toSlots<Node extends OperationNode>(node: Node): Node {
  let place = 0
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(copy)
    const one = value as OperationNode
    const given = givenIn(one)
    if (given) {
      const slots = given.map((each) => new Slot(place++, each))
      return one.kind === 'ValueNode' ? { ...one, value: slots[0] } : { ...one, values: slots }
    }
    const copied: Record<string, unknown> = {}
    for (const name in one) copied[name] = copy(one[name as keyof OperationNode])
    return copied
  }
  // A copy has the form of what it copies.
  return copy(node) as Node
}
