// The forms of reference that only the syntax tree shows: dynamic import, require, import.meta.glob, new URL, workers,
// types of other modules, module augmentation, mocks.
import { type ESTree, Visitor } from 'vite'
import type { Reference, ReferenceForm } from './reference.ts'

type Node = ESTree.Expression | ESTree.Argument | ESTree.SpreadElement
type Spanned = { readonly start: number; readonly end: number }

/** Functions of test runners that name a module in their first argument. */
const mocks = new Set([
  'mock',
  'doMock',
  'unmock',
  'doUnmock',
  'importActual',
  'importMock',
  'requireActual',
  'requireMock',
])
const mockers = new Set(['vi', 'vitest', 'jest'])

/** All references of the forms above, in the order in which the tree is walked. */
export function treeReferences(program: ESTree.Program): Reference[] {
  const found = new TreeReferences()
  const visitor = new Visitor({
    ImportExpression: (node) => found.dynamicImport(node),
    CallExpression: (node) => found.call(node),
    NewExpression: (node) => found.construction(node),
    ExportNamedDeclaration: (node) => found.emptyExport(node),
    TSImportType: (node) => found.add('type', node.source, { typeOnly: true, names: qualifier(node.qualifier) }),
    TSImportEqualsDeclaration: (node) => found.importEquals(node),
    TSModuleDeclaration: (node) => found.augmentation(node),
    VariableDeclarator: (node) => found.alias(node),
    TryStatement: () => found.enterTry(),
    'TryStatement:exit': () => found.leaveTry(),
    AssignmentExpression: (node) => found.copy(node.right),
    ObjectPattern: (node) => found.takenApart(node),
    ImportSpecifier: (node) => found.importedAlias(node),
  })
  visitor.visit(program)
  return found.list
}

class TreeReferences {
  readonly list: Reference[] = []
  #tries = 0

  enterTry(): void {
    this.#tries++
  }

  leaveTry(): void {
    this.#tries--
  }

  /** Adds what an expression names: a literal, or nothing that can be known. */
  add(
    form: ReferenceForm,
    node: Node | undefined,
    options: { typeOnly?: boolean; names?: readonly string[] } = {},
  ): void {
    if (!node) return
    const { typeOnly = false, names = [] } = options
    const guarded = form === 'require' && this.#tries > 0 ? { guarded: true as const } : {}
    this.list.push({ ...spanOf(node), form, specifier: literal(node), typeOnly, names, ...guarded })
  }

  dynamicImport(node: ESTree.ImportExpression): void {
    this.add('dynamic', node.source)
  }

  /** `export {} from './x'` evaluates x; the module record, which lists names, does not tell of it. */
  emptyExport(node: ESTree.ExportNamedDeclaration): void {
    if (node.source && node.specifiers.length === 0) {
      this.add('export', node.source, { typeOnly: node.exportKind === 'type' })
    }
  }

  importEquals(node: ESTree.TSImportEqualsDeclaration): void {
    if (node.moduleReference.type !== 'TSExternalModuleReference') return
    this.add('require', node.moduleReference.expression, {
      typeOnly: node.importKind === 'type',
      names: [node.id.name],
    })
  }

  /** `declare module './x'` widens a module that exists; a pattern or a package's name declares one. */
  augmentation(node: ESTree.TSModuleDeclaration | ESTree.TSGlobalDeclaration): void {
    if (node.id.type !== 'Literal' || node.id.value.includes('*')) return
    this.add('augmentation', node.id, { typeOnly: true })
  }

  call(node: ESTree.CallExpression): void {
    const callee = bare(node.callee)
    const first = node.arguments[0]
    if (isRequire(callee)) this.add('require', first)
    if (callee.type !== 'MemberExpression') return
    const object = bare(callee.object)
    const name = memberName(callee)
    if (isName(object, 'process') && name === 'getBuiltinModule') this.add('builtin', first)
    else if (isImportMeta(object)) this.metaCall(name, node)
    else if (object.type === 'Identifier' && mockers.has(object.name) && mocks.has(name)) this.mock(first)
  }

  /** `import.meta.resolve` gives an address only; importing one that was computed is caught as a computed import. */
  metaCall(name: string, node: ESTree.CallExpression): void {
    const first = node.arguments[0]
    if (!first) return
    if (name === 'glob') this.glob(first, node.arguments[1])
    else if (name === 'resolve' && literal(first) !== null) this.add('url', first)
  }

  /** `import.meta.glob` takes a pattern or a list of them; its options may move them, and ask for files as text. */
  glob(first: Node, second: Node | undefined): void {
    const options = readGlobOptions(second)
    const items = first.type === 'ArrayExpression' ? first.elements : [first]
    const patterns = items.map((item) => (item ? literal(item) : null))
    const known = patterns.filter((pattern) => pattern !== null)
    if (!options || known.length < patterns.length) this.unknown('glob', first)
    else {
      const { base, ...rest } = options
      const based = base === undefined ? known : known.map((pattern) => underBase(pattern, base))
      this.pattern('glob', first, { patterns: based, ...rest })
    }
  }

  /** The factory form `vi.mock(import('./x'), …)` is found as a dynamic import. */
  mock(first: Node | undefined): void {
    if (first && literal(first) !== null) this.add('mock', first)
  }

  construction(node: ESTree.NewExpression): void {
    const [first, second] = node.arguments
    const name = calledName(node.callee)
    if (!first) return
    if (name === 'URL' && second !== undefined && isMetaUrl(second)) this.url(first)
    else if ((name === 'Worker' || name === 'SharedWorker') && literal(first) !== null) this.add('worker', first)
  }

