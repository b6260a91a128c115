// Reading a module: one parse by Vite's own parser.
import { type ESTree, parseSync } from 'vite'
import { placeOf } from '../../1-contracts/server.ts'
import { compileErrors } from './errors.ts'

/** Any node of the tree (ESTree with JSX and TypeScript). */
export type SyntaxNode = ESTree.Node

/** A stretch of the source, in UTF-16 code units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A module's text, where it lies, and its tree. */
export interface Source {
  /** Project path, e.g. `app/components/Counter.tsx`: also the id of the module's roots. */
  readonly file: string
  readonly code: string
  readonly program: ESTree.Program
}

/**
 * Parses a module, as TSX where it may hold JSX (`.jsx` is a part of it, but for the rare `<T>x` cast).
 *
 * @throws JSX_SYNTAX with the place of the first problem
 */
export function parseSource(code: string, file: string): Source {
  const result = parseSync(file, code, { lang: /\.[jt]s$/.test(file) ? 'ts' : 'tsx', sourceType: 'module' })
  const problem = result.errors[0]
  const source: Source = { file, code, program: result.program }
  if (problem) {
    const label = problem.labels[0]
    const span = label ? { start: label.start, end: label.end } : { start: 0, end: 1 }
    throw compileErrors.JSX_SYNTAX({ problem: problem.message }, { places: [placeOf(source, span)] })
  }
  return source
}

/** The expression inside parentheses and TypeScript's casts, which change nothing at run time. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node
  while (
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'TSInstantiationExpression' ||
    inner.type === 'TSTypeAssertion'
  ) {
    inner = inner.expression
  }
  return inner
}

/** Whether a node is a function of any form. */
export function isFunction(node: SyntaxNode): node is ESTree.Function | ESTree.ArrowFunctionExpression {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  )
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

/** Whether a node is a type, or a declaration of types, and nothing at run time. */
export function isType(node: SyntaxNode): boolean {
  return node.type.startsWith('TS') && !valueNodes.has(node.type)
}
