// One walk over a module: its scopes, references, functions and JSX. Everything later asks this, nothing walks again.
import type { ESTree } from 'vite'
import { type Binding, boundNames, Scope } from './scope.ts'
import { isFunction, type Source, type SyntaxNode } from './syntax.ts'

/** A name read or written somewhere, by the scope it stands in. */
export interface Reference {
  readonly name: string
  readonly node: SyntaxNode
  readonly scope: Scope
  readonly fn: FunctionInfo | null
}

/** A function, and what stands in it outside of the functions nested in it. */
export interface FunctionInfo {
  readonly node: ESTree.Function | ESTree.ArrowFunctionExpression
  readonly parent: FunctionInfo | null
  /** From the node around it up to the statement of the module: tells how the function is bound. */
  readonly ancestors: readonly SyntaxNode[]
  readonly scope: Scope
  readonly elements: ESTree.JSXElement[]
  /** Whether it holds JSX of any form. */
  hasJsx: boolean
  /** Calls of something named `use` or `use` + capital. */
  readonly hooks: ESTree.CallExpression[]
}

/** A statement at the top of a module, or one declarator of such a statement. */
export interface Item {
  readonly statement: SyntaxNode
  readonly node: SyntaxNode
  readonly names: readonly string[]
  readonly references: Reference[]
}

/** One name that a module exports. */
export interface ExportEntry {
  readonly exported: string
  /** The binding it exports; null for an anonymous default and for what comes from another module. */
  readonly local: string | null
  readonly item: Item | null
  readonly statement: ESTree.ExportNamedDeclaration | ESTree.ExportDefaultDeclaration
  readonly specifier: ESTree.ExportSpecifier | null
}

/** What one walk found. */
export interface ModuleScan extends Source {
  readonly scope: Scope
  readonly items: readonly Item[]
  readonly exports: readonly ExportEntry[]
  /** Statements `export * from '…'`. */
  readonly stars: readonly ESTree.ExportAllDeclaration[]
  readonly functions: readonly FunctionInfo[]
  /** Every element and fragment, outer before inner, in the order of the source. */
  readonly jsx: readonly (ESTree.JSXElement | ESTree.JSXFragment)[]
}

/** TypeScript nodes that hold values; all others are types, which are erased and therefore not entered. */
const valueNodes: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSTypeAssertion',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSExportAssignment',
  'TSParameterProperty',
])

/** Walks a parsed module once. */
export function scanModule(source: Source): ModuleScan {
  return new Scanner(source).run()
}

class Scanner {
  readonly #source: Source
  readonly #module = new Scope(null)
  readonly #items: Item[] = []
  readonly #exports: ExportEntry[] = []
  readonly #stars: ESTree.ExportAllDeclaration[] = []
  readonly #functions: FunctionInfo[] = []
  readonly #jsx: (ESTree.JSXElement | ESTree.JSXFragment)[] = []
  #scope: Scope = this.#module
  #fn: FunctionInfo | null = null
  #references: Reference[] = []
  readonly #ancestors: SyntaxNode[] = []

  constructor(source: Source) {
    this.#source = source
  }

  run(): ModuleScan {
    for (const statement of this.#source.program.body) this.#statement(statement)
    return {
      ...this.#source,
      scope: this.#module,
      items: this.#items,
      exports: this.#exports,
      stars: this.#stars,
      functions: this.#functions,
      jsx: this.#jsx,
    }
  }

  #statement(statement: SyntaxNode): void {
    if (statement.type === 'ImportDeclaration') this.#import(statement)
    else if (statement.type === 'ExportAllDeclaration') this.#stars.push(statement)
    else if (statement.type === 'ExportNamedDeclaration') this.#namedExport(statement)
    else if (statement.type === 'ExportDefaultDeclaration') this.#defaultExport(statement)
    else this.#itemsOf(statement, statement)
  }

