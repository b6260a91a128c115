// What of its props a component takes: told by the pattern of its parameter. A root gets nothing else.
import type { ESTree } from 'vite'
import type { Wanted } from '../mark.ts'
import { literalOf } from './children.ts'
import type { Unit } from './marks.ts'
import type { FunctionInfo } from './scan.ts'
import type { SyntaxNode } from './syntax.ts'

/**
 * The properties that a component's parameter names; null when it may read any.
 *
 * @param readsArguments functions that read `arguments`
 * @example
 * import { markUnits } from './marks.ts'
 * import { scanModule } from './scanner.ts'
 * import { parseSource } from './syntax.ts'
 * const code = 'const Card = ({ user: { id, name }, open }) => <p id={id}>{open && name}</p>'
 * const [unit] = markUnits(scanModule(parseSource(code, 'Card.tsx')))
 * wantedProps(unit!, new Set()) // { user: { id: 1, name: 1 }, open: 1 }
 */
export function wantedProps({ fn, functions }: Unit, readsArguments: ReadonlySet<FunctionInfo | null>): Wanted | null {
  const [parameter] = fn.node.params as SyntaxNode[]
  const pattern = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter
  if (pattern?.type !== 'ObjectPattern' || functions.some((one) => readsArguments.has(one))) return null
  const wanted = wantedOf(pattern)
  return wanted === 1 ? null : wanted
}

/** Rest elements and computed keys may be anything, so all is wanted; and of a name that comes twice, too. */
function wantedOf(pattern: ESTree.ObjectPattern | ESTree.ObjectAssignmentTarget): Wanted | 1 {
  const wanted: Record<string, Wanted | 1> = {}
  for (const property of pattern.properties) {
    const name = property.type === 'RestElement' ? null : propertyName(property)
    if (name === null || property.type === 'RestElement') return 1
    const { value } = property
    const target = value.type === 'AssignmentPattern' ? value.left : value
    const inner = target.type === 'ObjectPattern' ? wantedOf(target) : 1
    wanted[name] = name in wanted ? 1 : inner
  }
  return wanted
}

function propertyName({ key, computed }: { key: SyntaxNode; computed: boolean }): string | null {
  const name = computed ? null : key.type === 'Identifier' ? key.name : String(literalOf(key))
  return name === '__proto__' ? null : name
}
