// Which component an element of the page belongs to, and which one a root starts: for the inspector.
import { placeOf } from '../../1-contracts/server.ts'
import { markUnits, type Unit } from './marks.ts'
import { type ComponentAnalysis, describe } from './module.ts'
import { nameBindings } from './names.ts'
import type { Item, ModuleScan } from './scan.ts'
import { scanModule } from './scanner.ts'
import { parseSource, type Span, type SyntaxNode, unwrap } from './syntax.ts'

/** A component, where it is written, and the names by which documents start it as a root. */
export interface FoundComponent extends ComponentAnalysis {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly names: readonly string[]
}

/**
 * The component whose code a place is in; undefined for what is in none, as an element kept in a constant.
 *
 * @param at line and column count from 1
 * @throws JSX_SYNTAX
 * @example
 * const code = 'function Counter() {\n  return <p>1</p>\n}'
 * findComponentAt(code, 'app/components/Counter.tsx', { line: 2, column: 10 })?.name // 'Counter'
 */
export function findComponentAt(
  code: string,
  file: string,
  { line, column }: { line: number; column: number },
): FoundComponent | undefined {
  const lines = code.split('\n')
  if (lines.length < line) return undefined
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  const scan = scanModule(parseSource(code, file))
  const units = markUnits(scan)
  // Inner ones come after outer ones.
  const unit = units.findLast(({ fn }) => holds(fn.node, { start, end: start }))
  return unit && found(unit, units, scan)
}

/**
 * The component that a document starts by a name; undefined where the module does not show it, as of what another
 * module's function made.
 *
 * @throws JSX_SYNTAX
 * @example
 * const code = 'export default function HomePage() { return <button onClick={go}>Go</button> }'
 * findComponentNamed(code, 'app/routes/index.tsx', 'default')?.name // 'HomePage'
 */
export function findComponentNamed(code: string, file: string, name: string): FoundComponent | undefined {
  const scan = scanModule(parseSource(code, file))
  const units = markUnits(scan)
  const item = nameBindings(scan, units).find((binding) => binding.name === name)?.item
  const items = item ? itemsBehind(item, scan) : []
  const unit = units.find(({ fn }) => items.some(({ node }) => holds(node, fn.node)))
  return unit && found(unit, units, scan)
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** What a binding is made of, itself first: `memo(Row)` of `Row`, however many calls are around it. */
function itemsBehind(item: Item, scan: ModuleScan, seen: Set<Item> = new Set()): Item[] {
  if (seen.has(item)) return []
  seen.add(item)
  const { node } = item
  const value = node.type === 'VariableDeclarator' ? node.init : node
  const names = value ? namesIn(value) : []
  const inner = scan.items.filter((other) => other.names.some((name) => names.includes(name)))
  return [item, ...inner.flatMap((other) => itemsBehind(other, scan, seen))]
}

/** The names that an expression hands on: its own, or those that its calls are given. */
function namesIn(node: SyntaxNode): string[] {
  const value = unwrap(node)
  if (value.type === 'Identifier') return [value.name]
  if (value.type !== 'CallExpression') return []
  return value.arguments.flatMap((argument) => (argument.type === 'SpreadElement' ? [] : namesIn(argument)))
}

function found(unit: Unit, units: readonly Unit[], scan: ModuleScan): FoundComponent {
  const { line, column } = placeOf(scan, unit.fn.node)
  const isOf = (item: Item): boolean => itemsBehind(item, scan).some(({ node }) => holds(node, unit.fn.node))
  const names = nameBindings(scan, units).filter(({ item }) => isOf(item))
  return { ...describe(unit, scan), line, column, names: names.map(({ name }) => name) }
}
