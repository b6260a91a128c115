// What a name means: scopes and their bindings, as the language defines them (ECMA-262 §9.1), types left out.
import type { ESTree } from 'vite'
import type { SyntaxNode } from './syntax.ts'

/** Where an imported binding comes from: `import { imported as local } from source`; `*` for a namespace. */
export interface ImportOrigin {
  readonly source: string
  readonly imported: string
}

/** One declared name. */
export interface Binding {
  readonly name: string
  readonly kind: 'import' | 'param' | 'var' | 'let' | 'const' | 'function' | 'class' | 'enum' | 'catch'
  readonly scope: Scope
  /** The statement, declarator or function that declares it. */
  readonly node: SyntaxNode
  readonly origin?: ImportOrigin
}

/** A stretch of code in which names are declared. */
export class Scope {
  readonly names: Map<string, Binding> = new Map()
  readonly parent: Scope | null
  /** The function whose outermost scope this is; null for blocks and the module. */
  readonly owner: SyntaxNode | null

  constructor(parent: Scope | null, owner: SyntaxNode | null = null) {
    this.parent = parent
    this.owner = owner
  }

  /** The binding a name has here, or undefined when it is a global. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const binding = scope.names.get(name)
      if (binding) return binding
    }
    return undefined
  }

  /** The scope that `var` declares in: that of the function or module. */
  get functionScope(): Scope {
    let scope: Scope = this
    while (scope.parent && !scope.owner) scope = scope.parent
    return scope
  }
}

/** The identifiers that a pattern binds: `{ a, b: [c = 1], ...d }` binds a, c and d. */
export function boundNames(pattern: SyntaxNode): ESTree.BindingIdentifier[] {
  switch (pattern.type) {
    case 'Identifier':
      // In the place of a pattern an identifier is a binding; the union of the tree's types cannot say so.
      return [pattern as ESTree.BindingIdentifier]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []))
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    case 'TSParameterProperty':
      return boundNames(pattern.parameter)
    default:
      return []
  }
}