  /** A template with gaps in `new URL(…)` stands for all files that fit, as Vite reads it. */
  url(first: Node): void {
    const gaps = first.type === 'TemplateLiteral' && first.expressions.length > 0
    const text = gaps ? first.quasis.map((part) => part.value.cooked ?? '').join('**') : ''
    if (!gaps) this.add('url', first)
    else if (text.startsWith('.')) this.pattern('url', first, { patterns: [text] })
    else this.unknown('url', first)
  }

  pattern(form: ReferenceForm, node: Spanned, found: { patterns: readonly string[]; asFile?: true }): void {
    const specifier = found.patterns.join(', ')
    this.list.push({ ...spanOf(node), form, specifier, typeOnly: false, names: [], ...found })
  }

  /** `const load = require` and `const load = createRequire(…)`: calls of `load` could not be followed. */
  alias({ id, init }: ESTree.VariableDeclarator): void {
    if (init && !isName(id, 'require')) this.copy(init)
  }

  /** `load = require`: the same later. */
  copy(written: ESTree.Expression): void {
    const value = bare(written)
    const created = value.type === 'CallExpression' && isName(bare(value.callee), 'createRequire')
    if (isName(value, 'require') || isName(value, 'createRequire') || created) this.unknown('require', value)
  }

  /** `const { createRequire: make } = …`. */
  takenApart({ properties }: ESTree.ObjectPattern): void {
    for (const property of properties) {
      if (property.type !== 'Property' || !isName(property.key, 'createRequire')) continue
      if (!isName(property.value, 'createRequire')) this.unknown('require', property.value)
    }
  }

  /** `import { createRequire as r }`: the same one step earlier. */
  importedAlias({ imported, local }: ESTree.ImportSpecifier): void {
    const name = imported.type === 'Identifier' ? imported.name : imported.value
    if (name === 'createRequire' && local.name !== 'createRequire') this.unknown('require', local)
  }

  unknown(form: ReferenceForm, node: Spanned): void {
    this.list.push({ ...spanOf(node), form, specifier: null, typeOnly: false, names: [] })
  }
}

function spanOf(node: Spanned): Spanned {
  return { start: node.start, end: node.end }
}

/** What stands in parentheses, or behind a word of TypeScript's that changes nothing when the program runs. */
function bare<Given extends { type: string }>(node: Given): Given {
  const { type } = node
  if (type === 'SequenceExpression') return bare((node as unknown as { expressions: Given[] }).expressions.at(-1)!)
  return wrappers.has(type) ? bare((node as unknown as { expression: Given }).expression) : node
}

const wrappers = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
])

/** The text of a string or of a template without gaps; else null. */
function literal(written: Node | ESTree.TSType): string | null {
  const node = bare(written)
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null
  return null
}

function isName(node: { type: string }, name: string): boolean {
  return node.type === 'Identifier' && (node as ESTree.IdentifierReference).name === name
}

/** `name` of `object.name` and `object['name']`; empty when it is computed. */
function memberName({ property }: ESTree.MemberExpression): string {
  if (property.type === 'Identifier' || property.type === 'PrivateIdentifier') return property.name
  return literal(property) ?? ''
}

/** `require`, `require.resolve`, `module.require`, and `createRequire(…)` called at once. */
function isRequire(callee: ESTree.Expression): boolean {
  if (isName(callee, 'require') || isCreatedRequire(callee)) return true
  if (callee.type !== 'MemberExpression') return false
  const object = bare(callee.object)
  const name = memberName(callee)
  return (isName(object, 'require') && name === 'resolve') || (isName(object, 'module') && name === 'require')
}

/** `URL` of `new URL`, and of `new globalThis.URL`. */
function calledName(written: ESTree.Expression): string {
  const callee = bare(written)
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression' ? memberName(callee) : ''
}

/** `createRequire(…)(…)`, also as a member of a namespace of node:module. */
function isCreatedRequire(callee: ESTree.Expression): boolean {
  return callee.type === 'CallExpression' && calledName(callee.callee) === 'createRequire'
}

function isImportMeta(node: ESTree.Expression): boolean {
  return node.type === 'MetaProperty' && node.meta.name === 'import'
}

function isMetaUrl(written: Node): boolean {
  const node = bare(written)
  return node.type === 'MemberExpression' && isImportMeta(bare(node.object)) && memberName(node) === 'url'
}

/** The names after `import('…')` in a type: `import('./x').A.B` takes A. */
function qualifier(node: ESTree.TSImportTypeQualifier | null): string[] {
  if (!node) return []
  if (node.type === 'Identifier') return [node.name]
  return qualifier(node.left)
}

/** What of the options of import.meta.glob counts; undefined where they are not written out, which Vite refuses too. */
function readGlobOptions(given: Node | undefined): { base?: string; asFile?: true } | undefined {
  if (!given) return {}
  const options = bare(given)
  if (options.type !== 'ObjectExpression') return undefined
  let base: string | null | undefined
  let asFile = false
  for (const property of options.properties) {
    if (property.type !== 'Property') return undefined
    const { key } = property
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : ''
    if (name === 'base') base = literal(property.value)
    if (name === 'query' || name === 'as') asFile = true
  }
  return base === null ? undefined : { ...(base !== undefined && { base }), ...(asFile && { asFile }) }
}

function underBase(pattern: string, base: string): string {
  const negated = pattern.startsWith('!')
  const bare = negated ? pattern.slice(1) : pattern
  const joined = bare.startsWith('/') ? bare : `${base.replace(/\/$/, '')}/${bare.replace(/^\.\//, '')}`
  return negated ? `!${joined}` : joined
}
