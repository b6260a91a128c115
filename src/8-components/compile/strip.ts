// What the browser does not get of a module: the server's exports of a route, plain components that nothing live needs,
// and then the imports and declarations that only those used. Under `verbatimModuleSyntax` nobody else removes an unused
// import, and with it the server's code would follow into the browser.
import type MagicString from 'magic-string'
import type { ESTree } from 'vite'
import type { Unit } from './marks.ts'
import type { NamedBinding } from './names.ts'
import type { ExportEntry, Item, ModuleScan } from './scan.ts'
import type { Span, SyntaxNode } from './syntax.ts'

/** Exports of a route module that run on the server alone. */
export const serverExports: ReadonlySet<string> = new Set([
  'loader',
  'head',
  'access',
  'identity',
  'store',
  'render',
  'paths',
  'live',
])

/** What is left out. */
export interface Cut {
  readonly items: ReadonlySet<Item>
  /** Local names of import bindings. */
  readonly imports: ReadonlySet<string>
  readonly exports: ReadonlySet<ExportEntry>
}

/** What is known of a module beside its walk. */
export interface CutOptions {
  readonly units: readonly Unit[]
  readonly named: readonly NamedBinding[]
  /** Whether it is a route module, whose server exports and plain page are cut. */
  readonly route: boolean
}

/**
 * Decides what the browser does not get.
 *
 * Idea: begin with what is cut by rule; whatever that code refers to, directly or through others, is a candidate; a
 * candidate goes when nothing that stays refers to it. Code that was unused before is none of our business and stays.
 */
export function planCut(scan: ModuleScan, { units, named, route }: CutOptions): Cut {
  const exports = new Set(scan.exports.filter((entry) => route && isServerExport(entry, named)))
  const graph = new ReferenceGraph(scan)
  const wanted = new Set(named.map(({ item }) => item))
  for (const entry of scan.exports) if (!exports.has(entry)) for (const item of graph.itemsOf(entry)) wanted.add(item)
  const first = new Set([...[...exports].flatMap((entry) => graph.itemsOf(entry)), ...plainItems(scan, units)])
  const candidates = graph.reach(first.difference(wanted))
  for (const { local } of exports) {
    if (local !== null && scan.scope.names.get(local)?.kind === 'import') candidates.imports.add(local)
  }
  const kept = graph.reach(new Set(scan.items.filter((item) => wanted.has(item) || !candidates.items.has(item))))
  return {
    items: candidates.items.difference(kept.items),
    imports: candidates.imports.difference(kept.imports).difference(exportedImports(scan, exports)),
    exports,
  }
}

/** An import that is exported again stays as long as that export does. */
function exportedImports(scan: ModuleScan, cut: ReadonlySet<ExportEntry>): Set<string> {
  return new Set(scan.exports.flatMap((entry) => (!cut.has(entry) && entry.local !== null ? [entry.local] : [])))
}

/** The server's exports, and a page that is plain: the browser gets that as HTML, and asks for no other default. */
function isServerExport(entry: ExportEntry, named: readonly NamedBinding[]): boolean {
  if (serverExports.has(entry.exported)) return true
  return entry.exported === 'default' && !named.some(({ name }) => name === 'default')
}

/** Items that are plain components. */
function plainItems(scan: ModuleScan, units: readonly Unit[]): Item[] {
  return scan.items.filter((item) => {
    const own = units.filter(({ fn }) => contains(item.node, fn.node))
    return own.length > 0 && own.every(({ reason }) => reason === null) && isFunctionItem(item.node)
  })
}

