// Hot replacement: what tells the runtime whether an edited component may keep its state.

import { functionName, isComponentName, type Unit } from './marks.ts'
import { hookName, type Item, type ModuleScan } from './scan.ts'
import type { Span } from './syntax.ts'

/** Hooks whose first value is part of what they keep: another one means that the old state fits no more. */
const withInitial: ReadonlyMap<string, number> = new Map([
  ['useState', 0],
  ['useRef', 0],
  ['useReducer', 1],
])

/**
 * The hooks of a binding's components, in order, as text: equal text, same state.
 *
 * @example
 * import { markUnits } from './marks.ts'
 * import { scanModule } from './scanner.ts'
 * import { parseSource } from './syntax.ts'
 * const code = 'const Page = () => { const [count] = useState(0); useEffect(tick); return <p>{count}</p> }'
 * const scan = scanModule(parseSource(code, 'Page.tsx'))
 * hookSignature(scan.items[0]!, markUnits(scan), scan) // 'useState(0) useEffect'
 */
export function hookSignature(item: Item, units: readonly Unit[], scan: ModuleScan): string {
  const own = units.filter(({ fn }) => contains(item.node, fn.node))
  return own.map((unit) => unitSignature(unit, { units, scan, open: new Set() })).join('; ')
}

interface Around {
  readonly units: readonly Unit[]
  readonly scan: ModuleScan
  /** Units whose signature is being written: a hook may call itself. */
  readonly open: Set<Unit>
}

function unitSignature(unit: Unit, around: Around): string {
  if (around.open.has(unit)) return ''
  around.open.add(unit)
  const calls = unit.functions.flatMap(({ hooks }) => hooks).sort((a, b) => a.start - b.start)
  const parts = calls.map((call) => {
    const name = hookName(call)!
    const place = withInitial.get(name)
    const initial = place === undefined ? undefined : call.arguments[place]
    if (initial) return `${name}(${around.scan.code.slice(initial.start, initial.end).replace(/\s+/g, ' ')})`
    // A custom hook of this module is edited together with the component: its hooks are the component's.
    const custom = around.units.find(({ fn }) => !fn.parent && functionName(fn) === name)
    return custom ? `${name}{${unitSignature(custom, around)}}` : name
  })
  around.open.delete(unit)
  return parts.join(' ')
}

/** Bindings that hold components, live or plain: these are replaced while the page runs. */
export function hotItems(scan: ModuleScan, units: readonly Unit[]): Item[] {
  return scan.items.filter((item) => {
    if (!units.some(({ fn }) => contains(item.node, fn.node))) return false
    const [name] = item.names
    if (item.names.length > 1) return false
    if (name === undefined) return item.statement.type === 'ExportDefaultDeclaration'
    return isComponentName(name) && item.node.type !== 'ClassDeclaration'
  })
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
