// Live or plain: whether a component does anything in the browser, told from its own body alone.
//
// A unit is a component of its own: an outermost function, or one inside another that is clearly a component (bound to
// a capitalised name, or returned by a function that makes components), as long as it holds JSX or calls a hook. What
// stands in any other nested function belongs to the unit around it. A unit is live when it calls a hook, gives an
// element a handler or ref that was not merely handed to it, or uses a value of layer 7.
import type { ESTree } from 'vite'
import { literalOf, nameText } from './children.ts'
import { layerOfImport } from './layers.ts'
import { type FunctionInfo, hookName, type Item, type ModuleScan, type Reference } from './scan.ts'
import type { Binding } from './scope.ts'
import { type Span, type SyntaxNode, unwrap } from './syntax.ts'

/** Why a component is live, and where. */
export interface LiveReason {
  readonly kind: 'hook' | 'handler' | 'ref' | 'state'
  /** The hook, prop or binding. */
  readonly name: string
  readonly span: Span
}

/** A component (or function with JSX) with its mark. */
export interface Unit {
  readonly fn: FunctionInfo
  /** The name it is written with, if any. */
  readonly name: string | null
  /** Null: plain. */
  readonly reason: LiveReason | null
  /** The functions whose code counts as its own, itself first. */
  readonly functions: readonly FunctionInfo[]
}

/** Hooks that keep nothing and start nothing: a component that calls only these stays plain. */
const inertHooks: ReadonlySet<string> = new Set(['useContext', 'useId', 'useMemo', 'useCallback', 'use'])

/** Finds and marks the units of a module. */
export function markUnits(scan: ModuleScan): Unit[] {
  const groups = groupUnits(scan.functions)
  const references = Map.groupBy(
    scan.items.flatMap((item: Item) => item.references),
    ({ fn }: Reference) => fn,
  )
  return [...groups].map(([fn, functions]) => {
    const name = functionName(fn)
    const reason =
      findHook(functions) ??
      findHandler(fn, functions) ??
      findState(
        functions.flatMap((one) => references.get(one) ?? []),
        scan,
      )
    return { fn, name, reason, functions }
  })
}

/** Units with the functions that belong to each. */
function groupUnits(functions: readonly FunctionInfo[]): Map<FunctionInfo, FunctionInfo[]> {
  const holds = new Set<FunctionInfo>()
  const separate = new Set<FunctionInfo>()
  // Inner functions come after outer ones in the list: backwards, what they hold is known before the outer ones ask.
  for (const fn of functions.toReversed()) {
    if (fn.hasJsx || fn.hooks.length > 0) holds.add(fn)
    if (!holds.has(fn) || !fn.parent) continue
    if (isComponentByPlace(fn)) separate.add(fn)
    else holds.add(fn.parent)
  }
  const groups = new Map<FunctionInfo, FunctionInfo[]>()
  const unitOf = new Map<FunctionInfo, FunctionInfo>()
  for (const fn of functions) {
    const isUnit = separate.has(fn) || !fn.parent
    const unit = isUnit ? fn : unitOf.get(fn.parent!)!
    unitOf.set(fn, unit)
    if (isUnit) groups.set(fn, [fn])
    else groups.get(unit)!.push(fn)
  }
  for (const fn of groups.keys()) if (!holds.has(fn)) groups.delete(fn)
  return groups
}

/** Whether a nested function is a component by how it is bound. */
function isComponentByPlace(fn: FunctionInfo): boolean {
  const name = functionName(fn)
  if (name !== null && isComponentName(name)) return true
  const outer = fn.parent!
  const outerName = functionName(outer)
  const makesComponents = outerName === null || !(isComponentName(outerName) || /^use[A-Z]/.test(outerName))
  return makesComponents && isReturned(fn) && (!outer.parent || isReturned(outer))
}

/** Whether a function is what the function around it returns, as such or wrapped by a call. */
function isReturned(fn: FunctionInfo): boolean {
  for (const ancestor of fn.ancestors) {
    if (ancestor.type === 'ReturnStatement' || ancestor.type === 'ArrowFunctionExpression') return true
    if (ancestor.type !== 'CallExpression' && unwrap(ancestor) === ancestor) return false
  }
  return false
}

/** Whether a name is that of a component: it begins with a capital. */
export function isComponentName(name: string): boolean {
  return /^\p{Lu}/u.test(name)
}

