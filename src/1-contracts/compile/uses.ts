// What the code of a browser does with contracts: which parts of them it names. What is named is replaced by that part
// alone; where a contract is used in any other way, the whole of it is what is used.
import type { ESTree } from 'vite'

type Node = ESTree.Node

/** A node, and those that it stands in, the innermost first. */
interface Placed {
  readonly node: Node
  readonly above: readonly Node[]
}

/** A stretch of the code. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A member that is read of a name: `Post.fields.title` has the steps `fields` and `title`. */
export interface Use extends Placed {
  readonly name: string
  /** The members by which it is read, as far as they are written out, each with the expression that ends with it. */
  readonly steps: readonly { readonly key: string; readonly node: Node }[]
}

/** All uses of top-level names in a module; names that something inside is called too have none. */
export function findUses(program: ESTree.Program, names: ReadonlySet<string>): Use[] {
  const uses: Use[] = []
  const declared = new Map<string, number>()
  walk(program, [], ({ node, above }) => {
    if (node.type !== 'Identifier' || !names.has(node.name)) return
    if (isBinding(node, above)) declared.set(node.name, (declared.get(node.name) ?? 0) + 1)
    else if (isReference(node, above)) uses.push({ name: node.name, node, above, steps: readSteps(node, above) })
  })
  // Once is the import or constant itself. Which of several is meant, nobody need find out.
  return uses.filter(({ name }) => declared.get(name) === 1)
}

/** Where a module asks for `import.meta`. */
export function findMeta(program: ESTree.Program): Span[] {
  const found: Span[] = []
  walk(program, [], ({ node }) => {
    if (node.type === 'MetaProperty' && node.meta.name === 'import') found.push(node)
  })
  return found
}

/** The types of the nodes in an expression, but for what only runs when a function of it is called. */
export function typesIn(expression: Node): Set<string> {
  const types = new Set<string>()
  walk(expression, [], ({ node, above }) => {
    if (!above.some(isFunction)) types.add(node.type)
  })
  return types
}

const isFunction = ({ type }: Node): boolean => /^(?:Arrow)?Function/.test(type)

/** Goes through a tree, the outer nodes first. */
function walk(node: Node, above: readonly Node[], visit: (placed: Placed) => void): void {
  visit({ node, above })
  const inside = [node, ...above]
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) walk(one, inside, visit)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Whether an identifier is one that is declared there. */
function isBinding(node: Node, [parent, ...above]: readonly Node[]): boolean {
  switch (parent?.type) {
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return parent.local === node
    case 'VariableDeclarator':
      return parent.id === node
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return parent.body !== node
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.id === node
    case 'CatchClause':
    case 'ArrayPattern':
    case 'RestElement':
      return true
    case 'AssignmentPattern':
      return parent.left === node
    case 'Property':
      return above[0]?.type === 'ObjectPattern' && parent.value === node
    default:
      return false
  }
}

/** Whether an identifier stands for the value that the name has. */
function isReference(node: Node, [parent]: readonly Node[]): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed
    case 'Property':
      return parent.value === node || parent.computed
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.value === node || parent.computed
    case 'ImportSpecifier':
    case 'ExportSpecifier':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return false
    default:
      return true
  }
}

function readSteps(node: Node, above: readonly Node[]): Use['steps'] {
  const steps: { key: string; node: Node }[] = []
  let inner = node
  for (const outer of above) {
    const key = outer.type === 'MemberExpression' && outer.object === inner ? keyOf(outer) : undefined
    if (key === undefined) break
    steps.push({ key, node: outer })
    inner = outer
  }
  return steps
}

/** The name of the member that is read, where it is written out and there in any case. */
function keyOf({ optional, computed, property }: ESTree.MemberExpression): string | undefined {
  if (optional) return undefined
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}
