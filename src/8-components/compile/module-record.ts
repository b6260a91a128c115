// What a module imports and exports, as its statements say (ECMA-262 §16.2); types are left out.
import type { ESTree } from 'vite'
import type { ExportEntry, Item } from './scan.ts'
import type { Binding } from './scope.ts'

/** The bindings that an import declares. */
export function importBindings(statement: ESTree.ImportDeclaration): Omit<Binding, 'scope'>[] {
  if (statement.importKind === 'type') return []
  return statement.specifiers
    .filter((specifier) => specifier.type !== 'ImportSpecifier' || specifier.importKind !== 'type')
    .map((specifier) => {
      const origin = { source: statement.source.value, imported: importedName(specifier) }
      return { name: specifier.local.name, kind: 'import', node: specifier, origin }
    })
}

function importedName(specifier: ESTree.ImportDeclarationSpecifier): string {
  if (specifier.type === 'ImportSpecifier') return exportedName(specifier.imported)
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*'
}

/** Every name that a module exports by itself; `export *` is none. */
export function readExports(program: ESTree.Program, items: readonly Item[]): ExportEntry[] {
  const byStatement = Map.groupBy(items, ({ statement }) => statement)
  return program.body.flatMap((statement): ExportEntry[] => {
    if (statement.type === 'ExportNamedDeclaration') return namedExports(statement, byStatement.get(statement) ?? [])
    if (statement.type === 'ExportDefaultDeclaration') return defaultExport(statement, byStatement.get(statement)?.[0])
    return []
  })
}

function namedExports(statement: ESTree.ExportNamedDeclaration, items: readonly Item[]): ExportEntry[] {
  if (statement.exportKind === 'type') return []
  const declared = items.flatMap((item) =>
    item.names.map((name) => ({ exported: name, local: name, item, statement, specifier: null })),
  )
  const listed = statement.specifiers
    .filter(({ exportKind }) => exportKind !== 'type')
    .map((specifier) => {
      const local = statement.source ? null : exportedName(specifier.local)
      return { exported: exportedName(specifier.exported), local, item: null, statement, specifier }
    })
  return [...declared, ...listed]
}

function defaultExport(statement: ESTree.ExportDefaultDeclaration, item: Item | undefined): ExportEntry[] {
  const { declaration } = statement
  if (declaration.type === 'TSInterfaceDeclaration') return []
  const local = declaration.type === 'Identifier' ? declaration.name : (item?.names[0] ?? null)
  return [{ exported: 'default', local, item: item ?? null, statement, specifier: null }]
}

function exportedName(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}
