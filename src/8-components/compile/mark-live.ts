// Writes the marks: `live(…)` around a function, or as a statement where a declaration is hoisted.
import type MagicString from 'magic-string'
import type { ESTree } from 'vite'
import type { Names } from './local-names.ts'
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
    const mark = (target: string): string => `${names.call('live')}(${target});`
    const constant = declaredConstant(fn)
    const [block] = fn.ancestors
    if (constant) text.appendLeft(constant.end, `\n${mark(constant.name)}`)
    else if (node.type !== 'FunctionDeclaration') {
      text.prependRight(node.start, `${names.call('live')}(`)
      text.appendLeft(node.end, ')')
    } else if (block?.type === 'BlockStatement') text.appendLeft(afterDirectives(block), ` ${mark(node.id!.name)}`)
    else head.unshift(mark(node.id?.name ?? anonymous))
  }
  return head
}

/**
 * The declaration of `const X = () => …`. It is marked by a statement of its own, because a function that is an argument
 * would lose the name that the constant gives it (ECMA-262 §8.4, NamedEvaluation), and messages name components.
 */
function declaredConstant({ ancestors, node }: FunctionInfo): { name: string; end: number } | null {
  const [declarator, list, around] = ancestors
  if (declarator?.type !== 'VariableDeclarator' || list?.type !== 'VariableDeclaration') return null
  const isStatement = around === undefined || around.type === 'BlockStatement'
  if (!isStatement || declarator.init !== node || declarator.id.type !== 'Identifier') return null
  return { name: declarator.id.name, end: list.end }
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
