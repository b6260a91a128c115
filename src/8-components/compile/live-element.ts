// Which part of a live component has to be live. The rest could stay with a plain component around it, and what only the
// rest needs would not travel to the browser.
import type { ESTree } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import { nameText } from './children.ts'
import { layerOfImport } from './layers.ts'
import { functionName, markUnits, type Unit } from './marks.ts'
import type { ModuleScan, Reference } from './scan.ts'
import { scanModule } from './scanner.ts'
import type { Binding } from './scope.ts'
import { parseSource, type Span } from './syntax.ts'

/** An element of a component's source. */
export interface LiveElement {
  /** As it is written: `button`, `Row`. */
  readonly tag: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

/**
 * The smallest element of a live component that holds all its handlers and refs and all that depends on its hooks or on
 * layer 7. Undefined where that is all that the component shows.
 *
 * @param name the component's own; `default` for an anonymous default export
 * @throws JSX_SYNTAX
 * @example
 * const code = `function List({ posts }) {
 *   return <ul><li>{posts}</li><li><button onClick={() => alert('!')}>Why?</button></li></ul>
 * }`
 * findLiveElement(code, 'app/components/List.tsx', 'List') // { tag: 'button', line: 2, column: 34 }
 */
export function findLiveElement(code: string, file: string, name: string): LiveElement | undefined {
  const scan = scanModule(parseSource(code, file))
  const unit = markUnits(scan).find(({ fn, reason }) => reason && (functionName(fn) ?? 'default') === name)
  if (!unit) return undefined
  const places = findPlaces(unit, scan)
  const all = scan.jsx.filter((one) => holds(unit.fn.node, one))
  // Outer ones come before inner ones.
  const around = all.filter((element) => places.length > 0 && places.every((place) => holds(element, place)))
  const smallest = around.at(-1)
  if (smallest?.type !== 'JSXElement' || around.length === 1) return undefined
  const { line, column } = placeOf(scan, smallest)
  return { tag: nameText(smallest.openingElement.name), line, column }
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** Where the component does what only the browser can, or shows what comes of that. */
function findPlaces(unit: Unit, scan: ModuleScan): Span[] {
  const hooks = unit.functions.flatMap((fn) => fn.hooks)
  const inside = scan.items
    .flatMap(({ references }) => references)
    .filter(({ node, fn }) => fn && unit.functions.includes(fn) && !hooks.some((hook) => holds(hook, node)))
  const live = findLiveBindings(inside, { unit, scan, hooks })
  const declares = [...live].filter(isOwn).map(({ node }) => node)
  const read = inside
    .filter(({ name, scope }) => live.has(scope.find(name)!))
    .map(({ node }) => node)
    .filter((node) => !declares.some((declaration) => holds(declaration, node)))
  const handlers = unit.functions.flatMap((fn) =>
    fn.elements.flatMap(({ openingElement }) => openingElement.attributes.filter(isHandler)),
  )
  return [...read, ...handlers]
}

const isHandler = (attribute: ESTree.JSXElement['openingElement']['attributes'][number]): boolean =>
  attribute.type === 'JSXAttribute' && /^(?:on[A-Z]|ref$)/.test(nameText(attribute.name))

/** Declared by a statement in the component: what its declaration uses, it depends on. */
const isOwn = ({ kind }: Binding): boolean => kind !== 'import' && kind !== 'param'

interface Context {
  readonly unit: Unit
  readonly scan: ModuleScan
  readonly hooks: readonly Span[]
}

/** What hooks give, what layer 7 holds, and all that is made of these. */
function findLiveBindings(references: readonly Reference[], { unit, scan, hooks }: Context): Set<Binding> {
  const bindings = new Set(references.flatMap(({ name, scope }) => scope.find(name) ?? []))
  const own = [...bindings].filter((binding) => isOwn(binding) && holds(unit.fn.node, binding.node))
  const live = new Set<Binding>(
    [...bindings].filter(({ origin }) => origin && layerOfImport(origin.source, scan.file) === 'state'),
  )
  for (const binding of own) if (hooks.some((hook) => holds(binding.node, hook))) live.add(binding)
  for (let before = -1; before < live.size; ) {
    before = live.size
    for (const { name, scope, node } of references) {
      if (!live.has(scope.find(name)!)) continue
      for (const binding of own) if (holds(binding.node, node)) live.add(binding)
    }
  }
  return live
}
