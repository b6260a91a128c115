// Writes the marks: `live(…)` around a function, or as a statement where a declaration is hoisted; and for plain ones `at`.
// Both say where the component is written, for messages.
import type MagicString from 'magic-string'
import type { ESTree } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import type { Wanted } from '../mark.ts'
import { propertyKey } from './attributes.ts'
import type { Names } from './local-names.ts'
import type { Unit } from './marks.ts'
import { isComponentName } from './marks.ts'
import { quote } from './markup.ts'
import type { FunctionInfo, ModuleScan } from './scan.ts'
import type { Span } from './syntax.ts'
import { wantedProps } from './wanted.ts'

/**
 * Marks the live units of a module, and says of the others where they are.
 *
 * @param options `anonymous`: the variable that an anonymous default export has been given
 * @returns statements for the head of the module, for its top-level declarations
 */
export function markLive(
  units: readonly Unit[],
  text: MagicString,
  { names, anonymous, scan }: { names: Names; anonymous: string; scan: ModuleScan },
): string[] {
  const head: string[] = []
  const readsArguments = new Set(
    scan.items.flatMap(({ references }) => references.filter(({ name }) => name === 'arguments')).map(({ fn }) => fn),
  )
  // Inner before outer, so that brackets close in the right order.
  for (const unit of units.toReversed()) {
    const { fn, name, reason } = unit
    if (/^use[A-Z]/.test(name ?? '') || isMethod(fn) || !(reason || isDeclared(unit, scan))) continue
    const { node } = fn
    const wanted = reason && wantedProps(unit, readsArguments)
    const rest = `, ${quote(writePlace(scan, node))}${wanted ? `, ${writeWanted(wanted)}` : ''}`
    const call = names.call(reason ? 'live' : 'at')
    const mark = (target: string): string => `${call}(${target}${rest});`
    const constant = declaredConstant(fn)
    const [block] = fn.ancestors
    if (constant) text.appendLeft(constant.end, `\n${mark(constant.name)}`)
    else if (node.type !== 'FunctionDeclaration') {
      text.prependRight(node.start, `${call}(`)
      text.appendLeft(node.end, `${rest})`)
    } else if (block?.type === 'BlockStatement') text.appendLeft(afterDirectives(block), ` ${mark(node.id!.name)}`)
    else head.unshift(mark(node.id?.name ?? anonymous))
  }
  return head
}

/** A plain component at the top of the module, with a name that a statement can use. */
function isDeclared({ fn, name }: Unit, scan: ModuleScan): boolean {
  const { node, parent } = fn
  if (parent || name === null || !(declaredConstant(fn) || (node.type === 'FunctionDeclaration' && node.id)))
    return false
  const isDefault = () => scan.exports.some(({ exported, item }) => exported === 'default' && item?.node === node)
  return isComponentName(name) || isDefault()
}

/** A place as the marks carry it: `app/components/Menu.tsx:12:7`. */
export function writePlace(scan: ModuleScan, span: Span): string {
  const { file, line, column } = placeOf(scan, span)
  return `${file}:${line}:${column}`
}

function writeWanted(wanted: Wanted | 1): string {
  if (wanted === 1) return '1'
  const properties = Object.entries(wanted).map(([name, inner]) => `${propertyKey(name)}: ${writeWanted(inner)}`)
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
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