/** Whether an item declares one function and does nothing else. */
function isFunctionItem(node: SyntaxNode): boolean {
  if (node.type === 'FunctionDeclaration') return true
  const init = node.type === 'VariableDeclarator' ? node.init : null
  return init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression'
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** Which item refers to which names at the top of the module. */
class ReferenceGraph {
  readonly #byName = new Map<string, Item>()
  readonly #scan: ModuleScan

  constructor(scan: ModuleScan) {
    this.#scan = scan
    for (const item of scan.items) for (const name of item.names) this.#byName.set(name, item)
  }

  itemsOf(entry: ExportEntry): Item[] {
    const item = entry.item ?? (entry.local === null ? undefined : this.#byName.get(entry.local))
    return item ? [item] : []
  }

  /** Everything that can be reached from some items, themselves included. */
  reach(from: ReadonlySet<Item>): { items: Set<Item>; imports: Set<string> } {
    const items = new Set(from)
    const imports = new Set<string>()
    for (const item of items) {
      for (const { name, scope } of item.references) {
        const binding = scope.find(name)
        if (binding?.scope !== this.#scan.scope) continue
        if (binding.kind === 'import') imports.add(name)
        else {
          const target = this.#byName.get(name)
          // A set visits what is added while it is walked.
          if (target) items.add(target)
        }
      }
    }
    return { items, imports }
  }
}

/** Takes what is cut out of the text, and returns the stretches that are gone. */
export function applyCut(text: MagicString, scan: ModuleScan, cut: Cut): Span[] {
  const gone: Span[] = []
  const remove = (span: Span): void => {
    text.remove(span.start, span.end)
    gone.push(span)
  }
  removeItems(scan, cut, remove)
  removeImports(scan, cut, { text, remove })
  removeSpecifiers(cut, remove)
  return gone
}

function removeItems(scan: ModuleScan, cut: Cut, remove: (span: Span) => void): void {
  for (const [statement, items] of Map.groupBy(scan.items, ({ statement }) => statement)) {
    const gone = items.filter((item) => cut.items.has(item))
    if (gone.length === 0) continue
    if (gone.length === items.length) remove(statement)
    else removeFromList(items, (item) => cut.items.has(item as Item), remove)
  }
}

/** Takes parts out of a list with commas. */
function removeFromList(
  list: readonly (Item | SyntaxNode)[],
  isGone: (part: Item | SyntaxNode) => boolean,
  remove: (span: Span) => void,
): void {
  const nodes = list.map((part) => ('references' in part ? part.node : part))
  for (const [index, part] of list.entries()) {
    if (!isGone(part)) continue
    const keptBefore = list.slice(0, index).some((other) => !isGone(other))
    const next = nodes[index + 1]
    // With something kept before it, a part goes with the comma before; else with the one after.
    if (keptBefore) remove({ start: nodes[index - 1]!.end, end: nodes[index]!.end })
    else remove({ start: nodes[index]!.start, end: next ? next.start : nodes[index]!.end })
  }
}

function removeImports(
  scan: ModuleScan,
  cut: Cut,
  { text, remove }: { text: MagicString; remove: (span: Span) => void },
): void {
  for (const statement of scan.program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const isGone = (one: ESTree.ImportDeclarationSpecifier): boolean => cut.imports.has(one.local.name)
    const gone = statement.specifiers.filter(isGone)
    if (gone.length === 0) continue
    const kept = statement.specifiers.filter((one) => !isGone(one))
    if (kept.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')) remove(statement)
    else text.update(statement.start, statement.source.start, `import ${importClause(kept, scan.code)} from `)
  }
}

/** `a, { b, type C }` or `a, * as b`: what remains of an import's names. */
function importClause(specifiers: readonly ESTree.ImportDeclarationSpecifier[], code: string): string {
  const written = (one: SyntaxNode): string => code.slice(one.start, one.end)
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier').map(written)
  const others = specifiers.filter(({ type }) => type !== 'ImportSpecifier').map(written)
  return [...others, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ')
}

function removeSpecifiers(cut: Cut, remove: (span: Span) => void): void {
  const byStatement = Map.groupBy(
    [...cut.exports].filter(({ item }) => item === null),
    ({ statement }) => statement,
  )
  for (const [statement, entries] of byStatement) {
    if (statement.type === 'ExportDefaultDeclaration') remove(statement)
    else {
      const gone = new Set<SyntaxNode>(entries.flatMap(({ specifier }) => specifier ?? []))
      if (gone.size === statement.specifiers.length) remove(statement)
      else removeFromList(statement.specifiers, (part) => gone.has(part as SyntaxNode), remove)
    }
  }
}
