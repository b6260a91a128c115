// What the code of one module names of others: for a question about a whole project, which no module can answer alone.
import type { ESTree } from 'vite'
import { isComponentName, markUnits, type Unit } from './marks.ts'
import type { FunctionInfo, ModuleScan, Reference } from './scan.ts'
import { scanModule } from './scanner.ts'
import type { Scope } from './scope.ts'
import { parseSource, type Span } from './syntax.ts'

/** A name: of this module's top level, or, with a source, one that the module there exports (`*`: all of it). */
export interface Use {
  readonly name: string
  /** As written: `~/components/label`. */
  readonly source?: string
}

/** A name of another module, or a call of one of this module's functions, in a plain component. */
export interface PlainUse {
  /** The component's name; empty for an anonymous one. */
  readonly component: string
  readonly use: Use
  /** Whether it is called while the component renders. */
  readonly called: boolean
  /** The name, as it is written. */
  readonly span: Span
}

/** One module's part of the answer. */
export interface ModuleUses {
  /** What the code behind each top-level name uses, functions in it included; tags of JSX are none. */
  readonly names: ReadonlyMap<string, readonly Use[]>
  /** What each exported name stands for. */
  readonly exports: ReadonlyMap<string, Use>
  /** Modules of which everything is exported. */
  readonly stars: readonly string[]
  /** By its plain components. */
  readonly plain: readonly PlainUse[]
}

/**
 * Reads what a module's code uses, and what its plain components use while they render.
 *
 * @throws JSX_SYNTAX
 * @example
 * const code = "import { label } from './label.ts'\nexport const Card = () => <p>{label()}</p>"
 * readUses(code, 'app/components/Card.tsx').plain[0]?.use // { name: 'label', source: './label.ts' }
 */
export function readUses(code: string, file: string): ModuleUses {
  const scan = scanModule(parseSource(code, file))
  const names = new Map<string, Use[]>()
  for (const item of scan.items) {
    const uses = item.references.flatMap((reference) => useOf(reference, scan) ?? [])
    for (const name of item.names.length > 0 ? item.names : ['default']) names.set(name, uses)
  }
  return {
    names,
    exports: new Map(exportsOf(scan)),
    stars: scan.program.body.flatMap((statement) => starOf(statement)),
    plain: markUnits(scan).flatMap((unit) => plainUses(unit, scan)),
  }
}

function useOf({ name, node, scope }: Pick<Reference, 'name' | 'node' | 'scope'>, scan: ModuleScan): Use | undefined {
  return node.type === 'JSXIdentifier' ? undefined : meant(name, scope, scan)
}

/** What a name means where it stands; undefined for parameters, locals and globals. */
function meant(name: string, scope: Scope, scan: ModuleScan): Use | undefined {
  const binding = scope.find(name)
  if (binding?.origin) return { name: binding.origin.imported, source: binding.origin.source }
  return binding?.scope === scan.scope ? { name } : undefined
}

function exportsOf(scan: ModuleScan): [string, Use][] {
  return scan.exports.flatMap(({ exported, local, statement, specifier }): [string, Use][] => {
    if (local !== null) return [[exported, meant(local, scan.scope, scan) ?? { name: local }]]
    if (exported === 'default' && !specifier) return [[exported, { name: 'default' }]]
    if (statement.type !== 'ExportNamedDeclaration' || !statement.source || !specifier) return []
    const name = specifier.local.type === 'Literal' ? specifier.local.value : specifier.local.name
    return [[exported, { name, source: statement.source.value }]]
  })
}

function starOf(statement: ESTree.Program['body'][number]): string[] {
  const isStar = statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type' && !statement.exported
  return isStar ? [statement.source.value] : []
}

/** A component is what begins with a capital, and a page, which is the default export under any name. */
function plainUses({ name, reason, fn, functions }: Unit, scan: ModuleScan): PlainUse[] {
  const isDefault = scan.exports.some(({ exported, item, local }) => {
    return exported === 'default' && (item?.node === fn.node || (local !== null && local === name))
  })
  if (reason || (!isDefault && !isComponentName(name ?? ''))) return []
  const component = name ?? ''
  const own = new Set<FunctionInfo | null>(functions)
  const named = scan.items.flatMap(({ references }) => references.filter((one) => own.has(one.fn)))
  const values = named.flatMap((reference): PlainUse[] => {
    const use = useOf(reference, scan)
    return use?.source === undefined ? [] : [{ component, use, called: false, span: spanOf(reference.node) }]
  })
  const calls = functions.flatMap(({ calls: made, scope }) =>
    made.flatMap(({ callee }): PlainUse[] => {
      const use = calledUse(callee, scope, scan)
      return use ? [{ component, use, called: true, span: spanOf(callee) }] : []
    }),
  )
  return [...values, ...calls]
}

const spanOf = ({ start, end }: Span): Span => ({ start, end })

/** `label()`, or `labels.label()` of a namespace. */
function calledUse(callee: ESTree.Expression, scope: Scope, scan: ModuleScan): Use | undefined {
  if (callee.type === 'Identifier') return meant(callee.name, scope, scan)
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined
  const used = meant(callee.object.name, scope, scan)
  const isNamed = used?.name === '*' && used.source !== undefined && callee.property.type === 'Identifier'
  return isNamed ? { name: (callee.property as ESTree.IdentifierName).name, source: used.source } : undefined
}
