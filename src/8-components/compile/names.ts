// Which bindings at the top of a module the browser can start by name, because they hold a live component.
import type { ESTree } from 'vite'
import { functionName, isComponentName, type Unit } from './marks.ts'
import type { FunctionInfo, Item, ModuleScan } from './scan.ts'
import { isFunction, type SyntaxNode, unwrap } from './syntax.ts'

/** A binding with a name that documents use: `Counter`, or `default` for what is exported so. */
export interface NamedBinding {
  /** The name within the module's roots. */
  readonly name: string
  /** The variable; null for an anonymous default, which gets one. */
  readonly local: string | null
  readonly item: Item
}

/** Calls whose result is no component, whatever it is given. */
const noComponents: ReadonlySet<string> = new Set(['createContext', 'useContext', 'signal', 'computed', 'css', 'query'])

/** The named bindings of a module, in the order of the source. */
export function nameBindings(scan: ModuleScan, units: readonly Unit[]): NamedBinding[] {
  const judge = new Judge(scan, units)
  const named: NamedBinding[] = []
  for (const item of scan.items) {
    const isDefault = scan.exports.some(
      (entry) =>
        entry.exported === 'default' &&
        (entry.item === item || (entry.local !== null && item.names.includes(entry.local))),
    )
    const local = item.names.length === 1 ? item.names[0]! : null
    if (item.names.length > 1 || (local === null && !isDefault)) continue
    if (!isDefault && !isComponentName(local!)) continue
    if (judge.holdsLive(item)) named.push({ name: isDefault ? 'default' : local!, local, item })
  }
  return named
}

/** Decides whether a binding holds a live component, as far as one module can tell. */
class Judge {
  readonly #scan: ModuleScan
  readonly #units: readonly Unit[]
  readonly #asked = new Set<Item>()

  constructor(scan: ModuleScan, units: readonly Unit[]) {
    this.#scan = scan
    this.#units = units
  }

  holdsLive(item: Item): boolean {
    if (this.#asked.has(item)) return false
    this.#asked.add(item)
    const { node } = item
    const result = node.type === 'VariableDeclarator' ? (node.init ? this.#value(node.init) : false) : this.#value(node)
    this.#asked.delete(item)
    return result
  }

  #value(node: SyntaxNode): boolean {
    const value = unwrap(node)
    if (isFunction(value)) return this.#isLive(value)
    if (value.type === 'CallExpression') return this.#call(value)
    if (value.type !== 'Identifier') return false
    const item = this.#scan.items.find(({ names }) => names.includes(value.name))
    return item !== undefined && this.holdsLive(item)
  }

  #isLive(node: SyntaxNode): boolean {
    return this.#units.some(({ fn, reason }) => fn.node === node && reason !== null)
  }

  /** `memo(X)`: as X. `root(…)`: live, as it says. A call of an unknown maker is as live as the component given to it. */
  #call(call: ESTree.CallExpression): boolean {
    const { callee } = call
    const origin = callee.type === 'Identifier' ? this.#scan.scope.find(callee.name)?.origin : undefined
    const called = origin?.imported ?? (callee.type === 'Identifier' ? callee.name : '')
    if (noComponents.has(called)) return false
    if (called === 'root' && origin?.source === 'layer9/components') return true
    if (callee.type === 'Identifier' && !origin && this.#makesLive(callee.name)) return true
    const foreign = origin !== undefined && !origin.source.startsWith('layer9/')
    return call.arguments.some(
      (argument) =>
        argument.type !== 'SpreadElement' && (this.#argument(argument) || (foreign && this.#shows(argument))),
    )
  }

  /** Whether an argument is a component: what another module makes of a plain one may be live. */
  #shows(node: SyntaxNode): boolean {
    const value = unwrap(node)
    return value.type === 'Identifier' ? isComponentName(value.name) : this.#units.some(({ fn }) => fn.node === value)
  }

  /** Whether a function of this module returns a live component. */
  #makesLive(name: string): boolean {
    const around = (fn: FunctionInfo): FunctionInfo => (fn.parent ? around(fn.parent) : fn)
    return this.#units.some(({ fn, reason }) => reason !== null && fn.parent && functionName(around(fn)) === name)
  }

  #argument(node: SyntaxNode): boolean {
    const value = unwrap(node)
    if (value.type === 'Identifier' && isComponentName(value.name)) {
      const binding = this.#scan.scope.find(value.name)
      // A component of another module may be live: only its own module knows.
      if (binding?.origin) return true
    }
    return this.#value(value)
  }
}
