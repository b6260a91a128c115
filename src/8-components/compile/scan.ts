// What is known of a module once it has been walked: its scopes, references, functions and JSX. Everything later asks this.
import type { ESTree } from 'vite'
import type { Scope } from './scope.ts'
import type { Source, SyntaxNode } from './syntax.ts'

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
  readonly calls: ESTree.CallExpression[]
  /** Those of something named `use` or `use` + capital. */
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
  /** Whether it exports everything of another module. */
  readonly hasStar: boolean
  readonly functions: readonly FunctionInfo[]
  /** Every element and fragment, outer before inner, in the order of the source. */
  readonly jsx: readonly (ESTree.JSXElement | ESTree.JSXFragment)[]
  /** Those of them that stand in no function, and so are made when the module runs. */
  readonly eager: ReadonlySet<SyntaxNode>
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