/** The name a function is declared with or bound to, calls around it looked through: `const X = memo(() => …)` is X. */
export function functionName(fn: FunctionInfo): string | null {
  if (fn.node.id) return fn.node.id.name
  for (const ancestor of fn.ancestors) {
    if (ancestor.type === 'VariableDeclarator') return ancestor.id.type === 'Identifier' ? ancestor.id.name : null
    if (ancestor.type !== 'CallExpression' && unwrap(ancestor) === ancestor) return null
  }
  return null
}

function findHook(functions: readonly FunctionInfo[]): LiveReason | null {
  for (const fn of functions) {
    for (const call of fn.hooks) {
      if (!isInertHook(call, fn)) return { kind: 'hook', name: hookName(call)!, span: call.callee }
    }
  }
  return null
}

/** Whether a call is one of the exempt hooks, imported from the framework under whatever name. */
function isInertHook(call: ESTree.CallExpression, fn: FunctionInfo): boolean {
  const { callee } = call
  if (callee.type === 'Identifier') {
    const binding = fn.scope.find(callee.name)
    if (!binding?.origin) return callee.name === 'use'
    return binding.origin.source === 'layer9/components' && inertHooks.has(binding.origin.imported)
  }
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false
  const origin = fn.scope.find(callee.object.name)?.origin
  return origin?.source === 'layer9/components' && origin.imported === '*' && inertHooks.has(hookName(call)!)
}

function findHandler(unit: FunctionInfo, functions: readonly FunctionInfo[]): LiveReason | null {
  for (const fn of functions) {
    for (const element of fn.elements) {
      for (const attribute of element.openingElement.attributes) {
        const reason =
          attribute.type === 'JSXAttribute'
            ? handlerAttribute(attribute, unit, fn)
            : handlerSpread(attribute.argument, unit, fn)
        if (reason) return reason
      }
    }
  }
  return null
}

/** `ref`, or `on` + capital. */
function handlerKind(name: string): 'ref' | 'handler' | null {
  return name === 'ref' ? 'ref' : /^on[A-Z]/.test(name) ? 'handler' : null
}

function handlerAttribute(attribute: ESTree.JSXAttribute, unit: FunctionInfo, fn: FunctionInfo): LiveReason | null {
  const name = nameText(attribute.name)
  const kind = handlerKind(name)
  if (!kind || attribute.value?.type !== 'JSXExpressionContainer') return null
  return isHandedThrough(attribute.value.expression, unit, fn) ? null : { kind, name, span: attribute.name }
}

/** A spread object that is written out shows its handlers; any other is looked into by the server alone. */
function handlerSpread(argument: SyntaxNode, unit: FunctionInfo, fn: FunctionInfo): LiveReason | null {
  const object = unwrap(argument)
  if (object.type !== 'ObjectExpression') return null
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.computed) continue
    const name = property.key.type === 'Identifier' ? property.key.name : ''
    const kind = handlerKind(name)
    if (kind && !isHandedThrough(property.value, unit, fn)) return { kind, name, span: property.key }
  }
  return null
}

/**
 * Whether a value only passes through a component: it is a parameter of it, a member of one, a constant that is taken
 * from one, or nothing at all. Then only a live component can have given it a function.
 */
function isHandedThrough(node: SyntaxNode, unit: FunctionInfo, fn: FunctionInfo): boolean {
  let value = unwrap(node)
  if (literalOf(value) === null) return true
  while (value.type === 'MemberExpression' || value.type === 'ChainExpression') {
    value = unwrap(value.type === 'ChainExpression' ? value.expression : value.object)
  }
  if (value.type !== 'Identifier') return false
  const binding = fn.scope.find(value.name)
  return binding !== undefined && isGiven(binding, unit)
}

function isGiven(binding: Binding, unit: FunctionInfo): boolean {
  if (binding.kind === 'param') return binding.node === unit.node
  if (binding.kind !== 'const' || binding.node.type !== 'VariableDeclarator' || !binding.node.init) return false
  // `const { onClick } = props` right in the component says what a destructured parameter says.
  const isOwn = binding.scope === unit.scope
  return isOwn && isHandedThrough(binding.node.init, unit, unit)
}

function findState(references: readonly Reference[], scan: ModuleScan): LiveReason | null {
  for (const { name, node, scope } of references) {
    const origin = scope.find(name)?.origin
    if (origin && layerOfImport(origin.source, scan.file) === 'state') return { kind: 'state', name, span: node }
  }
  return null
}
