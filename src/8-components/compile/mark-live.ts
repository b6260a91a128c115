// Writes the marks: `live(…)` around a function, or as a statement where a declaration is hoisted.
import type MagicString from 'magic-string'
import type { ESTree } from 'vite'
import type { Names } from './jsx.ts'
import type { Unit } from './marks.ts'
import type { FunctionInfo } from './scan.ts'

/**
 * Marks the live units of a module.
 *
 * @param options `anonymous`: the variable that an anonymous default export has been given
 * @returns statements for the head of the module, for its top-level declarations
 */
export function markLive(
  units: readonly Unit[],
  text: MagicString,
  { names, anonymous }: { names: Names; anonymous: string },
): string[] {
  const head: string[] = []
  // Inner before outer, so that brackets close in the right order.
  for (const { fn, name, reason } of units.toReversed()) {
    if (!reason || /^use[A-Z]/.test(name ?? '') || isMethod(fn)) continue
    const { node } = fn
    if (node.type !== 'FunctionDeclaration') {
      text.prependRight(node.start, `${names.call('live')}(`)
      text.appendLeft(node.end, ')')
      continue
    }
    const statement = `${names.call('live')}(${node.id?.name ?? anonymous});`
    const [block] = fn.ancestors
    if (block?.type === 'BlockStatement') text.appendLeft(afterDirectives(block), ` ${statement}`)
    else head.unshift(statement)
  }
  return head
}

/** A method cannot be wrapped where it is written; no component is written as one. */
function isMethod(fn: FunctionInfo): boolean {
  const [parent] = fn.ancestors
  return (
    parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && (parent.method || parent.kind !== 'init'))
  )
}

function afterDirectives(block: ESTree.BlockStatement): number {
  let end = block.start + 1
  for (const statement of block.body) {
    if (statement.type !== 'ExpressionStatement' || !('directive' in statement) || !statement.directive) break
    end = statement.end
  }
  return end
}
