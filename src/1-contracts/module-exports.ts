// What a module exports, read from its text: a check may not run an app's modules, which open databases and want the
// environment of the place where the app will run.
import { type ESTree, parseSync } from 'vite'

/** One value that a module exports; types are none. */
export interface ModuleExport {
  /** `default` for the default export. */
  readonly name: string
  /** The stretch of the text that names it. */
  readonly start: number
  readonly end: number
  /** What it is, without casts; undefined where the module's own text does not say. */
  readonly value: ESTree.Node | undefined
}

/** What a module exports, and what it may besides. */
export interface ModuleExports {
  readonly list: readonly ModuleExport[]
  /** `export * from`: any other name may be exported too, but for `default`. */
  readonly hasStar: boolean
  /** What a name of the module is imported as: `layer9/middleware guards`. */
  importedAs(local: string): string | undefined
}

/** A module's exports, or undefined when it cannot be parsed: the compiler says that with its place. */
export function readExports(code: string, file: string): ModuleExports | undefined {
  const lang = /\.[cm]?ts$/.test(file) ? 'ts' : 'tsx'
  const { program, module, errors } = parseSync(file, code, { lang, sourceType: 'module' })
  if (errors.length > 0) return undefined
  const values = topLevelValues(program)
  const entries = module.staticExports.flatMap((statement) => statement.entries).filter(({ isType }) => !isType)
  const list = entries.flatMap(({ exportName, localName, moduleRequest }): ModuleExport[] => {
    const name = exportName.kind === 'Default' ? 'default' : exportName.name
    if (name === null) return []
    const given = localName.kind === 'Name' ? values.get(localName.name as string) : values.get(name)
    const value = moduleRequest === null ? resolve(given, values) : undefined
    return [{ name, start: exportName.start ?? 0, end: exportName.end ?? 0, value }]
  })
  return {
    list,
    hasStar: entries.some(({ importName }) => importName.kind === 'AllButDefault'),
    importedAs: (local) =>
      module.staticImports
        .flatMap(({ moduleRequest, entries: names }) => names.map((one) => ({ ...one, from: moduleRequest.value })))
        .filter(({ localName }) => localName.value === local)
        .map(({ from, importName }) => `${from} ${importName.name}`)[0],
  }
}

type Values = ReadonlyMap<string, ESTree.Node>

/** Functions, classes and constants by name; `default` is what is exported as such without one. */
function topLevelValues(program: ESTree.Program): Values {
  const values = new Map<string, ESTree.Node>()
  for (const statement of program.body) {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
    const declared = isExport ? statement.declaration : statement
    if (declared === null) continue
    if (statement.type === 'ExportDefaultDeclaration') values.set('default', declared)
    if (declared.type === 'VariableDeclaration' && declared.kind === 'const') {
      for (const { id, init } of declared.declarations) if (id.type === 'Identifier' && init) values.set(id.name, init)
    } else if ((declared.type === 'FunctionDeclaration' || declared.type === 'ClassDeclaration') && declared.id) {
      values.set(declared.id.name, declared)
    }
  }
  return values
}

/** What an expression comes to: casts are erased, a constant is its value. Undefined for what is imported or a variable. */
function resolve(node: ESTree.Node | undefined, values: Values): ESTree.Node | undefined {
  const seen = new Set<ESTree.Node>()
  let at = node
  while (at !== undefined && !seen.has(at)) {
    seen.add(at)
    if (at.type === 'Identifier') at = values.get(at.name)
    else if (
      at.type === 'ParenthesizedExpression' ||
      at.type === 'TSAsExpression' ||
      at.type === 'TSSatisfiesExpression' ||
      at.type === 'TSNonNullExpression'
    )
      at = at.expression
    else return at
  }
  return undefined
}
