// An api module as the browser gets it: typed calls of the server, nothing else (Contract 5 in ARCHITECTURE.md).
import { posix } from 'node:path'
import { type ESTree, type ParseResult, parseSync } from 'vite'
import { placeOf } from '../1-contracts/server.ts'
import { buildErrors } from './build-errors.ts'

/** What is known of a module while its stubs are written. */
export interface ApiModule {
  readonly file: string
  readonly code: string
  /** Local names of `query`, `action` and `endpoint`, and of the namespace they came with. */
  readonly makers: Makers
  /** Local names that were imported from another module: `[source, imported]`. */
  readonly imports: ReadonlyMap<string, readonly [string, string]>
  /** Queries and actions made here, by their local names. */
  readonly procedures: ReadonlyMap<string, ProcedureCall>
  /** Endpoints, which have no stubs: browsers reach them by their paths. */
  readonly endpoints: readonly ProcedureCall[]
}

/** What `layer9/api` makes of options. */
type Maker = 'query' | 'action' | 'endpoint'

type Makers = ReadonlyMap<string, Maker | 'namespace'>

/** The call that makes a query, an action or an endpoint. */
interface ProcedureCall {
  readonly kind: Maker
  readonly call: ESTree.CallExpression
}

const isMaker = (name: string): name is Maker => name === 'query' || name === 'action' || name === 'endpoint'

/**
 * Writes the stubs of an api module. Only queries and actions exported by name get one; what is exported on from another
 * api module stays such an export; everything else, imports and side effects included, is left out.
 *
 * @param file path in the project, e.g. `app/api/posts.ts`
 * @throws API_DEFAULT_EXPORT, API_SYNTAX
 * @example
 * const code = "import { action } from 'layer9/api'\nexport const like = action({ … })"
 * compileStub(code, 'app/api/posts.ts') // `import { stub } from 'layer9/api/browser'
 * // export const like = /*#__PURE__*\/ stub("posts/like", 'action')
 * // `
 */
export function compileStub(code: string, file: string): string {
  const { program, errors } = parseModule(code, file)
  const [problem] = errors
  if (problem) {
    const place = placeOf({ file, code }, problem.labels[0] ?? { start: 0, end: 1 })
    throw buildErrors.API_SYNTAX({ problem: problem.message }, { places: [place] })
  }
  const module = readModule(program, file, code)
  const lines = program.body.flatMap((statement) => writeStatement(statement, module))
  const hasStubs = lines.some((line) => line.includes(' stub('))
  return [...(hasStubs ? ["import { stub } from 'layer9/api/browser'"] : []), ...lines, ''].join('\n')
}

/** Parses a module as the language that its name says. */
export function parseModule(code: string, file: string): ParseResult {
  return parseSync(file, code, { lang: /\.[cm]?ts$/.test(file) ? 'ts' : 'tsx', sourceType: 'module' })
}

/** What a module imports and makes. */
export function readModule(program: ESTree.Program, file: string, code: string): ApiModule {
  const makers = new Map<string, Maker | 'namespace'>()
  const imports = new Map<string, readonly [string, string]>()
  const procedures = new Map<string, ProcedureCall>()
  const endpoints: ProcedureCall[] = []
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') readImport(statement, makers, imports)
  }
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations) {
      const made = init && id.type === 'Identifier' ? procedureCall(init, makers) : null
      if (made?.kind === 'endpoint') endpoints.push(made)
      else if (made && id.type === 'Identifier') procedures.set(id.name, made)
    }
  }
  return { file, code, makers, imports, procedures, endpoints }
}

function readImport(
  statement: ESTree.ImportDeclaration,
  makers: Map<string, Maker | 'namespace'>,
  imports: Map<string, readonly [string, string]>,
): void {
  const source = statement.source.value
  for (const specifier of statement.specifiers) {
    const imported = specifier.type === 'ImportSpecifier' ? exportName(specifier.imported) : '*'
    if (source !== 'layer9/api') imports.set(specifier.local.name, [source, imported])
    else if (isMaker(imported)) makers.set(specifier.local.name, imported)
    else if (specifier.type === 'ImportNamespaceSpecifier') makers.set(specifier.local.name, 'namespace')
  }
}

/** The call of `query`, `action` or `endpoint` that an expression is, whatever name they were imported by. */
function procedureCall(node: ESTree.Expression, makers: Makers): ProcedureCall | null {
  let call = node
  while (
    call.type === 'ParenthesizedExpression' ||
    call.type === 'TSAsExpression' ||
    call.type === 'TSSatisfiesExpression'
  ) {
    call = call.expression
  }
  if (call.type !== 'CallExpression') return null
  const kind = makerOf(call.callee, makers)
  return kind && { kind, call }
}

function makerOf(callee: ESTree.Expression, makers: Makers): Maker | null {
  if (callee.type === 'Identifier') {
    const kind = makers.get(callee.name)
    return kind === 'namespace' ? null : (kind ?? null)
  }
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null
  if (makers.get(callee.object.name) !== 'namespace' || callee.property.type !== 'Identifier') return null
  return isMaker(callee.property.name) ? callee.property.name : null
}

function writeStatement(statement: ESTree.Program['body'][number], module: ApiModule): string[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    if (statement.declaration.type === 'TSInterfaceDeclaration') return []
    throw defaultExport(statement, module)
  }
  if (statement.type === 'ExportAllDeclaration') {
    if (statement.exportKind === 'type' || statement.exported || !isApiModule(statement.source.value, module.file))
      return []
    return [`export * from ${JSON.stringify(statement.source.value)}`]
  }
  if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
  const { declaration } = statement
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) =>
      id.type === 'Identifier' ? writeStub(id.name, id.name, module) : [],
    )
  }
  return statement.specifiers
    .filter(({ exportKind }) => exportKind !== 'type')
    .flatMap((specifier) => writeSpecifier(specifier, statement.source?.value ?? null, module))
}

/** `export { like as likePost }`, with or without `from`. */
function writeSpecifier(specifier: ESTree.ExportSpecifier, source: string | null, module: ApiModule): string[] {
  const local = exportName(specifier.local)
  const exported = exportName(specifier.exported)
  if (exported === 'default') throw defaultExport(specifier, module)
  if (source === null && module.procedures.has(local)) return writeStub(local, exported, module)
  const [from, imported] = source === null ? (module.imports.get(local) ?? [null, local]) : [source, local]
  if (from === null || imported === '*' || !isApiModule(from, module.file)) return []
  const renamed = imported === exported ? imported : `${imported} as ${exported}`
  return [`export { ${renamed} } from ${JSON.stringify(from)}`]
}

function writeStub(local: string, exported: string, module: ApiModule): string[] {
  const kind = module.procedures.get(local)?.kind
  if (!kind) return []
  const id = `${module.file.replace(/^app\/api\//, '').replace(/\.[^./]+$/, '')}/${exported}`
  return [`export const ${exported} = /*#__PURE__*/ stub(${JSON.stringify(id)}, '${kind}')`]
}

/** Whether an import names another module of `app/api`. */
function isApiModule(source: string, file: string): boolean {
  if (source.startsWith('~/')) return /^~\/api(?:\/|$)/.test(source)
  return source.startsWith('.') && posix.join(posix.dirname(file), source).startsWith('app/api/')
}

function defaultExport(node: { start: number; end: number }, { file, code }: ApiModule): Error {
  return buildErrors.API_DEFAULT_EXPORT({ file }, { places: [placeOf({ file, code }, node)] })
}

function exportName(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}