  #import(statement: ESTree.ImportDeclaration): void {
    if (statement.importKind === 'type') return
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue
      const imported =
        specifier.type === 'ImportSpecifier'
          ? exportedName(specifier.imported)
          : specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : '*'
      this.#declare(specifier.local.name, 'import', specifier, { source: statement.source.value, imported })
    }
  }

  #namedExport(statement: ESTree.ExportNamedDeclaration): void {
    if (statement.exportKind === 'type') return
    if (statement.declaration) {
      for (const item of this.#itemsOf(statement.declaration, statement)) {
        for (const name of item.names) {
          this.#exports.push({ exported: name, local: name, item, statement, specifier: null })
        }
      }
    }
    for (const specifier of statement.specifiers) {
      if (specifier.exportKind === 'type') continue
      const local = statement.source ? null : exportedName(specifier.local)
      this.#exports.push({ exported: exportedName(specifier.exported), local, item: null, statement, specifier })
    }
  }

  #defaultExport(statement: ESTree.ExportDefaultDeclaration): void {
    const { declaration } = statement
    if (declaration.type === 'TSInterfaceDeclaration') return
    if (declaration.type === 'Identifier') {
      this.#exports.push({ exported: 'default', local: declaration.name, item: null, statement, specifier: null })
      return
    }
    const [item = null] = this.#itemsOf(declaration, statement)
    this.#exports.push({ exported: 'default', local: item?.names[0] ?? null, item, statement, specifier: null })
  }

  /** Makes the items of a statement and walks them. */
  #itemsOf(node: SyntaxNode, statement: SyntaxNode): Item[] {
    const isList = node.type === 'VariableDeclaration'
    if (isList && node.declare) return []
    const parts: SyntaxNode[] = isList ? node.declarations : [node]
    return parts.map((part) => {
      const item: Item = { statement, node: part, names: declaredNames(part), references: [] }
      this.#items.push(item)
      this.#references = item.references
      if (isList) this.#within(node, () => this.#declarator(node, part as ESTree.VariableDeclarator))
      else this.#visit(part)
      return item
    })
  }

  #declare(name: string, kind: Binding['kind'], node: SyntaxNode, origin?: Binding['origin']): void {
    const scope = kind === 'var' ? this.#scope.functionScope : this.#scope
    scope.names.set(name, { name, kind, scope, node, ...(origin ? { origin } : {}) })
  }

  #declarePattern(pattern: SyntaxNode, kind: Binding['kind'], node: SyntaxNode): void {
    for (const { name } of boundNames(pattern)) this.#declare(name, kind, node)
    this.#defaults(pattern)
  }

  /** Walks the values inside a pattern: defaults and computed keys. */
  #defaults(pattern: SyntaxNode): void {
    if (pattern.type === 'AssignmentPattern') {
      this.#defaults(pattern.left)
      this.#visit(pattern.right)
    } else if (pattern.type === 'ObjectPattern') {
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') continue
        if (property.computed) this.#visit(property.key)
        this.#defaults(property.value)
      }
    } else if (pattern.type === 'ArrayPattern') {
      for (const element of pattern.elements) if (element) this.#defaults(element)
    } else if (pattern.type === 'RestElement') this.#defaults(pattern.argument)
    else if (pattern.type === 'TSParameterProperty') this.#defaults(pattern.parameter)
  }

  #within(node: SyntaxNode, walk: () => void): void {
    this.#ancestors.push(node)
    walk()
    this.#ancestors.pop()
  }

  #block(owner: SyntaxNode | null, walk: () => void): void {
    const outer = this.#scope
    this.#scope = new Scope(outer, owner)
    walk()
    this.#scope = outer
  }

  #children(node: SyntaxNode): void {
    this.#within(node, () => {
      for (const value of Object.values(node)) {
        if (Array.isArray(value)) for (const part of value) this.#visitUnknown(part)
        else this.#visitUnknown(value)
      }
    })
  }

  #visitUnknown(value: unknown): void {
    // Only nodes have a `type` that is text; other properties are names, flags and literal values.
    const node = value as SyntaxNode | null | undefined
    if (node !== null && typeof node === 'object' && typeof node.type === 'string') this.#visit(node)
  }

  #visit(node: SyntaxNode): void {
    if (isFunction(node)) this.#function(node)
    else if (node.type.startsWith('JSX')) this.#visitJsx(node)
    else if (!node.type.startsWith('TS') || valueNodes.has(node.type)) this.#visitValue(node)
  }

  #visitValue(node: SyntaxNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#references.push({ name: node.name, node, scope: this.#scope, fn: this.#fn })
        break
      case 'VariableDeclaration':
        this.#declarators(node)
        break
      case 'MemberExpression':
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        this.#keyed(node)
        break
      case 'CallExpression':
        if (hookName(node) !== null) this.#fn?.hooks.push(node)
        this.#children(node)
        break
      case 'LabeledStatement':
        this.#within(node, () => this.#visit(node.body))
        break
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        break
      default:
        this.#scoped(node)
    }
  }

  /** Members and properties: a key that is not computed is no reference, nor is a shorthand's key twice one. */
  #keyed(node: SyntaxNode): void {
    this.#within(node, () => {
      if (node.type === 'MemberExpression') {
        this.#visit(node.object)
        if (node.computed) this.#visit(node.property)
        return
      }
      if (!('key' in node)) return
      if ('computed' in node && node.computed) this.#visit(node.key)
      if ('value' in node) this.#visitUnknown(node.value)
      if ('decorators' in node) for (const decorator of node.decorators ?? []) this.#visit(decorator)
    })
  }

  /** Nodes that declare something or open a block. */
  #scoped(node: SyntaxNode): void {
    switch (node.type) {
      case 'ClassDeclaration':
        if (node.id) this.#declare(node.id.name, 'class', node)
        this.#class(node)
        break
      case 'ClassExpression':
        this.#block(null, () => {
          if (node.id) this.#declare(node.id.name, 'class', node)
          this.#class(node)
        })
        break
      case 'TSEnumDeclaration':
        this.#declare(node.id.name, 'enum', node)
        this.#within(node, () => {
          for (const member of node.body.members) if (member.initializer) this.#visit(member.initializer)
        })
        break
      case 'CatchClause':
        this.#block(null, () => {
          if (node.param) this.#declarePattern(node.param, 'catch', node)
          this.#within(node, () => this.#visit(node.body))
        })
        break
      case 'BlockStatement':
      case 'StaticBlock':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
        this.#block(null, () => this.#children(node))
        break
      default:
        this.#children(node)
    }
  }

  #class(node: ESTree.Class): void {
    this.#within(node, () => {
      for (const decorator of node.decorators) this.#visit(decorator)
      if (node.superClass) this.#visit(node.superClass)
      this.#visit(node.body)
    })
  }

  #declarators(list: ESTree.VariableDeclaration): void {
    if (list.declare) return
    this.#within(list, () => {
      for (const declarator of list.declarations) this.#declarator(list, declarator)
    })
  }

  #declarator(list: ESTree.VariableDeclaration, node: ESTree.VariableDeclarator): void {
    const kind = list.kind === 'var' || list.kind === 'let' ? list.kind : 'const'
    this.#within(node, () => {
      this.#declarePattern(node.id, kind, node)
      if (node.init) this.#visit(node.init)
    })
  }

  #function(node: ESTree.Function | ESTree.ArrowFunctionExpression): void {
    if (node.type === 'FunctionDeclaration' && node.id) this.#declare(node.id.name, 'function', node)
    const outer = this.#fn
    this.#block(node, () => {
      const info: FunctionInfo = {
        node,
        parent: outer,
        ancestors: [...this.#ancestors].reverse(),
        scope: this.#scope,
        elements: [],
        hasJsx: false,
        hooks: [],
      }
      this.#functions.push(info)
      this.#fn = info
      if (node.type === 'FunctionExpression' && node.id) this.#declare(node.id.name, 'function', node)
      this.#within(node, () => {
        for (const param of node.params) this.#declarePattern(param, 'param', node)
        if (node.body?.type === 'BlockStatement') this.#children(node.body)
        else if (node.body) this.#visit(node.body)
      })
    })
    this.#fn = outer
  }

  #visitJsx(node: SyntaxNode): void {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      this.#jsx.push(node)
      if (this.#fn) this.#fn.hasJsx = true
      if (node.type === 'JSXElement') {
        this.#fn?.elements.push(node)
        this.#tag(node.openingElement.name)
        this.#within(node, () => {
          for (const attribute of node.openingElement.attributes) this.#visit(attribute)
        })
      }
      this.#within(node, () => {
        for (const child of node.children) this.#visit(child)
      })
    } else if (node.type === 'JSXAttribute') {
      const { value } = node
      if (value) this.#within(node, () => this.#visit(value))
    } else if (node.type !== 'JSXText' && node.type !== 'JSXEmptyExpression') this.#children(node)
  }

  /** A tag that names a component is a reference to it. */
  #tag(name: ESTree.JSXElementName): void {
    let root: ESTree.JSXElementName | ESTree.JSXMemberExpressionObject = name
    while (root.type === 'JSXMemberExpression') root = root.object
    if (root.type !== 'JSXIdentifier' || root.name === 'this' || (root === name && isIntrinsicName(root.name))) return
    this.#references.push({ name: root.name, node: root, scope: this.#scope, fn: this.#fn })
  }
}

/** Whether a tag is an element of the document: it begins with a small letter, or has a dash (custom elements). */
export function isIntrinsicName(name: string): boolean {
  return /^[a-z]/.test(name) || name.includes('-')
}

/** The name a call's function goes by, if it is one of a hook (`use`, or `use` + capital). */
export function hookName(call: ESTree.CallExpression): string | null {
  const { callee } = call
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier'
        ? callee.property.name
        : ''
  return /^use(?:[A-Z]|$)/.test(name) ? name : null
}

function exportedName(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}

function declaredNames(node: SyntaxNode): string[] {
  if (node.type === 'VariableDeclarator') return boundNames(node.id).map(({ name }) => name)
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return node.id ? [node.id.name] : []
  if (node.type === 'TSEnumDeclaration') return [node.id.name]
  return []
}
