// One walk over a module, types left out; nothing walks again.
import type { ESTree } from 'vite'
import { importBindings, readExports } from './module-record.ts'
import { type FunctionInfo, hookName, type Item, isIntrinsicName, type ModuleScan, type Reference } from './scan.ts'
import { type Binding, boundNames, Scope } from './scope.ts'
import { isFunction, isType, type Source, type SyntaxNode } from './syntax.ts'

/** Walks a parsed module once. */
export function scanModule(source: Source): ModuleScan {
  return new Scanner(source).run()
}

class Scanner {
  readonly #source: Source
  readonly #module = new Scope(null)
  readonly #items: Item[] = []
  readonly #functions: FunctionInfo[] = []
  readonly #jsx: (ESTree.JSXElement | ESTree.JSXFragment)[] = []
  readonly #eager = new Set<SyntaxNode>()
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
      exports: readExports(this.#source.program, this.#items),
      hasStar: this.#source.program.body.some(({ type }) => type === 'ExportAllDeclaration'),
      functions: this.#functions,
      jsx: this.#jsx,
      eager: this.#eager,
    }
  }

  #statement(statement: SyntaxNode): void {
    if (statement.type === 'ImportDeclaration') {
      for (const { name, ...parts } of importBindings(statement)) this.#declare(name, parts)
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) this.#itemsOf(statement.declaration, statement)
    } else if (statement.type === 'ExportDefaultDeclaration') {
      // A default that is a name exports the binding, it is no use of it.
      if (statement.declaration.type !== 'Identifier') this.#itemsOf(statement.declaration, statement)
    } else if (statement.type !== 'ExportAllDeclaration') this.#itemsOf(statement, statement)
  }

  /** Makes the items of a statement and walks them. */
  #itemsOf(node: SyntaxNode, statement: SyntaxNode): void {
    const isList = node.type === 'VariableDeclaration'
    if (isList && node.declare) return
    const parts: SyntaxNode[] = isList ? node.declarations : [node]
    for (const part of parts) {
      const item: Item = { statement, node: part, names: declaredNames(part), references: [] }
      this.#items.push(item)
      this.#references = item.references
      if (isList) this.#within(node, () => this.#declarator(node, part as ESTree.VariableDeclarator))
      else this.#visit(part)
    }
  }

  #declare(name: string, parts: Omit<Binding, 'name' | 'scope'>): void {
    const scope = parts.kind === 'var' ? this.#scope.functionScope : this.#scope
    scope.names.set(name, { name, scope, ...parts })
  }

  #declarePattern(pattern: SyntaxNode, kind: Binding['kind'], node: SyntaxNode): void {
    for (const { name } of boundNames(pattern)) this.#declare(name, { kind, node })
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
    else if (!isType(node)) this.#visitValue(node)
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
        this.#fn?.calls.push(node)
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
        if (node.id) this.#declare(node.id.name, { kind: 'class', node })
        this.#class(node)
        break
      case 'ClassExpression':
        this.#block(null, () => {
          if (node.id) this.#declare(node.id.name, { kind: 'class', node })
          this.#class(node)
        })
        break
      case 'TSEnumDeclaration':
        this.#declare(node.id.name, { kind: 'enum', node })
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
    if (node.type === 'FunctionDeclaration' && node.id) this.#declare(node.id.name, { kind: 'function', node })
    const outer = this.#fn
    this.#block(node, () => {
      const info: FunctionInfo = {
        node,
        parent: outer,
        ancestors: [...this.#ancestors].reverse(),
        scope: this.#scope,
        elements: [],
        hasJsx: false,
        calls: [],
        hooks: [],
      }
      this.#functions.push(info)
      this.#fn = info
      if (node.type === 'FunctionExpression' && node.id) this.#declare(node.id.name, { kind: 'function', node })
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
      else this.#eager.add(node)
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

function declaredNames(node: SyntaxNode): string[] {
  if (node.type === 'VariableDeclarator') return boundNames(node.id).map(({ name }) => name)
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return node.id ? [node.id.name] : []
  if (node.type === 'TSEnumDeclaration') return [node.id.name]
  return []
}
